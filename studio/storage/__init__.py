"""The case file and everything that keeps work from being lost."""
