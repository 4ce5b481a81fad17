"""Vulnerable visitors: declarations, alerts, assistive devices, escorts (pendampingan)."""

TABLES = ""
