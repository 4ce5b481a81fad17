"""The targets that the kiosk's pages share."""
