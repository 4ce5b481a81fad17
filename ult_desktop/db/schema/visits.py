"""Procedures in force, visits (kunjungan), marks of their steps, and what goes with a visit at the desk."""

TABLES = """
CREATE TABLE procedure (
    id TEXT NOT NULL CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version > 0),
    position INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document)),
    adopted_at INTEGER NOT NULL,
    retired_at INTEGER,
    PRIMARY KEY (id, version)
) STRICT;

-- One coming, call or message; its procedure stays the version under which it began.
CREATE TABLE visit (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL CHECK (length(day) = 10),
    channel TEXT NOT NULL CHECK (channel IN ('tatap_muka', 'telepon', 'daring')),
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    ending TEXT NOT NULL DEFAULT '' CHECK (ending IN ('', 'done', 'left', 'refused', 'merged', 'day_end')),
    remark TEXT NOT NULL DEFAULT '',
    ticket_id INTEGER UNIQUE REFERENCES ticket (id),
    service_id INTEGER REFERENCES service (id),
    purpose TEXT NOT NULL DEFAULT '',
    vulnerable INTEGER NOT NULL DEFAULT 0 CHECK (vulnerable IN (0, 1)),
    procedure_id TEXT,
    procedure_version INTEGER,
    follows INTEGER REFERENCES visit (id),
    belated INTEGER NOT NULL DEFAULT 0 CHECK (belated IN (0, 1)),
    courtesies TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(courtesies)),
    FOREIGN KEY (procedure_id, procedure_version) REFERENCES procedure (id, version),
    CHECK ((ended_at IS NULL) = (ending = ''))
) STRICT;

-- The lists of today; and what is open from any day, which stays as short as the office's work in hand.
CREATE INDEX visit_today ON visit (day, began_at);
CREATE INDEX visit_open ON visit (began_at) WHERE ended_at IS NULL;

-- What completes the steps of a visit's procedure. Written with the event of the same request.
CREATE TABLE mark (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('event', 'tick', 'waive')),
    event TEXT,
    branch TEXT NOT NULL DEFAULT '',
    step INTEGER,
    officer_id INTEGER REFERENCES officer (id),
    for_officer_id INTEGER REFERENCES officer (id),
    reason TEXT NOT NULL DEFAULT '',
    request TEXT NOT NULL,
    CHECK ((kind = 'event') = (event IS NOT NULL)),
    CHECK (kind = 'event' OR step IS NOT NULL)
) STRICT;

CREATE INDEX mark_of_visit ON mark (visit_id, at);

CREATE TABLE clock_pause (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    from_at INTEGER NOT NULL,
    to_at INTEGER,
    reason TEXT NOT NULL CHECK (reason <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('manual', 'program')),
    officer_id INTEGER REFERENCES officer (id)
) STRICT;

CREATE INDEX pause_of_visit ON clock_pause (visit_id);
CREATE UNIQUE INDEX pause_running ON clock_pause (visit_id) WHERE to_at IS NULL;

-- Personal data stands here and in its like alone, never in the log.
CREATE TABLE guest (
    visit_id INTEGER PRIMARY KEY REFERENCES visit (id),
    name TEXT NOT NULL CHECK (name <> ''),
    institution TEXT NOT NULL DEFAULT '',
    regency TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    occupation TEXT NOT NULL DEFAULT '',
    meets TEXT NOT NULL DEFAULT '',
    letter_number TEXT NOT NULL DEFAULT '',
    letter_date TEXT NOT NULL DEFAULT '',
    entered_by TEXT NOT NULL CHECK (entered_by IN ('visitor', 'officer')),
    remember INTEGER NOT NULL DEFAULT 0 CHECK (remember IN (0, 1)),
    at INTEGER NOT NULL,
    notice TEXT NOT NULL DEFAULT ''
) STRICT;

-- A returning visitor is looked up by the beginning of the name, or by telephone.
CREATE INDEX guest_by_name ON guest (name COLLATE NOCASE);
CREATE INDEX guest_by_phone ON guest (phone) WHERE phone <> '';
"""
