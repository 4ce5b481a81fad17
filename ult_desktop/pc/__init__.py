"""This PC's system: whose a station's files are, what starts by itself, how a kiosk is locked down."""
