"""The office's own document: services, counters, officers, hours, rules, and its changes."""
