"""Telephone calls and call-backs (telepon, telepon balik)."""

TABLES = ""
