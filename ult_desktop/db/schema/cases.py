"""Cases (permohonan), their way through the office, and what became of them."""

TABLES = """
CREATE TABLE casefile (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL CHECK (serial > 0),
    number TEXT NOT NULL UNIQUE,
    visit_id INTEGER NOT NULL UNIQUE REFERENCES visit (id),
    service_id INTEGER REFERENCES service (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'escalated', 'answered', 'delivered', 'closed')),
    opened_at INTEGER NOT NULL,
    owner_id INTEGER REFERENCES officer (id),
    detail TEXT NOT NULL CHECK (detail <> ''),
    outcome TEXT CHECK (outcome IN ('tersedia', 'dikecualikan', 'tidak_tersedia')),
    sub_reason TEXT NOT NULL DEFAULT '',
    ground TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    due_at INTEGER,
    closed_at INTEGER,
    original_id INTEGER REFERENCES casefile (id),
    UNIQUE (year, serial),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL))
) STRICT;

-- The work in hand, whatever its day.
CREATE INDEX case_open ON casefile (state, opened_at) WHERE closed_at IS NULL;

-- The timeline: what was done and said about a case.
CREATE TABLE case_entry (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES casefile (id),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind <> ''),
    officer_id INTEGER REFERENCES officer (id),
    for_officer_id INTEGER REFERENCES officer (id),
    text TEXT NOT NULL DEFAULT '',
    document_id INTEGER
) STRICT;

CREATE INDEX entry_of_case ON case_entry (case_id, at);
"""
