"""Telephone calls taken, and callers called back."""
