"""Rules: frozen records and pure functions; no Qt, SQL, files, clock or chance."""
