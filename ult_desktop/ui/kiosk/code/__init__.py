"""A code at the kiosk: typed or scanned, and what became of it."""
