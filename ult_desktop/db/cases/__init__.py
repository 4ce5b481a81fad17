"""Rows of cases (permohonan) and all that hangs on them, and their snapshots."""
