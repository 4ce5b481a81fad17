"""Deviations, delegations, equipment checks: what the office accounts for."""

TABLES = ""
