"""Rules: frozen dataclasses and pure functions; no Qt, SQL, files, clock or random."""
