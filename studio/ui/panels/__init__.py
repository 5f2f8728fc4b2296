"""The parts of the inspector."""
