"""Figures by day: read from the rows, kept, and added up."""
