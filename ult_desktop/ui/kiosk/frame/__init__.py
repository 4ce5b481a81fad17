"""The parts around the pages of the kiosk: head, foot, views and the exit."""
