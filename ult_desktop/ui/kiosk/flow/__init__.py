"""What happens at the kiosk, from touch to page."""
