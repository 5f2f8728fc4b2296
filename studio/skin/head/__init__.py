"""The head as a surface: fitted from photos, seen in all of them."""
