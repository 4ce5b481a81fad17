"""Commands about a station's process: start a mode, keep it running, the demo, the lock probe."""
