"""The satisfaction survey (SKM) at the kiosk."""
