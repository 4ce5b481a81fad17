"""Requests that came by SEMPENA, e-mail, WhatsApp or letter (daring)."""

TABLES = ""
