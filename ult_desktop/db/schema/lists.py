"""Lists of requests and answers that were imported, and what was said about their columns and words."""

TABLES = """
-- A list that was imported, so that a wrong one can be taken back whole. `list` is a source of requests, or
-- 'survei'; `planned` are the rows that were to be written. While `added` and `known` are fewer, it is not
-- whole.
CREATE TABLE list_import (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE CHECK (key <> ''),
    list TEXT NOT NULL CHECK (list IN ('sempena', 'email', 'whatsapp', 'surat', 'survei')),
    file TEXT NOT NULL,
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    planned INTEGER NOT NULL,
    added INTEGER NOT NULL DEFAULT 0,
    known INTEGER NOT NULL DEFAULT 0,
    undone_at INTEGER,
    undone_by INTEGER REFERENCES officer (id)
) STRICT;

-- The answers to questions about lists that hold for later ones: which column holds what, what a word means.
CREATE TABLE list_answer (
    list TEXT NOT NULL CHECK (list IN ('sempena', 'email', 'whatsapp', 'surat', 'survei')),
    question TEXT NOT NULL CHECK (question <> ''),
    answer TEXT NOT NULL CHECK (answer <> ''),
    PRIMARY KEY (list, question)
) STRICT, WITHOUT ROWID;
"""
