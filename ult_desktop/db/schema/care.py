"""Vulnerable visitors: declarations, alerts, assistive devices, escorts (pendampingan).

Specific personal data (UU 27/2022) that is to be forgotten must not be copied to where nothing is
forgotten.
"""

TABLES = """
-- Specific personal data (UU 27/2022): apart from the guest book, deleted after its own short time.
CREATE TABLE vulnerability (
    visit_id INTEGER PRIMARY KEY REFERENCES visit (id),
    grounds TEXT NOT NULL CHECK (json_valid(grounds)),
    help TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(help)),
    declared_at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id)
) STRICT;

CREATE INDEX vulnerability_age ON vulnerability (declared_at);

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

-- What a kiosk itself reports belongs to no visit.
CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER REFERENCES visit (id),
    kind TEXT NOT NULL CHECK (kind IN ('vulnerable', 'security_call', 'kiosk_call', 'many_numbers')),
    at INTEGER NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    acknowledged_at INTEGER,
    acknowledged_by INTEGER REFERENCES officer (id),
    CHECK ((visit_id IS NULL) = (kind IN ('kiosk_call', 'many_numbers')))
) STRICT;

CREATE INDEX alert_open ON alert (at) WHERE acknowledged_at IS NULL;
CREATE INDEX alert_of_visit ON alert (visit_id);
"""
