"""Survey: who may answer, the answers, lists from outside, and what is done about low elements."""

TABLES = """
-- Whether a visit was asked, once. Nothing leads from here to an answer, or from an answer to here.
CREATE TABLE survey_token (
    visit_id INTEGER PRIMARY KEY REFERENCES visit (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'filled', 'refused', 'confirmed_outside')),
    at INTEGER NOT NULL,
    day TEXT NOT NULL CHECK (length(day) = 10)
) STRICT;

CREATE INDEX survey_token_by_day ON survey_token (day, state);

-- Without rowid and under a random id, so that the rows lie in no order of time.
CREATE TABLE survey_response (
    id TEXT PRIMARY KEY,
    day TEXT NOT NULL CHECK (length(day) = 10),
    edition TEXT NOT NULL CHECK (edition <> ''),
    mode TEXT NOT NULL CHECK (mode IN ('kiosk', 'screen', 'assisted', 'paper', 'outside')),
    service_id INTEGER REFERENCES service (id),
    jenis_kelamin TEXT NOT NULL DEFAULT '',
    usia TEXT NOT NULL DEFAULT '',
    pendidikan TEXT NOT NULL DEFAULT '',
    pekerjaan TEXT NOT NULL DEFAULT '',
    import_id INTEGER REFERENCES list_import (id)
) STRICT, WITHOUT ROWID;

-- Every result is about a period.
CREATE INDEX survey_response_by_day ON survey_response (day);
-- What goes with an import that is taken back.
CREATE INDEX survey_response_of_import ON survey_response (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE survey_answer (
    response_id TEXT NOT NULL REFERENCES survey_response (id),
    element TEXT NOT NULL CHECK (element <> ''),
    value INTEGER NOT NULL CHECK (value BETWEEN 1 AND 4),
    PRIMARY KEY (response_id, element)
) STRICT, WITHOUT ROWID;

-- Free words may betray their writer: they are apart from the answers, under their month only.
CREATE TABLE survey_suggestion (
    id TEXT PRIMARY KEY,
    month TEXT NOT NULL CHECK (length(month) = 7),
    text TEXT NOT NULL CHECK (text <> ''),
    import_id INTEGER REFERENCES list_import (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX survey_suggestion_by_month ON survey_suggestion (month);
CREATE INDEX survey_suggestion_of_import ON survey_suggestion (import_id) WHERE import_id IS NOT NULL;

-- Digests of the rows of forms outside that were imported, so that none is counted twice.
CREATE TABLE survey_import (
    digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
    import_id INTEGER REFERENCES list_import (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX survey_import_of_import ON survey_import (import_id) WHERE import_id IS NOT NULL;

-- What is done about the survey's low elements. `first_day` to `last_day` are the days of the results;
-- `told_at` is when the officer `told_by` last reported the plan's state and result.
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
