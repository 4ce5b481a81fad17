"""Figures and words onto paper: one document per file, PDF."""
