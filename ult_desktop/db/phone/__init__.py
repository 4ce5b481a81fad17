"""Rows of telephone calls and call-backs."""
