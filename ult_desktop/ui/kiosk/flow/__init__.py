"""The flow of the kiosk, from a tap to the page that follows."""
