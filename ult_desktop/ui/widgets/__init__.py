"""The pieces that kiosk, counter and display share, one per file."""
