"""The self-service kiosk, at which a visitor takes a number with one tap."""
