"""All of an office in one file: its closed years stay in it, and its log begins with the first entry."""

DROPPED = ("archive", "log_start", "archived_month", "archived_request", "archive_change", "subject_archived")

CHANGES = """
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
