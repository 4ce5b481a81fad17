"""Personal text and who opened it; what the schedule erases, what its subjects ask for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from ult_desktop.base.late import late

if TYPE_CHECKING:
    from ult_desktop.core.online import online_request
else:
    online_request = late("ult_desktop.core.online.online_request")


SIGN_IN = """
-- Wrong passwords since the last right one. A positive slot is an officer; negative ones are shared by the
-- names that nobody has. No foreign key, for that reason.
CREATE TABLE wrong_password (
    slot INTEGER PRIMARY KEY,
    wrong INTEGER NOT NULL CHECK (wrong > 0),
    last_at INTEGER NOT NULL
) STRICT;

-- An admin's password was reset from the folder: a row for each admin until he has read it.
CREATE TABLE reset_notice (
    admin_id INTEGER NOT NULL REFERENCES officer (id),
    officer_id INTEGER NOT NULL REFERENCES officer (id),
    at INTEGER NOT NULL,
    station TEXT NOT NULL,
    PRIMARY KEY (admin_id, at, officer_id)
) STRICT, WITHOUT ROWID;
"""


KEYS = """
-- Each officer's own X25519 pair: the private key is wrapped under his password.
CREATE TABLE officer_key (
    officer_id INTEGER PRIMARY KEY REFERENCES officer (id),
    public BLOB NOT NULL CHECK (length(public) = 32),
    salt BLOB NOT NULL,
    passes INTEGER NOT NULL,
    memory INTEGER NOT NULL,
    wrapped BLOB NOT NULL
) STRICT;

-- The office's public keys; the newest seals. `renewal_due`: somebody who holds it has gone.
CREATE TABLE office_key (
    generation INTEGER PRIMARY KEY CHECK (generation > 0),
    public BLOB NOT NULL CHECK (length(public) = 32),
    made_at INTEGER NOT NULL,
    renewal_due INTEGER NOT NULL DEFAULT 0 CHECK (renewal_due IN (0, 1))
) STRICT;

-- A generation's private key and the index key, sealed for one officer.
CREATE TABLE key_grant (
    generation INTEGER NOT NULL REFERENCES office_key (generation),
    officer_id INTEGER NOT NULL REFERENCES officer_key (officer_id),
    sealed BLOB NOT NULL,
    PRIMARY KEY (generation, officer_id)
) STRICT, WITHOUT ROWID;

-- The same, sealed for the recovery pair, whose private half is a code on paper.
CREATE TABLE recovery_key (
    generation INTEGER PRIMARY KEY REFERENCES office_key (generation),
    public BLOB NOT NULL CHECK (length(public) = 32),
    sealed BLOB NOT NULL
) STRICT;

-- Places that may still hold text from before there were keys, and how far each was looked through.
CREATE TABLE clear_text (
    place TEXT PRIMARY KEY,
    looked_to INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""


_MAY_OPEN = """
    SELECT o.id FROM officer o, json_each(o.roles) r WHERE o.active = 1 AND r.value IN (
        'admin', 'head', 'front_office', 'helpdesk', 'phone', 'back_office', 'ppid', 'reception')
"""

READERS = f"""
-- Keys are only for who may open personal data; what was given to others they may have kept.
UPDATE office_key SET renewal_due = 1
    WHERE generation = (SELECT max(generation) FROM office_key) AND EXISTS (SELECT 1 FROM key_grant g
        WHERE g.generation = office_key.generation AND g.officer_id NOT IN ({_MAY_OPEN}));

-- The last grant of a generation stays: nobody could open anything any more.
DELETE FROM key_grant WHERE officer_id NOT IN ({_MAY_OPEN}) AND (
    generation IN (SELECT generation FROM recovery_key)
    OR generation IN (SELECT g.generation FROM key_grant g WHERE g.officer_id IN ({_MAY_OPEN})));
"""


_REGISTERS = """
-- Requests of data subjects (permintaan subjek data, UU 27/2022 Pasal 5-13). `due_at` is 3x24 true hours.
CREATE TABLE subject_request (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL CHECK (serial > 0),
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (
        kind IN ('akses', 'perbaikan', 'penghapusan', 'pembatasan', 'penarikan', 'keberatan')
    ),
    name TEXT NOT NULL CHECK (name <> ''),
    contact TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    received_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    verified_at INTEGER,
    verified_by INTEGER REFERENCES officer (id),
    verified_how TEXT NOT NULL DEFAULT '',
    outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'dikabulkan', 'sebagian', 'ditolak')),
    answer TEXT NOT NULL DEFAULT '',
    told TEXT NOT NULL DEFAULT '',
    answered_at INTEGER,
    answered_by INTEGER REFERENCES officer (id),
    closed_at INTEGER,
    UNIQUE (year, serial),
    CHECK ((verified_at IS NULL) = (verified_how = '')),
    CHECK ((answered_at IS NULL) = (outcome = '')),
    CHECK (closed_at IS NULL OR answered_at IS NOT NULL)
) STRICT;

CREATE INDEX subject_open ON subject_request (due_at) WHERE closed_at IS NULL;
CREATE INDEX subject_kept ON subject_request (closed_at)
    WHERE closed_at IS NOT NULL AND name <> 'dihapus menurut jadwal';

-- The visits that are his. While the request is open, or as long as one is held, no run erases them.
CREATE TABLE subject_visit (
    request_id INTEGER NOT NULL REFERENCES subject_request (id),
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    at INTEGER NOT NULL,
    held_at INTEGER,
    released_at INTEGER,
    PRIMARY KEY (request_id, visit_id),
    CHECK (released_at IS NULL OR held_at IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX subject_of_visit ON subject_visit (visit_id);

-- What was done for him: which field of which visit, and why; never what stood there.
CREATE TABLE subject_act (
    id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL REFERENCES subject_request (id),
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    act TEXT NOT NULL CHECK (act <> ''),
    visit_id INTEGER REFERENCES visit (id),
    field TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX act_of_request ON subject_act (request_id, at);

-- Failures of data protection (Pasal 46): written notice to subjects and to the agency within 3x24 hours.
CREATE TABLE breach (
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL CHECK (serial > 0),
    number TEXT NOT NULL UNIQUE,
    known_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    written_at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    happened TEXT NOT NULL CHECK (happened <> ''),
    what TEXT NOT NULL CHECK (what <> ''),
    data TEXT NOT NULL CHECK (data <> ''),
    persons INTEGER NOT NULL DEFAULT 0 CHECK (persons >= 0),
    handling TEXT NOT NULL DEFAULT '',
    recovery TEXT NOT NULL DEFAULT '',
    contact TEXT NOT NULL DEFAULT '',
    subjects_told_at INTEGER,
    subjects_told TEXT NOT NULL DEFAULT '',
    agency_told_at INTEGER,
    agency_told TEXT NOT NULL DEFAULT '',
    lesson TEXT NOT NULL DEFAULT '',
    closed_at INTEGER,
    UNIQUE (year, serial),
    CHECK (closed_at IS NULL OR lesson <> '')
) STRICT;

CREATE INDEX breach_open ON breach (due_at) WHERE closed_at IS NULL;
"""

_RUNS = """
CREATE TABLE retention_run (
    id INTEGER PRIMARY KEY,
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    officer_id INTEGER REFERENCES officer (id),
    counts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(counts)),
    files INTEGER NOT NULL DEFAULT 0,
    more INTEGER NOT NULL DEFAULT 1 CHECK (more IN (0, 1))
) STRICT;

-- A blank field that was erased, told from one that was never filled.
CREATE TABLE erasure (
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    kind TEXT NOT NULL CHECK (kind <> ''),
    at INTEGER NOT NULL,
    request_id INTEGER REFERENCES subject_request (id),
    PRIMARY KEY (visit_id, kind)
) STRICT, WITHOUT ROWID;

-- Files beside the office file that lost a row; they go once no row refers to them.
CREATE TABLE doomed_file (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64)
) STRICT, WITHOUT ROWID;

-- An applicant of the PPID register need not be the guest: a data subject's search looks there too.
CREATE INDEX request_by_name ON information_request (name COLLATE NOCASE);
CREATE INDEX document_by_hash ON document (sha256);
CREATE INDEX case_document_by_document ON case_document (document_id);
CREATE INDEX delivery_by_document ON delivery (document_id) WHERE document_id IS NOT NULL;
"""

_KEPT = """
-- Each holds only rows whose words still stand, the oldest first: a run reads what is due and no more. Who
-- agreed to be known again is kept longer than others, so that these lie apart.
CREATE INDEX guest_contact_kept ON guest (remember, at) WHERE phone <> '' OR email <> '';
CREATE INDEX guest_name_kept ON guest (remember, at)
    WHERE name <> 'dihapus menurut jadwal' AND name <> 'dihapus atas permintaan';
CREATE INDEX guest_letter_kept ON guest (at) WHERE letter_number <> '' OR letter_date <> '';
CREATE INDEX call_kept ON phone_call (visit_id) WHERE supporting <> '';
CREATE INDEX identity_kept ON identity_check (at) WHERE number_tail <> '';
CREATE INDEX representation_kept ON representation (at)
    WHERE principal <> 'dihapus menurut jadwal' AND principal <> 'dihapus atas permintaan';
CREATE INDEX letter_kept ON letter (at)
    WHERE number <> 'dihapus menurut jadwal' AND number <> 'dihapus atas permintaan';
CREATE INDEX spd_kept ON spd_signing (at)
    WHERE traveller <> 'dihapus menurut jadwal' AND traveller <> 'dihapus atas permintaan';
CREATE INDEX document_kept ON document (at)
    WHERE sha256 <> '----------------------------------------------------------------';
CREATE INDEX delivery_kept ON delivery (at)
    WHERE proof <> 'dihapus menurut jadwal' AND proof <> 'dihapus atas permintaan';
CREATE INDEX case_kept ON casefile (opened_at)
    WHERE detail <> 'dihapus menurut jadwal' AND detail <> 'dihapus atas permintaan';
CREATE INDEX entry_kept ON case_entry (at) WHERE text <> '';
CREATE INDEX escalation_kept ON escalation (sent_at)
    WHERE instruction <> 'dihapus menurut jadwal' AND instruction <> 'dihapus atas permintaan';
CREATE INDEX appointment_kept ON appointment (made_at)
    WHERE reason <> 'dihapus menurut jadwal' AND reason <> 'dihapus atas permintaan';
CREATE INDEX online_kept ON online_request (received_at) WHERE topic <> '';
CREATE INDEX visit_kept ON visit (began_at) WHERE remark <> '';
CREATE INDEX ticket_kept ON ticket (issued_at) WHERE remark <> '';
CREATE INDEX handover_kept ON handover (at) WHERE remark <> '';
CREATE INDEX request_kept ON information_request (registered_at)
    WHERE name <> 'dihapus menurut jadwal' AND name <> 'dihapus atas permintaan';
CREATE INDEX objection_kept ON objection (filed_at)
    WHERE position <> 'dihapus menurut jadwal' AND position <> 'dihapus atas permintaan';
CREATE INDEX desk_kept ON desk_entry (at) WHERE text <> 'dihapus menurut jadwal';
"""

PRIVACY = _REGISTERS + _RUNS + _KEPT


WAITS = """
-- At which PC the last wrong one was given, and that PC's ticks (ms since it was switched on).
ALTER TABLE wrong_password ADD COLUMN machine TEXT NOT NULL DEFAULT '';

ALTER TABLE wrong_password ADD COLUMN ticks INTEGER NOT NULL DEFAULT 0;
"""


GUEST = """
ALTER TABLE guest ADD COLUMN phone_index TEXT NOT NULL DEFAULT '';

-- A returning visitor is found by the keyed index of the number; in an office without keys by the number.
DROP INDEX guest_by_phone;
CREATE INDEX guest_by_phone ON guest (phone_index) WHERE phone_index <> '';
CREATE INDEX guest_by_clear_phone ON guest (phone) WHERE phone <> '' AND phone_index = '';
-- What a kiosk wrote has no index yet: empty as soon as a counter with keys has seen it.
CREATE INDEX guest_without_index ON guest (visit_id) WHERE substr(phone, 1, 3) = 's1:' AND phone_index = '';
"""

# Sealed text is longer than four letters: the rule is kept where the number comes in.
IDENTITY = """
CREATE TABLE identity_check_sealed (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('ktp', 'sim', 'paspor', 'kartu_pegawai')),
    number_tail TEXT NOT NULL DEFAULT '' CHECK (length(number_tail) <= 4 OR number_tail LIKE 's1:%'),
    matches INTEGER NOT NULL CHECK (matches IN (0, 1)),
    for_other INTEGER NOT NULL DEFAULT 0 CHECK (for_other IN (0, 1)),
    officer_id INTEGER REFERENCES officer (id)
) STRICT;

INSERT INTO identity_check_sealed SELECT * FROM identity_check;

DROP TABLE identity_check;

ALTER TABLE identity_check_sealed RENAME TO identity_check;

CREATE INDEX identity_of_visit ON identity_check (visit_id, at);
CREATE INDEX identity_kept ON identity_check (at) WHERE number_tail <> '';
"""

# The log tells that something was opened; this tells by whom and whose, without walking through the log.
OPENINGS = """
CREATE TABLE personal_opening (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    station TEXT NOT NULL,
    visit_id INTEGER REFERENCES visit (id),
    what TEXT NOT NULL CHECK (what <> '')
) STRICT;

CREATE INDEX opening_by_time ON personal_opening (at);
CREATE INDEX opening_of_visit ON personal_opening (visit_id, at) WHERE visit_id IS NOT NULL;
"""

SEALED_TEXT = "\n\n".join(part.strip() for part in (GUEST, IDENTITY, OPENINGS))

_SAID = (
    "SELECT r.id, r.sent_at, g.name, g.institution, r.topic, c.detail FROM online_request r"
    " JOIN guest g ON g.visit_id = r.visit_id JOIN casefile c ON c.id = r.case_id"
)


class Statements(Protocol):
    """The database of an engine, on which a migration is carried out."""

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Any: ...  # noqa: ANN401  (a cursor)


def new_fingerprints(db: Statements) -> list[tuple[int, str]]:
    """Id and fingerprint of every request, as what is known of it now has it."""
    return [
        (
            number,
            online_request.fingerprint(
                online_request.OnlineRow(
                    name=name, detail=detail, sent_at=sent_at, institution=institution, topic=topic
                )
            ),
        )
        for number, sent_at, name, institution, topic, detail in db.execute(_SAID).fetchall()
    ]


OWN_PASSWORDS = """
-- Somebody else chose the password: the officer chooses another before anything else.
ALTER TABLE officer ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1));

-- Where the officer usually sits; the sign-in page proposes it.
ALTER TABLE officer ADD COLUMN usual_counter INTEGER REFERENCES counter (number);
"""
