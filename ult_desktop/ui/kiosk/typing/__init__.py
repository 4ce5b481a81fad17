"""Typing at the kiosk: the keyboard on the screen, a scanner, and the page of one question."""
