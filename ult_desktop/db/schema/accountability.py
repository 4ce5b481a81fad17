"""Deviations, delegations, equipment checks, duty and qualifications."""

TABLES = """
-- A deviation from the standard in time, output or equipment. Without a visit: the daily equipment check.
CREATE TABLE deviation (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER REFERENCES visit (id),
    procedure_id TEXT NOT NULL,
    procedure_version INTEGER NOT NULL,
    step INTEGER NOT NULL CHECK (step >= 0),
    kind TEXT NOT NULL CHECK (kind IN ('time', 'output', 'equipment')),
    item TEXT NOT NULL DEFAULT '',
    day TEXT NOT NULL CHECK (length(day) = 10),
    made_at INTEGER NOT NULL,
    -- Working days and minutes that a late step took.
    spent TEXT CHECK (spent IS NULL OR json_valid(spent)),
    officer_id INTEGER REFERENCES officer (id),
    for_officer_id INTEGER REFERENCES officer (id),
    state TEXT NOT NULL DEFAULT 'terbuka'
        CHECK (state IN ('terbuka', 'dijelaskan', 'diterima', 'ditindaklanjuti')),
    cause TEXT NOT NULL DEFAULT '',
    -- What `cause` said before the act that explained it last: it says so again if that act is undone.
    former_cause TEXT NOT NULL DEFAULT '',
    correction TEXT NOT NULL DEFAULT '',
    responsible_id INTEGER REFERENCES officer (id),
    explained_at INTEGER,
    explained_by INTEGER REFERENCES officer (id),
    reviewed_at INTEGER,
    reviewed_by INTEGER REFERENCES officer (id),
    remark TEXT NOT NULL DEFAULT '',
    -- One row a visit and cause: `cause_key` names the cause (core/accountability/causes.py), and `steps` are
    -- all that were late or left undone for it; `step` is the first. A deviation that the head found false
    -- stays, and is counted apart.
    cause_key TEXT NOT NULL DEFAULT '',
    steps TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(steps)),
    false_reason TEXT NOT NULL DEFAULT '',
    false_at INTEGER,
    false_by INTEGER REFERENCES officer (id),
    -- The end of the visit that wrote it was undone; if it is found again, it counts as new.
    taken_back INTEGER NOT NULL DEFAULT 0 CHECK (taken_back IN (0, 1)),
    FOREIGN KEY (procedure_id, procedure_version) REFERENCES procedure (id, version),
    CHECK ((visit_id IS NULL) = (step = 0)),
    CHECK ((state = 'terbuka') = (explained_at IS NULL)),
    CHECK ((state IN ('diterima', 'ditindaklanjuti')) = (reviewed_at IS NOT NULL))
) STRICT;

-- What is found again is looked for among the visit's rows.
CREATE INDEX deviation_of_visit ON deviation (visit_id) WHERE visit_id IS NOT NULL;
CREATE UNIQUE INDEX deviation_of_check ON deviation (day, procedure_id, item) WHERE visit_id IS NULL;
-- What waits for an explanation or a review; the rest is found by its day.
CREATE INDEX deviation_waiting ON deviation (state, made_at) WHERE state IN ('terbuka', 'dijelaskan');
CREATE INDEX deviation_by_day ON deviation (day);

CREATE TRIGGER deviation_is_kept BEFORE DELETE ON deviation
BEGIN SELECT RAISE(ABORT, 'a deviation is never deleted'); END;

-- An absent officer's task with another, by letter or by word of mouth; it ends by itself at ends_at.
CREATE TABLE delegation (
    id INTEGER PRIMARY KEY,
    absent_id INTEGER NOT NULL REFERENCES officer (id),
    delegate_id INTEGER NOT NULL REFERENCES officer (id),
    form TEXT NOT NULL CHECK (form IN ('surat_penugasan', 'lisan')),
    letter_number TEXT NOT NULL DEFAULT '',
    letter_date TEXT NOT NULL DEFAULT '',
    first_day TEXT NOT NULL CHECK (length(first_day) = 10),
    last_day TEXT NOT NULL CHECK (length(last_day) = 10),
    begins_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    ordered_by TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    procedure_id TEXT NOT NULL DEFAULT '',
    document_id INTEGER,
    given_at INTEGER NOT NULL,
    given_by INTEGER REFERENCES officer (id),
    ended_at INTEGER,
    ended_by INTEGER REFERENCES officer (id),
    CHECK (absent_id <> delegate_id),
    CHECK (begins_at < ends_at),
    CHECK (CASE form WHEN 'lisan' THEN ordered_by <> '' AND procedure_id <> ''
                     ELSE letter_number <> '' AND letter_date <> '' END)
) STRICT;

-- Whose tasks an officer has now: asked with every operation.
CREATE INDEX delegation_to ON delegation (delegate_id);
CREATE INDEX delegation_from ON delegation (absent_id, ends_at) WHERE ended_at IS NULL;

CREATE TABLE equipment_check (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL CHECK (length(day) = 10),
    at INTEGER NOT NULL,
    procedure_id TEXT NOT NULL,
    procedure_version INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    items TEXT NOT NULL CHECK (json_valid(items)),
    FOREIGN KEY (procedure_id, procedure_version) REFERENCES procedure (id, version)
) STRICT;

CREATE INDEX check_of_day ON equipment_check (day, procedure_id);

-- Who signed in on a day, and when first.
CREATE TABLE duty (
    day TEXT NOT NULL CHECK (length(day) = 10),
    officer_id INTEGER NOT NULL REFERENCES officer (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (day, officer_id)
) STRICT, WITHOUT ROWID;

-- The answer given when nobody of a role had signed in: the day goes without them, or somebody comes.
CREATE TABLE absence (
    day TEXT NOT NULL CHECK (length(day) = 10),
    role TEXT NOT NULL CHECK (role <> ''),
    without INTEGER NOT NULL CHECK (without IN (0, 1)),
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    PRIMARY KEY (day, role)
) STRICT, WITHOUT ROWID;

-- Officers who meet a procedure's qualifications, as the head confirmed it; a withdrawn row stays.
CREATE TABLE qualification (
    id INTEGER PRIMARY KEY,
    officer_id INTEGER NOT NULL REFERENCES officer (id),
    procedure_id TEXT NOT NULL CHECK (procedure_id <> ''),
    since TEXT NOT NULL CHECK (length(since) = 10),
    evidence TEXT NOT NULL CHECK (evidence <> ''),
    confirmed_at INTEGER NOT NULL,
    confirmed_by INTEGER REFERENCES officer (id),
    withdrawn_at INTEGER,
    withdrawn_by INTEGER REFERENCES officer (id),
    reason TEXT NOT NULL DEFAULT '',
    CHECK ((withdrawn_at IS NULL) = (reason = ''))
) STRICT;

CREATE UNIQUE INDEX qualification_held ON qualification (procedure_id, officer_id) WHERE withdrawn_at IS NULL;
CREATE INDEX qualification_of_officer ON qualification (officer_id, procedure_id);
"""
