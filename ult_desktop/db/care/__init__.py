"""Rows of declarations, alerts, escorts and assistive devices (alat bantu)."""
