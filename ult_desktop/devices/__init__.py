"""Hardware around a station: ticket printer, announcer, LAN hint."""
