"""Vulnerable visitors: declarations, alerts, assistive devices, escorts (pendampingan).

Specific personal data (UU 27/2022) that is to be forgotten must not be copied to where nothing is
forgotten.
"""

CARE = """
-- Specific personal data (UU 27/2022): apart from the guest book, deleted after its own short time.
CREATE TABLE vulnerability (
    visit_id INTEGER PRIMARY KEY REFERENCES visit (id),
    grounds TEXT NOT NULL CHECK (json_valid(grounds)),
    help TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(help)),
    declared_at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id)
) STRICT;

CREATE INDEX vulnerability_age ON vulnerability (declared_at);

CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    kind TEXT NOT NULL CHECK (kind IN ('vulnerable', 'security_call')),
    at INTEGER NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    acknowledged_at INTEGER,
    acknowledged_by INTEGER REFERENCES officer (id)
) STRICT;

-- What nobody has answered yet: empty most of the day.
CREATE INDEX alert_open ON alert (at) WHERE acknowledged_at IS NULL;
CREATE INDEX alert_of_visit ON alert (visit_id);

CREATE TABLE device (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> ''),
    label TEXT NOT NULL UNIQUE CHECK (label <> ''),
    condition TEXT NOT NULL DEFAULT 'good' CHECK (condition IN ('good', 'broken', 'retired'))
) STRICT;

CREATE TABLE device_loan (
    id INTEGER PRIMARY KEY,
    device_id INTEGER NOT NULL REFERENCES device (id),
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    day TEXT NOT NULL,
    lent_at INTEGER NOT NULL,
    lent_by INTEGER REFERENCES officer (id),
    returned_at INTEGER,
    returned_to INTEGER REFERENCES officer (id),
    remark TEXT NOT NULL DEFAULT ''
) STRICT;

-- A device is with one visitor at a time.
CREATE UNIQUE INDEX loan_open ON device_loan (device_id) WHERE returned_at IS NULL;
CREATE INDEX loan_of_visit ON device_loan (visit_id);

CREATE TABLE escort (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    leg TEXT NOT NULL CHECK (leg IN ('in', 'to_counter', 'out')),
    from_place TEXT NOT NULL DEFAULT '',
    to_place TEXT NOT NULL DEFAULT '',
    officer_id INTEGER REFERENCES officer (id),
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    declined INTEGER NOT NULL DEFAULT 0 CHECK (declined IN (0, 1)),
    UNIQUE (visit_id, leg)
) STRICT;

CREATE INDEX escort_open ON escort (began_at) WHERE ended_at IS NULL;
"""


KIOSK_CALLS = """
-- A call from a kiosk is of no visit.
CREATE TABLE alert_anywhere (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER REFERENCES visit (id),
    kind TEXT NOT NULL CHECK (kind IN ('vulnerable', 'security_call', 'kiosk_call')),
    at INTEGER NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    acknowledged_at INTEGER,
    acknowledged_by INTEGER REFERENCES officer (id),
    CHECK ((visit_id IS NULL) = (kind = 'kiosk_call'))
) STRICT;

INSERT INTO alert_anywhere (id, visit_id, kind, at, place, acknowledged_at, acknowledged_by)
SELECT id, visit_id, kind, at, place, acknowledged_at, acknowledged_by FROM alert;

DROP TABLE alert;

ALTER TABLE alert_anywhere RENAME TO alert;

CREATE INDEX alert_open ON alert (at) WHERE acknowledged_at IS NULL;
CREATE INDEX alert_of_visit ON alert (visit_id);
"""


DECLARED_ONCE = """
ALTER TABLE ticket ADD COLUMN goes_first INTEGER NOT NULL DEFAULT 0 CHECK (goes_first IN (0, 1));

UPDATE ticket SET goes_first = 1 WHERE priority IS NOT NULL;

-- Under its own retention from now on; of a number without a visit nothing is kept.
INSERT OR IGNORE INTO vulnerability (visit_id, grounds, help, declared_at)
SELECT v.id, json_array(t.priority), t.help, t.issued_at FROM ticket t JOIN visit v ON v.ticket_id = t.id
WHERE t.priority IS NOT NULL;

ALTER TABLE ticket DROP COLUMN priority;

ALTER TABLE ticket DROP COLUMN help;

ALTER TABLE ticket RENAME COLUMN goes_first TO priority;
"""
