"""Pendampingan: vulnerable visitors, those who accompany them, and assistive devices."""
