"""The kiosk's first pages: services, what to know about one, priority, and the other ways."""
