"""Who can open the sealed text, who guesses passwords, and what admins have yet to be told."""

SIGN_IN = """
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


KEYS = """
-- Each officer's own X25519 pair: the private key is wrapped under his password.
CREATE TABLE officer_key (
    officer_id INTEGER PRIMARY KEY REFERENCES officer (id),
    public BLOB NOT NULL CHECK (length(public) = 32),
    salt BLOB NOT NULL,
    passes INTEGER NOT NULL,
    memory INTEGER NOT NULL,
    wrapped BLOB NOT NULL
) STRICT;

-- The office's public keys; the newest seals. `renewal_due`: somebody who holds it has gone.
CREATE TABLE office_key (
    generation INTEGER PRIMARY KEY CHECK (generation > 0),
    public BLOB NOT NULL CHECK (length(public) = 32),
    made_at INTEGER NOT NULL,
    renewal_due INTEGER NOT NULL DEFAULT 0 CHECK (renewal_due IN (0, 1))
) STRICT;

-- A generation's private key and the index key, sealed for one officer.
CREATE TABLE key_grant (
    generation INTEGER NOT NULL REFERENCES office_key (generation),
    officer_id INTEGER NOT NULL REFERENCES officer_key (officer_id),
    sealed BLOB NOT NULL,
    PRIMARY KEY (generation, officer_id)
) STRICT, WITHOUT ROWID;

-- The same, sealed for the recovery pair, whose private half is a code on paper.
CREATE TABLE recovery_key (
    generation INTEGER PRIMARY KEY REFERENCES office_key (generation),
    public BLOB NOT NULL CHECK (length(public) = 32),
    sealed BLOB NOT NULL
) STRICT;

-- Places that may still hold text from before there were keys, and how far each was looked through.
CREATE TABLE clear_text (
    place TEXT PRIMARY KEY,
    looked_to INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""
