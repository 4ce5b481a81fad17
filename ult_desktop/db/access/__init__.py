"""Rows of officers, of their keys, and of text that waits to be sealed."""
