"""From a photo's pixels to the client's skin and back, with the error of it."""
