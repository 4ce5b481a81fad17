"""The kiosk's first pages: services, priority, and the information on a service."""
