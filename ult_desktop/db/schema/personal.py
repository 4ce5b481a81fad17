"""Sealed personal text: rows that can hold it, the index of telephone numbers, and who opened what."""

from sqlite_utils import Database

from ult_desktop.core.online.online_request import OnlineRow, fingerprint

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

TABLES = "\n\n".join(part.strip() for part in (GUEST, IDENTITY, OPENINGS))

_SAID = (
    "SELECT r.id, r.sent_at, g.name, g.institution, r.topic, c.detail FROM online_request r"
    " JOIN guest g ON g.visit_id = r.visit_id JOIN casefile c ON c.id = r.case_id"
)


def new_fingerprints(db: Database) -> list[tuple[int, str]]:
    """Id and fingerprint of every request, as what is known of it now has it."""
    return [
        (
            number,
            fingerprint(
                OnlineRow(name=name, detail=detail, sent_at=sent_at, institution=institution, topic=topic)
            ),
        )
        for number, sent_at, name, institution, topic, detail in db.execute(_SAID).fetchall()
    ]
