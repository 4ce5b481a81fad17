"""A ground of priority stands in `vulnerability` alone: a number knows only that it goes first.

Specific personal data (UU 27/2022) that is to be forgotten must not be copied to where nothing is forgotten.
"""

CHANGES = """
ALTER TABLE ticket ADD COLUMN goes_first INTEGER NOT NULL DEFAULT 0 CHECK (goes_first IN (0, 1));

UPDATE ticket SET goes_first = 1 WHERE priority IS NOT NULL;

-- Under its own retention from now on; of a number without a visit nothing is kept.
INSERT OR IGNORE INTO vulnerability (visit_id, grounds, help, declared_at)
SELECT v.id, json_array(t.priority), t.help, t.issued_at FROM ticket t JOIN visit v ON v.ticket_id = t.id
WHERE t.priority IS NOT NULL;

ALTER TABLE ticket DROP COLUMN priority;

ALTER TABLE ticket DROP COLUMN help;

ALTER TABLE ticket RENAME COLUMN goes_first TO priority;
"""
