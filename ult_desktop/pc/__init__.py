"""The system of this PC: the owners of a station's files, the automatic start, the lock-down of a kiosk."""
