"""Typing at the kiosk: keyboards, questions one by one, the scanner."""
