"""The kiosk's first pages: services, priority, what to know before."""
