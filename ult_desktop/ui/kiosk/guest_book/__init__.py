"""The guest book (buku tamu) at the kiosk."""
