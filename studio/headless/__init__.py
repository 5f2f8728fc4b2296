"""Jobs that need no window: a new case from photos, a check of a case file."""
