"""Cases (permohonan), what became of them, and the answer bank's index (docs/store.md, rule 15)."""

import msgspec

from ult_desktop.base.paths import resource
from ult_desktop.core.cases.answer_bank import CaseLists

TABLES = """
CREATE TABLE casefile (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL CHECK (serial > 0),
    number TEXT NOT NULL UNIQUE,
    visit_id INTEGER NOT NULL UNIQUE REFERENCES visit (id),
    service_id INTEGER REFERENCES service (id),
    kind TEXT NOT NULL DEFAULT 'permohonan' CHECK (kind IN ('permohonan', 'pengaduan')),
    complaint_class TEXT NOT NULL DEFAULT '',
    about_id INTEGER REFERENCES officer (id),  -- the officer whom a complaint is about
    state TEXT NOT NULL CHECK (state IN ('open', 'escalated', 'answered', 'delivered', 'closed')),
    opened_at INTEGER NOT NULL,
    owner_id INTEGER REFERENCES officer (id),
    detail TEXT NOT NULL CHECK (detail <> ''),
    outcome TEXT CHECK (outcome IN ('tersedia', 'dikecualikan', 'tidak_tersedia')),
    sub_reason TEXT NOT NULL DEFAULT '',
    ground TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    visitor TEXT NOT NULL DEFAULT '' CHECK (visitor IN ('', 'desk', 'hall', 'left', 'fetches')),
    due_at INTEGER,
    due_since INTEGER,  -- `due_at` ends the `due_days`-th working day after this moment
    due_days INTEGER,
    closed_at INTEGER,
    original_id INTEGER REFERENCES casefile (id),
    UNIQUE (year, serial),
    CHECK ((due_at IS NULL) = (due_days IS NULL) AND (due_at IS NULL) = (due_since IS NULL)),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL))
) STRICT;

-- Cases about an earlier one.
CREATE INDEX case_again ON casefile (original_id) WHERE original_id IS NOT NULL;
-- The work in hand, of any day.
CREATE INDEX case_open ON casefile (state, opened_at) WHERE closed_at IS NULL;
-- What the retention schedule still has to erase, here and in each index that is `_kept`.
CREATE INDEX case_kept ON casefile (opened_at)
    WHERE detail <> 'dihapus menurut jadwal' AND detail <> 'dihapus atas permintaan';

CREATE TRIGGER online_follows_case AFTER UPDATE OF state, owner_id ON casefile
BEGIN
    UPDATE online_request SET state = CASE
        WHEN NEW.state = 'closed' THEN 'ditutup'
        WHEN NEW.state = 'delivered' THEN 'terjawab'
        WHEN NEW.state = 'open' AND NEW.owner_id IS NULL THEN 'pengajuan'
        ELSE 'dalam_proses' END
    WHERE case_id = NEW.id;
END;

CREATE TRIGGER figures_of_new_case AFTER INSERT ON casefile
BEGIN DELETE FROM figured_day WHERE day = (SELECT day FROM visit WHERE id = NEW.visit_id); END;

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
CREATE INDEX entry_kept ON case_entry (at) WHERE text <> '';

CREATE TABLE case_document (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES casefile (id),
    escalation_id INTEGER REFERENCES escalation (id),
    document_id INTEGER NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    officer_id INTEGER REFERENCES officer (id),
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX document_of_case ON case_document (case_id, at);
CREATE INDEX case_document_by_document ON case_document (document_id);

-- One hop from desk to desk, with its instruction, receipt and answer (lembar disposisi).
CREATE TABLE escalation (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES casefile (id),
    parent_id INTEGER REFERENCES escalation (id),
    state TEXT NOT NULL DEFAULT 'sent' CHECK (
        state IN ('sent', 'received', 'referred', 'answered', 'acknowledged', 'withdrawn')
    ),
    from_desk TEXT NOT NULL,
    from_officer_id INTEGER REFERENCES officer (id),
    to_desk TEXT NOT NULL CHECK (to_desk IN ('helpdesk', 'back_office', 'related_unit', 'ppid', 'head')),
    to_officer_id INTEGER REFERENCES officer (id),
    unit TEXT NOT NULL DEFAULT '',
    instruction TEXT NOT NULL CHECK (instruction <> ''),
    due_at INTEGER,
    due_days INTEGER,  -- working days after `sent_at`; NULL when it is due with its case
    sent_at INTEGER NOT NULL,
    received_at INTEGER,
    received_by INTEGER REFERENCES officer (id),
    verdict TEXT NOT NULL DEFAULT '' CHECK (verdict IN ('', 'bisa_diselesaikan', 'tidak_bisa')),
    answer TEXT NOT NULL DEFAULT '',
    answered_at INTEGER,
    answered_by INTEGER REFERENCES officer (id),
    acknowledged_at INTEGER,
    acknowledged_by INTEGER REFERENCES officer (id),
    withdrawn_at INTEGER,
    CHECK (answered_at IS NULL OR answer <> '')
) STRICT;

CREATE INDEX escalation_of_case ON escalation (case_id, sent_at);
-- The inboxes: what waits at a desk, and what came back to the officer who had asked.
CREATE INDEX escalation_open ON escalation (to_desk, sent_at) WHERE state IN ('sent', 'received', 'referred');
CREATE INDEX escalation_back ON escalation (from_officer_id, answered_at) WHERE state = 'answered';
-- A case is at one other desk at a time, and that desk asks one unit at a time.
CREATE UNIQUE INDEX escalation_of_front ON escalation (case_id)
    WHERE parent_id IS NULL AND state IN ('sent', 'received', 'referred');
CREATE UNIQUE INDEX escalation_from_hop ON escalation (parent_id)
    WHERE parent_id IS NOT NULL AND state IN ('sent', 'received', 'referred');
CREATE INDEX escalation_kept ON escalation (sent_at)
    WHERE instruction <> 'dihapus menurut jadwal' AND instruction <> 'dihapus atas permintaan';

-- A visitor directed to the helpdesk officer of the category.
CREATE TABLE handover (
    visit_id INTEGER PRIMARY KEY REFERENCES visit (id),
    officer_id INTEGER NOT NULL REFERENCES officer (id),
    by_id INTEGER REFERENCES officer (id),
    at INTEGER NOT NULL,
    remark TEXT NOT NULL DEFAULT '',
    acknowledged_at INTEGER
) STRICT;

CREATE INDEX handover_open ON handover (officer_id, at) WHERE acknowledged_at IS NULL;
CREATE INDEX handover_kept ON handover (at) WHERE remark <> '';

-- An answer that was given, with its proof and the number of its receipt (tanda terima informasi).
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES casefile (id),
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    for_officer_id INTEGER REFERENCES officer (id),
    way TEXT NOT NULL CHECK (way IN ('langsung', 'telepon', 'wa', 'surel', 'surat', 'aplikasi')),
    recipient TEXT NOT NULL DEFAULT '',
    proof TEXT NOT NULL DEFAULT '',
    document_id INTEGER,
    receipt_year INTEGER,
    receipt_serial INTEGER,
    receipt TEXT NOT NULL DEFAULT '',
    UNIQUE (receipt_year, receipt_serial),
    CHECK (way = 'langsung' OR proof <> '' OR document_id IS NOT NULL)
) STRICT;

CREATE INDEX delivery_of_case ON delivery (case_id, at);
CREATE INDEX delivery_by_document ON delivery (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX delivery_kept ON delivery (at)
    WHERE proof <> 'dihapus menurut jadwal' AND proof <> 'dihapus atas permintaan';

-- The register of public-information requests (PerKI 1/2021).
CREATE TABLE information_request (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL UNIQUE REFERENCES casefile (id),
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL CHECK (serial > 0),
    number TEXT NOT NULL UNIQUE,
    registered_at INTEGER NOT NULL,
    applicant TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    address TEXT NOT NULL,
    contact TEXT NOT NULL,
    occupation TEXT NOT NULL,
    wanted TEXT NOT NULL CHECK (wanted <> ''),
    purpose TEXT NOT NULL CHECK (purpose <> ''),
    access TEXT NOT NULL,
    copy_form TEXT NOT NULL,
    copy_by TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    extended_at INTEGER,
    extension_reason TEXT NOT NULL DEFAULT '',
    held TEXT NOT NULL DEFAULT '',
    held_by TEXT NOT NULL DEFAULT '',
    decision TEXT NOT NULL DEFAULT '',
    refusal TEXT NOT NULL DEFAULT '',
    decided_at INTEGER,
    noticed_at INTEGER,
    cost TEXT NOT NULL DEFAULT '',
    ready_in TEXT NOT NULL DEFAULT '',
    redaction TEXT NOT NULL DEFAULT '',
    UNIQUE (year, serial),
    CHECK ((decided_at IS NULL) = (decision = ''))
) STRICT;

CREATE TRIGGER keys_of_applicant AFTER UPDATE OF name ON information_request
BEGIN DELETE FROM name_key WHERE place = 'information_request' AND holder = NEW.id; END;

-- What PPID owes, when the office's days change.
CREATE INDEX request_open ON information_request (due_at) WHERE decided_at IS NULL;
CREATE INDEX request_kept ON information_request (registered_at)
    WHERE name <> 'dihapus menurut jadwal' AND name <> 'dihapus atas permintaan';

CREATE TABLE objection (
    id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL REFERENCES information_request (id),
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL CHECK (serial > 0),
    number TEXT NOT NULL UNIQUE,
    filed_at INTEGER NOT NULL,
    late INTEGER NOT NULL CHECK (late IN (0, 1)),
    reason TEXT NOT NULL,
    position TEXT NOT NULL CHECK (position <> ''),
    proxy TEXT NOT NULL DEFAULT '',
    due_at INTEGER NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    answered_at INTEGER,
    dispute_until INTEGER,
    disputed_at INTEGER,
    dispute TEXT NOT NULL DEFAULT '',
    UNIQUE (year, serial)
) STRICT;

CREATE INDEX objection_open ON objection (due_at) WHERE answered_at IS NULL;
CREATE INDEX objection_dispute ON objection (dispute_until) WHERE disputed_at IS NULL;
CREATE INDEX objection_of_request ON objection (request_id);
CREATE INDEX objection_kept ON objection (filed_at)
    WHERE position <> 'dihapus menurut jadwal' AND position <> 'dihapus atas permintaan';

CREATE TABLE excluded_information (
    key TEXT PRIMARY KEY CHECK (key <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    law TEXT NOT NULL CHECK (law <> ''),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE complaint_class (
    key TEXT PRIMARY KEY CHECK (key <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    days INTEGER NOT NULL CHECK (days > 0),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE faq (
    id INTEGER PRIMARY KEY,
    question TEXT NOT NULL CHECK (question <> ''),
    answer TEXT NOT NULL CHECK (answer <> ''),
    tags TEXT NOT NULL DEFAULT '',
    service_id INTEGER REFERENCES service (id),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    used INTEGER NOT NULL DEFAULT 0,
    updated_at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id)
) STRICT;

CREATE VIRTUAL TABLE faq_index USING fts5 (
    question, tags, answer, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

-- A visitor is booked for a service, with a case or without: the kiosk gives a number for the code. A visitor
-- who moves the appointment keeps the code, so that each row of theirs has it. `seat` is the place within the
-- half-hour.
CREATE TABLE appointment (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    case_id INTEGER REFERENCES casefile (id),
    service_id INTEGER NOT NULL REFERENCES service (id),
    nth INTEGER NOT NULL CHECK (nth > 0),
    day TEXT NOT NULL CHECK (length(day) = 10),
    at INTEGER NOT NULL,
    seat INTEGER NOT NULL CHECK (seat > 0),
    officer_id INTEGER REFERENCES officer (id),
    name TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL CHECK (reason <> ''),
    state TEXT NOT NULL DEFAULT 'booked' CHECK (
        state IN ('booked', 'arrived', 'missed', 'cancelled', 'moved')
    ),
    made_at INTEGER NOT NULL,
    made_by INTEGER REFERENCES officer (id),
    ended_at INTEGER,
    ended_by INTEGER REFERENCES officer (id),
    remark TEXT NOT NULL DEFAULT '',
    visit_id INTEGER REFERENCES visit (id),
    UNIQUE (code, nth),
    UNIQUE (case_id, nth),
    CHECK (case_id IS NOT NULL OR name <> '')
) STRICT;

CREATE INDEX appointment_on ON appointment (day, at);
-- What is to come or was not looked after; a case and a code have one at a time.
CREATE INDEX appointment_booked ON appointment (at) WHERE state = 'booked';
CREATE UNIQUE INDEX appointment_next ON appointment (case_id) WHERE state = 'booked';
CREATE UNIQUE INDEX appointment_code ON appointment (code) WHERE state = 'booked';
-- A seat of a half-hour is one visitor's, whichever stations book it.
CREATE UNIQUE INDEX appointment_seat ON appointment (service_id, (at / 1800000), seat) WHERE state = 'booked';
CREATE INDEX appointment_of_visit ON appointment (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX appointment_kept ON appointment (made_at)
    WHERE reason <> 'dihapus menurut jadwal' AND reason <> 'dihapus atas permintaan';
-- Name and telephone of visitors who were booked without a case.
CREATE INDEX appointment_phone_kept ON appointment (at) WHERE phone <> '';
CREATE INDEX appointment_name_kept ON appointment (at)
    WHERE name <> '' AND name <> 'dihapus menurut jadwal' AND name <> 'dihapus atas permintaan';

-- What PPID reports once a year in addition to its register (PerKI 1/2021), in its own words. `told_at` is
-- when the officer `told_by` last wrote it down.
CREATE TABLE ppid_year (
    year INTEGER PRIMARY KEY CHECK (year BETWEEN 2000 AND 9999),
    policy TEXT NOT NULL,
    facilities TEXT NOT NULL,
    staff TEXT NOT NULL,
    budget TEXT NOT NULL,
    disputes TEXT NOT NULL,
    obstacles TEXT NOT NULL,
    recommendations TEXT NOT NULL,
    sent_on TEXT NOT NULL CHECK (sent_on = '' OR length(sent_on) = 10),
    told_at INTEGER NOT NULL,
    told_by INTEGER REFERENCES officer (id)
) STRICT;
"""

WRITE_GROUND = (
    "INSERT INTO excluded_information (key, title, law, active) VALUES (?, ?, ?, 1)"
    " ON CONFLICT (key) DO UPDATE SET title = excluded.title, law = excluded.law, active = 1"
)

WRITE_CLASS = (
    "INSERT INTO complaint_class (key, name, days, active) VALUES (?, ?, ?, 1)"
    " ON CONFLICT (key) DO UPDATE SET name = excluded.name, days = excluded.days, active = 1"
)


def shipped_rows() -> list[tuple[str, tuple[str | int, ...]]]:
    """Return the statements that write a new file's lists: Pasal 17 of UU 14/2008, and SP4N-LAPOR's times."""
    text = resource("cases", "lists.toml").read_bytes()
    lists = msgspec.toml.decode(text, type=CaseLists)
    grounds: list[tuple[str, tuple[str | int, ...]]] = [
        (WRITE_GROUND, (g.key, g.title, g.law)) for g in lists.grounds
    ]
    return [*grounds, *((WRITE_CLASS, (c.key, c.name, c.days)) for c in lists.complaint_classes)]
