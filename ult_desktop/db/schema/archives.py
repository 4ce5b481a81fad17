"""Archives of closed years, as older files had them, and the change that takes them away."""

ARCHIVES = """
-- A closed year: `token` stands in its file too, `bounds` are the newest ids when it was made (JSON).
CREATE TABLE archive (
    year INTEGER PRIMARY KEY,
    token TEXT NOT NULL CHECK (token <> ''),
    state TEXT NOT NULL CHECK (state IN ('moving', 'done')),
    last_day TEXT NOT NULL CHECK (length(last_day) = 10),
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    first_hash TEXT NOT NULL CHECK (length(first_hash) = 64),
    last_hash TEXT NOT NULL CHECK (length(last_hash) = 64),
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    bounds TEXT NOT NULL CHECK (json_valid(bounds)),
    counts TEXT NOT NULL CHECK (json_valid(counts)),
    begun_at INTEGER NOT NULL,
    ended_at INTEGER,
    CHECK ((state = 'done') = (ended_at IS NOT NULL))
) STRICT;

-- Up to `seq` the log lies in archives; its next row is chained to `chain`. `ticket`: the last one there.
CREATE TABLE log_start (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL,
    chain TEXT NOT NULL CHECK (length(chain) = 64),
    ticket INTEGER NOT NULL
) STRICT;

-- What the visits of archived months add to the numbers of a survey's period.
CREATE TABLE archived_month (
    month TEXT NOT NULL CHECK (length(month) = 7),
    what TEXT NOT NULL CHECK (what <> ''),
    count INTEGER NOT NULL,
    PRIMARY KEY (month, what)
) STRICT, WITHOUT ROWID;

-- Requests in archives, by what tells them apart: an old list that is imported again brings none back.
CREATE TABLE archived_request (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    number TEXT NOT NULL,
    PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;

DROP TRIGGER event_is_kept;

DROP TRIGGER deviation_is_kept;

CREATE TRIGGER event_is_kept BEFORE DELETE ON event
WHEN OLD.seq > coalesce((SELECT max(last_seq) FROM archive), 0)
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;

CREATE TRIGGER deviation_is_kept BEFORE DELETE ON deviation
WHEN OLD.reviewed_at IS NULL OR OLD.day > coalesce((SELECT max(last_day) FROM archive), '')
BEGIN SELECT RAISE(ABORT, 'a deviation is never deleted'); END;
"""


ARCHIVE_CHANGES = """
-- A finished archive becomes another file: `former` is the hash it had, `digest` the one it gets. Written
-- down before the file takes its place, ended after it. An archive's own file lists the hashes it had.
CREATE TABLE archive_change (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    former TEXT NOT NULL CHECK (length(former) = 64),
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    counts TEXT NOT NULL CHECK (json_valid(counts)),
    erased TEXT NOT NULL CHECK (json_valid(erased)),
    begun_at INTEGER NOT NULL,
    ended_at INTEGER,
    visits TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(visits)),
    run_id INTEGER REFERENCES retention_run (id)
) STRICT;

CREATE UNIQUE INDEX archive_change_open ON archive_change (year) WHERE ended_at IS NULL;

-- Comings in archives that are a data subject's: `visit_id` is a row of that year's file. What was asked
-- to be erased goes with the next run.
CREATE TABLE subject_archived (
    request_id INTEGER NOT NULL REFERENCES subject_request (id),
    year INTEGER NOT NULL,
    visit_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    held_at INTEGER,
    released_at INTEGER,
    asked_at INTEGER,
    erased_at INTEGER,
    PRIMARY KEY (request_id, visit_id),
    CHECK (released_at IS NULL OR held_at IS NOT NULL)
) STRICT, WITHOUT ROWID;
"""


DROPPED = ("archive", "log_start", "archived_month", "archived_request", "archive_change", "subject_archived")

ONE_FILE = """
DROP TRIGGER event_is_kept;

DROP TRIGGER deviation_is_kept;

DROP TABLE subject_archived;

DROP TABLE archive_change;

DROP TABLE archived_request;

DROP TABLE archived_month;

DROP TABLE log_start;

DROP TABLE archive;

CREATE TRIGGER event_is_kept BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;

CREATE TRIGGER deviation_is_kept BEFORE DELETE ON deviation
BEGIN SELECT RAISE(ABORT, 'a deviation is never deleted'); END;
"""
