"""Vulnerable visitors: declared, accompanied, lent devices."""
