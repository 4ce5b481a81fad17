"""The visits: a visitor arrives, is identified, brings things, leaves."""
