"""How a case is changed: history, edits, tools."""
