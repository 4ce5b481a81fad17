"""Commands about a PC as a station: set it up, start its mode, keep it running, update it."""
