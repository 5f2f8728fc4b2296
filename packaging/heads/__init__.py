"""Heads with known geometry for measuring the fit: photographed, or of our own making."""
