"""What stands around the pages of the kiosk: head, foot, views, the way out."""
