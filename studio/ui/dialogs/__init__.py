"""Windows that ask for one thing, or tell one."""
