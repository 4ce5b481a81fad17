"""The self-service kiosk: one touch to a number."""
