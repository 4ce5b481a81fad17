"""Officers, their passwords, and the keys of personal text."""

TABLES = """
CREATE TABLE officer (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL UNIQUE CHECK (login <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    password_hash TEXT NOT NULL,
    roles TEXT NOT NULL CHECK (json_valid(roles)),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    -- Somebody else chose the password; the officer must choose another before anything else.
    must_change INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1)),
    -- The counter that the sign-in page proposes.
    usual_counter INTEGER REFERENCES counter (number)
) STRICT;

-- Wrong passwords since the last right one. A positive slot is an officer; the names that nobody has share
-- the negative ones, so that there is no foreign key.
CREATE TABLE wrong_password (
    slot INTEGER PRIMARY KEY,
    wrong INTEGER NOT NULL CHECK (wrong > 0),
    last_at INTEGER NOT NULL,
    -- The PC at which the last wrong one was given, and its ticks (ms since it was switched on): the wait is
    -- measured by them, so that a clock that is set does not shorten it.
    machine TEXT NOT NULL DEFAULT '',
    ticks INTEGER NOT NULL DEFAULT 0
) STRICT;

-- An admin's password was reset from the folder: a row for each admin until they have read it.
CREATE TABLE reset_notice (
    admin_id INTEGER NOT NULL REFERENCES officer (id),
    officer_id INTEGER NOT NULL REFERENCES officer (id),
    at INTEGER NOT NULL,
    station TEXT NOT NULL,
    PRIMARY KEY (admin_id, at, officer_id)
) STRICT, WITHOUT ROWID;

-- Each officer's own X25519 pair: the private key is wrapped under their password.
CREATE TABLE officer_key (
    officer_id INTEGER PRIMARY KEY REFERENCES officer (id),
    public BLOB NOT NULL CHECK (length(public) = 32),
    salt BLOB NOT NULL,
    passes INTEGER NOT NULL,
    memory INTEGER NOT NULL,
    wrapped BLOB NOT NULL
) STRICT;

-- The office's public keys; the newest seals. `renewal_due`: an officer who holds it has left.
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

-- A generation's private key and the index key, sealed for the recovery pair, whose private half is a code on
-- paper.
CREATE TABLE recovery_key (
    generation INTEGER PRIMARY KEY REFERENCES office_key (generation),
    public BLOB NOT NULL CHECK (length(public) = 32),
    sealed BLOB NOT NULL
) STRICT;

-- Places that may hold unsealed text, written before the office had keys, and how far each was sealed.
CREATE TABLE clear_text (
    place TEXT PRIMARY KEY,
    looked_to INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""
