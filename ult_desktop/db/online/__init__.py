"""Rows of requests that came from afar (daring)."""
