"""Visits: arriving, who it is, what they bring, leaving."""
