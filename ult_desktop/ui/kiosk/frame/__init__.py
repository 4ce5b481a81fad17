"""What stands around every page of the kiosk, and keeps visitors inside."""
