"""The tools: events in, edits and overlays out; no window is needed."""
