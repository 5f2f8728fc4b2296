"""Curves and polygons in chart coordinates; no units of its own."""
