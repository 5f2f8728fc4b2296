"""The stages of the work, each with its inspector and its tools."""
