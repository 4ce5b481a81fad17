"""Requests of data subjects, breaches, retention, and who opened personal text."""

TABLES = """
-- Requests of data subjects (permintaan subjek data, UU 27/2022 Pasal 5-13). `due_at` is 3x24 true hours.
CREATE TABLE subject_request (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL CHECK (serial > 0),
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (
        kind IN ('akses', 'perbaikan', 'penghapusan', 'pembatasan', 'penarikan', 'keberatan')
    ),
    name TEXT NOT NULL CHECK (name <> ''),
    contact TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    received_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    verified_at INTEGER,
    verified_by INTEGER REFERENCES officer (id),
    verified_how TEXT NOT NULL DEFAULT '',
    outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'dikabulkan', 'sebagian', 'ditolak')),
    answer TEXT NOT NULL DEFAULT '',
    told TEXT NOT NULL DEFAULT '',
    answered_at INTEGER,
    answered_by INTEGER REFERENCES officer (id),
    closed_at INTEGER,
    UNIQUE (year, serial),
    CHECK ((verified_at IS NULL) = (verified_how = '')),
    CHECK ((answered_at IS NULL) = (outcome = '')),
    CHECK (closed_at IS NULL OR answered_at IS NOT NULL)
) STRICT;

CREATE INDEX subject_open ON subject_request (due_at) WHERE closed_at IS NULL;
CREATE INDEX subject_kept ON subject_request (closed_at)
    WHERE closed_at IS NOT NULL AND name <> 'dihapus menurut jadwal';

-- The visits of the data subject. While the request is open, or a visit is held, no run erases it.
CREATE TABLE subject_visit (
    request_id INTEGER NOT NULL REFERENCES subject_request (id),
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    at INTEGER NOT NULL,
    held_at INTEGER,
    released_at INTEGER,
    PRIMARY KEY (request_id, visit_id),
    CHECK (released_at IS NULL OR held_at IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX subject_of_visit ON subject_visit (visit_id);

-- What was done for the data subject: which field of which visit, and why; never its content.
CREATE TABLE subject_act (
    id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL REFERENCES subject_request (id),
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    act TEXT NOT NULL CHECK (act <> ''),
    visit_id INTEGER REFERENCES visit (id),
    field TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX act_of_visit ON subject_act (visit_id) WHERE visit_id IS NOT NULL;

CREATE INDEX act_of_request ON subject_act (request_id, at);

-- Failures of data protection (Pasal 46): written notice to subjects and to the agency within 3x24 hours.
CREATE TABLE breach (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL CHECK (serial > 0),
    number TEXT NOT NULL UNIQUE,
    known_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    written_at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    happened TEXT NOT NULL CHECK (happened <> ''),
    what TEXT NOT NULL CHECK (what <> ''),
    data TEXT NOT NULL CHECK (data <> ''),
    persons INTEGER NOT NULL DEFAULT 0 CHECK (persons >= 0),
    handling TEXT NOT NULL DEFAULT '',
    recovery TEXT NOT NULL DEFAULT '',
    contact TEXT NOT NULL DEFAULT '',
    subjects_told_at INTEGER,
    subjects_told TEXT NOT NULL DEFAULT '',
    agency_told_at INTEGER,
    agency_told TEXT NOT NULL DEFAULT '',
    lesson TEXT NOT NULL DEFAULT '',
    closed_at INTEGER,
    UNIQUE (year, serial),
    CHECK (closed_at IS NULL OR lesson <> '')
) STRICT;

CREATE INDEX breach_open ON breach (due_at) WHERE closed_at IS NULL;

CREATE TABLE retention_run (
    id INTEGER PRIMARY KEY,
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    officer_id INTEGER REFERENCES officer (id),
    counts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(counts)),
    files INTEGER NOT NULL DEFAULT 0,
    more INTEGER NOT NULL DEFAULT 1 CHECK (more IN (0, 1))
) STRICT;

-- Tells a blank field that was erased from one that was never filled.
CREATE TABLE erasure (
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    kind TEXT NOT NULL CHECK (kind <> ''),
    at INTEGER NOT NULL,
    request_id INTEGER REFERENCES subject_request (id),
    PRIMARY KEY (visit_id, kind)
) STRICT, WITHOUT ROWID;

-- Documents that lost a row; their files go when no row refers to them.
CREATE TABLE doomed_file (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64)
) STRICT, WITHOUT ROWID;

CREATE TABLE personal_opening (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    station TEXT NOT NULL,
    visit_id INTEGER REFERENCES visit (id),
    what TEXT NOT NULL CHECK (what <> '')
) STRICT;

CREATE INDEX opening_by_time ON personal_opening (at);
CREATE INDEX opening_of_visit ON personal_opening (visit_id, at) WHERE visit_id IS NOT NULL;
"""
