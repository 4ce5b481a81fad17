"""Deviations, delegations, equipment checks: what the office accounts for."""

ACCOUNTABILITY = """
-- Every call of a number: what they complete of its visit's procedure.
CREATE INDEX turn_by_ticket ON turn (ticket_id);

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
    spent_ms INTEGER,
    officer_id INTEGER REFERENCES officer (id),
    for_officer_id INTEGER REFERENCES officer (id),
    state TEXT NOT NULL DEFAULT 'terbuka'
        CHECK (state IN ('terbuka', 'dijelaskan', 'diterima', 'ditindaklanjuti')),
    cause TEXT NOT NULL DEFAULT '',
    correction TEXT NOT NULL DEFAULT '',
    responsible_id INTEGER REFERENCES officer (id),
    explained_at INTEGER,
    explained_by INTEGER REFERENCES officer (id),
    reviewed_at INTEGER,
    reviewed_by INTEGER REFERENCES officer (id),
    remark TEXT NOT NULL DEFAULT '',
    FOREIGN KEY (procedure_id, procedure_version) REFERENCES procedure (id, version),
    CHECK ((visit_id IS NULL) = (step = 0)),
    CHECK ((state = 'terbuka') = (explained_at IS NULL)),
    CHECK ((state IN ('diterima', 'ditindaklanjuti')) = (reviewed_at IS NOT NULL))
) STRICT;

-- Noticed by several stations, written once.
CREATE UNIQUE INDEX deviation_once ON deviation (visit_id, step, kind) WHERE visit_id IS NOT NULL;
CREATE UNIQUE INDEX deviation_of_check ON deviation (day, procedure_id, item) WHERE visit_id IS NULL;
-- What still waits for an explanation or a review; the rest by its day.
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

-- For whom an officer stands now: asked with every operation.
CREATE INDEX delegation_to ON delegation (delegate_id, ends_at) WHERE ended_at IS NULL;
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
"""


CAUSES = """
-- One thing that was missing is one deviation: `cause_key` names it (core/accountability/causes.py), `steps`
-- are all that it left undone. What the head found false stays, and counts apart.
ALTER TABLE deviation ADD COLUMN cause_key TEXT NOT NULL DEFAULT '';

ALTER TABLE deviation ADD COLUMN steps TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(steps));

ALTER TABLE deviation ADD COLUMN false_reason TEXT NOT NULL DEFAULT '';

ALTER TABLE deviation ADD COLUMN false_at INTEGER;

ALTER TABLE deviation ADD COLUMN false_by INTEGER REFERENCES officer (id);

-- Who gave the number; nobody did where the visitor took it.
ALTER TABLE ticket ADD COLUMN issued_by INTEGER REFERENCES officer (id);

-- Who signed in on a day, and when first.
CREATE TABLE duty (
    day TEXT NOT NULL CHECK (length(day) = 10),
    officer_id INTEGER NOT NULL REFERENCES officer (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (day, officer_id)
) STRICT, WITHOUT ROWID;

-- What was answered when nobody of a role had signed in: the day goes without it, or somebody comes.
CREATE TABLE absence (
    day TEXT NOT NULL CHECK (length(day) = 10),
    role TEXT NOT NULL CHECK (role <> ''),
    without INTEGER NOT NULL CHECK (without IN (0, 1)),
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    PRIMARY KEY (day, role)
) STRICT, WITHOUT ROWID;
"""


QUALIFICATIONS = """
-- Who meets a procedure's qualifications, as the head confirmed it; a withdrawn one stays.
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


SURVEY = """
-- Once for a visit. Nothing here leads to an answer, and nothing there leads back.
CREATE TABLE survey_token (
    visit_id INTEGER PRIMARY KEY REFERENCES visit (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'filled', 'refused', 'confirmed_outside')),
    at INTEGER NOT NULL,
    day TEXT NOT NULL CHECK (length(day) = 10)
) STRICT;

CREATE INDEX survey_token_by_day ON survey_token (day, state);

-- Without rowid and under a random id: the rows lie in no order of time.
CREATE TABLE survey_response (
    id TEXT PRIMARY KEY,
    day TEXT NOT NULL CHECK (length(day) = 10),
    edition TEXT NOT NULL CHECK (edition <> ''),
    mode TEXT NOT NULL CHECK (mode IN ('kiosk', 'screen', 'assisted', 'paper', 'outside')),
    service_id INTEGER REFERENCES service (id),
    jenis_kelamin TEXT NOT NULL DEFAULT '',
    usia TEXT NOT NULL DEFAULT '',
    pendidikan TEXT NOT NULL DEFAULT '',
    pekerjaan TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- Every result is of a period.
CREATE INDEX survey_response_by_day ON survey_response (day);

CREATE TABLE survey_answer (
    response_id TEXT NOT NULL REFERENCES survey_response (id),
    element TEXT NOT NULL CHECK (element <> ''),
    value INTEGER NOT NULL CHECK (value BETWEEN 1 AND 4),
    PRIMARY KEY (response_id, element)
) STRICT, WITHOUT ROWID;

-- What was written freely may betray the writer: it stands apart from the answers, under its month.
CREATE TABLE survey_suggestion (
    id TEXT PRIMARY KEY,
    month TEXT NOT NULL CHECK (length(month) = 7),
    text TEXT NOT NULL CHECK (text <> '')
) STRICT, WITHOUT ROWID;

CREATE INDEX survey_suggestion_by_month ON survey_suggestion (month);

-- Rows of forms outside that came in already.
CREATE TABLE survey_import (
    digest TEXT PRIMARY KEY CHECK (length(digest) = 64)
) STRICT, WITHOUT ROWID;
"""

SURVEY_IMPORTS = """
-- A list of answers from outside, so that a wrong one can be taken back whole.
CREATE TABLE survey_list (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE CHECK (key <> ''),
    file TEXT NOT NULL,
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    undone_at INTEGER,
    undone_by INTEGER REFERENCES officer (id)
) STRICT;

ALTER TABLE survey_response ADD COLUMN import_id INTEGER REFERENCES survey_list (id);

ALTER TABLE survey_suggestion ADD COLUMN import_id INTEGER REFERENCES survey_list (id);

ALTER TABLE survey_import ADD COLUMN import_id INTEGER REFERENCES survey_list (id);

-- What goes with an import that is taken back.
CREATE INDEX survey_response_of_import ON survey_response (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX survey_suggestion_of_import ON survey_suggestion (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX survey_import_of_import ON survey_import (import_id) WHERE import_id IS NOT NULL;
"""

SURVEY_COLUMNS = """
-- Which column of a form outside says what, by the digest of its heads.
CREATE TABLE survey_columns (
    heads TEXT PRIMARY KEY CHECK (length(heads) = 64),
    columns TEXT NOT NULL CHECK (json_valid(columns))
) STRICT, WITHOUT ROWID;
"""

IMPROVEMENTS = """
-- What is done about the survey's low elements, and how far it has come; the days are those of the results.
CREATE TABLE improvement (
    id INTEGER PRIMARY KEY,
    element TEXT NOT NULL CHECK (element <> ''),
    programme TEXT NOT NULL CHECK (programme <> ''),
    due TEXT NOT NULL CHECK (length(due) = 10),
    responsible TEXT NOT NULL CHECK (responsible <> ''),
    first_day TEXT NOT NULL CHECK (length(first_day) = 10),
    last_day TEXT NOT NULL CHECK (length(last_day) = 10 AND last_day >= first_day),
    planned_at INTEGER NOT NULL,
    planned_by INTEGER REFERENCES officer (id),
    state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'running', 'done', 'dropped')),
    result TEXT NOT NULL DEFAULT '',
    told_at INTEGER,
    told_by INTEGER REFERENCES officer (id),
    CHECK (result <> '' OR state IN ('planned', 'running'))
) STRICT;

CREATE INDEX improvement_by_day ON improvement (last_day);
"""
