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

-- A portion of an imported list, or of the list in a watched folder; its rows are in online_request.
CREATE TABLE online_batch (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('sempena', 'email', 'whatsapp', 'surat')),
    file TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    added INTEGER NOT NULL,
    known INTEGER NOT NULL
) STRICT;

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
    batch_id INTEGER REFERENCES online_batch (id),
    UNIQUE (year, serial)
) STRICT;

-- No request twice: by the number that its source gave it, else by what it says.
CREATE UNIQUE INDEX online_once_by_id ON online_request (source, external_id) WHERE external_id <> '';
CREATE UNIQUE INDEX online_once_by_text ON online_request (source, fingerprint) WHERE external_id = '';
-- The inbox: the requests in a state, the most pressing first; the public recap counts a year's states.
CREATE INDEX online_by_state ON online_request (state, due_at);
CREATE INDEX online_by_year ON online_request (year, state);
CREATE INDEX online_kept ON online_request (received_at) WHERE topic <> '';

-- The columns of a source's lists, as the office settled them.
CREATE TABLE online_mapping (
    source TEXT PRIMARY KEY CHECK (source IN ('sempena', 'email', 'whatsapp', 'surat')),
    columns TEXT NOT NULL CHECK (json_valid(columns))
) STRICT;
"""
