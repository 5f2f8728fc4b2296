"""Photos taken in safely, reduced, and searched for the sticker."""
