"""The widgets that kiosk, counter and display share, one kind per file."""
