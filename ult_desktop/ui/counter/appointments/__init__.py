"""Janji temu: the boxes that book a half-hour and move one, for every page."""
