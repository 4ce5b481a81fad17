"""Telephone calls and the call-backs that were promised (telepon, telepon balik)."""
