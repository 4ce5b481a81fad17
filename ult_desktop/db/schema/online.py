"""Online requests (daring), telephone calls and call-backs."""

TABLES = """
-- A visit by telephone. `guest` says who called, `casefile` why.
CREATE TABLE phone_call (
    visit_id INTEGER PRIMARY KEY REFERENCES visit (id),
    state TEXT NOT NULL DEFAULT 'talking' CHECK (
        state IN ('talking', 'transferred', 'promised', 'ended', 'lost')
    ),
    taken_by INTEGER NOT NULL REFERENCES officer (id),
    officer_id INTEGER NOT NULL REFERENCES officer (id),
    supporting TEXT NOT NULL DEFAULT '',
    forwarded TEXT NOT NULL DEFAULT '' CHECK (forwarded IN ('', 'live', 'callback')),
    promised_at INTEGER,
    promised_on INTEGER,  -- when it was promised for the end of the next working day; NULL for a moment
    told_at INTEGER,
    CHECK (state <> 'promised' OR promised_at IS NOT NULL),
    CHECK (state NOT IN ('transferred', 'promised') OR forwarded <> '')
) STRICT;

-- Nobody talks to two callers at once.
CREATE UNIQUE INDEX call_running ON phone_call (officer_id) WHERE state = 'talking';
-- Calls of any day that wait: put through and not taken yet, or to be called back.
CREATE INDEX call_open ON phone_call (state, promised_at) WHERE state IN ('transferred', 'promised');
CREATE INDEX call_kept ON phone_call (visit_id) WHERE supporting <> '';

CREATE TABLE call_attempt (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES phone_call (visit_id),
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    officer_id INTEGER NOT NULL REFERENCES officer (id),
    result TEXT NOT NULL DEFAULT '' CHECK (result IN ('', 'tersambung', 'tidak_diangkat', 'salah_nomor')),
    CHECK ((ended_at IS NULL) = (result = ''))
) STRICT;

CREATE INDEX attempt_of_call ON call_attempt (visit_id, began_at);
CREATE UNIQUE INDEX attempt_running ON call_attempt (visit_id) WHERE ended_at IS NULL;

-- `casefile.detail` says what was asked, `guest` who asks. `state` follows the case by the trigger
-- `online_follows_case`.
CREATE TABLE online_request (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL CHECK (serial > 0),
    number TEXT NOT NULL UNIQUE,
    visit_id INTEGER NOT NULL UNIQUE REFERENCES visit (id),
    case_id INTEGER NOT NULL UNIQUE REFERENCES casefile (id),
    source TEXT NOT NULL CHECK (source IN ('sempena', 'email', 'whatsapp', 'surat')),
    external_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 64),
    topic TEXT NOT NULL,
    service TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'pengajuan'
        CHECK (state IN ('pengajuan', 'dalam_proses', 'terjawab', 'ditutup')),
    import_id INTEGER REFERENCES list_import (id),
    UNIQUE (year, serial)
) STRICT;

-- No request twice: by the number that its source gave it, else by what it says.
CREATE UNIQUE INDEX online_once_by_id ON online_request (source, external_id) WHERE external_id <> '';
CREATE UNIQUE INDEX online_once_by_text ON online_request (source, fingerprint) WHERE external_id = '';
-- The inbox: the requests in a state, the most pressing first; the public recap counts a year's states.
CREATE INDEX online_by_state ON online_request (state, due_at);
CREATE INDEX online_by_year ON online_request (year, state);
CREATE INDEX online_kept ON online_request (received_at) WHERE topic <> '';
-- What goes with an import that is taken back.
CREATE INDEX online_of_import ON online_request (import_id) WHERE import_id IS NOT NULL;
"""
