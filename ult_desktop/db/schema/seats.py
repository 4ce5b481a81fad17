"""Seats kept for vulnerable visitors (kursi prioritas)."""

TABLES = """
-- Whom somebody led to a seat. It counts while they wait (db/queue/tickets.py); nothing tells why they sit.
CREATE TABLE priority_seat (
    visit_id INTEGER PRIMARY KEY REFERENCES visit (id),
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id)
) STRICT;
"""
