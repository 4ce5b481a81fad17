"""The guest book (buku tamu) at the kiosk, one question after the other."""
