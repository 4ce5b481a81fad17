"""Who can open the sealed text, who guesses passwords, and what admins have yet to be told."""

TABLES = """
-- Wrong passwords since the last right one. A positive slot is an officer; negative ones are shared by the
-- names that nobody has. No foreign key, for that reason.
CREATE TABLE wrong_password (
    slot INTEGER PRIMARY KEY,
    wrong INTEGER NOT NULL CHECK (wrong > 0),
    last_at INTEGER NOT NULL
) STRICT;

-- An admin's password was reset from the folder: a row for each admin until he has read it.
CREATE TABLE reset_notice (
    admin_id INTEGER NOT NULL REFERENCES officer (id),
    officer_id INTEGER NOT NULL REFERENCES officer (id),
    at INTEGER NOT NULL,
    station TEXT NOT NULL,
    PRIMARY KEY (admin_id, at, officer_id)
) STRICT, WITHOUT ROWID;
"""
