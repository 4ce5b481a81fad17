"""The survey at the kiosk: its questions and how they read."""
