"""Evidence for yearly judgements: the office's own instruments, the registers, and notes about indicators."""

TABLES = """
-- An instrument that the office adopted; the newest version of an id is in force. Shipped ones are files.
CREATE TABLE instrument (
    id TEXT NOT NULL CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version > 0),
    content TEXT NOT NULL CHECK (json_valid(content)),
    adopted_at INTEGER NOT NULL,
    adopted_by INTEGER REFERENCES officer (id),
    PRIMARY KEY (id, version)
) STRICT;

-- A row of one of the registers; which columns it uses is said by its register (core/evidence/registers.py).
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    register TEXT NOT NULL CHECK (register IN (
        'document', 'facility', 'publication', 'meeting', 'review', 'training', 'innovation', 'compensation',
        'elsewhere'
    )),
    item TEXT NOT NULL DEFAULT '',
    kinds TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(kinds)),
    title TEXT NOT NULL DEFAULT '',
    day TEXT NOT NULL CHECK (length(day) = 10),
    until TEXT NOT NULL DEFAULT '' CHECK (until = '' OR length(until) = 10),
    service_id INTEGER REFERENCES service (id),
    persons INTEGER CHECK (persons >= 0),
    received INTEGER CHECK (received >= 0),
    settled INTEGER CHECK (settled >= 0 AND settled <= received),
    note TEXT NOT NULL DEFAULT '',
    document_id INTEGER REFERENCES document (id),
    retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER REFERENCES officer (id),
    CHECK (register <> 'review' OR service_id IS NOT NULL)
) STRICT;

-- What the office notes about an indicator. Neither this table nor `evidence` has an index: an office records
-- some dozens of rows in a year, and all are read at once.
CREATE TABLE indicator_note (
    instrument TEXT NOT NULL CHECK (instrument <> ''),
    number INTEGER NOT NULL CHECK (number > 0),
    level INTEGER CHECK (level BETWEEN 0 AND 5),
    reason TEXT NOT NULL DEFAULT '',
    responsible TEXT NOT NULL DEFAULT '',
    due TEXT NOT NULL DEFAULT '' CHECK (due = '' OR length(due) = 10),
    noted_at INTEGER NOT NULL,
    noted_by INTEGER REFERENCES officer (id),
    PRIMARY KEY (instrument, number),
    CHECK (level IS NULL OR reason <> '')
) STRICT, WITHOUT ROWID;
"""
