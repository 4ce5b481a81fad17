"""Rows of cases (permohonan) and of all that belongs to them, and their snapshots."""
