"""The statutory survey (SKM): answers kept apart from who gave them."""

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
