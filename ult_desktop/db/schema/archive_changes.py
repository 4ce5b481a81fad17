"""What archives are emptied of after their year: by the schedule, or because a data subject asked."""

CHANGES = """
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
