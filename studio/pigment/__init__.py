"""From zones to dots and from dots to optical density."""
