"""Who takes care of the office file, and what came of it."""

TABLES = """
-- Who does a task that only one station shall do; after `until` (UTC ms) anybody may.
CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The last backup and the last check of each station: when it succeeded, where, and what went wrong since.
CREATE TABLE upkeep (
    task TEXT NOT NULL CHECK (task IN ('backup', 'check')),
    station TEXT NOT NULL,
    done_at INTEGER NOT NULL DEFAULT 0,
    tried_at INTEGER NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    trouble TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (task, station)
) STRICT, WITHOUT ROWID;
"""
