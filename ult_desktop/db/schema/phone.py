"""Telephone calls and call-backs (telepon, telepon balik)."""

TABLES = """
-- A visit by telephone. Who called and what for stand in guest and casefile.
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
-- The call-back list, whatever the day: as long as what is promised.
CREATE INDEX call_open ON phone_call (state, promised_at) WHERE state IN ('transferred', 'promised');

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
"""
