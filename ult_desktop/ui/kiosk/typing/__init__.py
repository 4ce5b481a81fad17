"""The parts for typing at the kiosk: keyboards, questions one by one, the scanner."""
