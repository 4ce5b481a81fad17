"""Things to touch that the kiosk's pages share."""
