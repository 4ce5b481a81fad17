"""Seats kept for vulnerable visitors (kursi prioritas)."""

TABLES = """
-- Whom somebody led to a seat. It counts as long as he waits (db/seats.py); nothing here tells why he sits.
CREATE TABLE priority_seat (
    visit_id INTEGER PRIMARY KEY REFERENCES visit (id),
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id)
) STRICT;
"""
