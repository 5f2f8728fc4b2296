"""Edits: pure functions from case to case; what cannot be done is a Refusal."""
