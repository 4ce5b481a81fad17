"""Codes at the kiosk: of an appointment, an online request or a ticket."""
