"""Paints the screen's pictures and the printed pages."""
