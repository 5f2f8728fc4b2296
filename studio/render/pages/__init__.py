"""The printed pages: what they say, and how they are laid out."""
