"""Procedures in force, visits (kunjungan), marks of their steps, guest book, documents and desk loans."""

TABLES = """
CREATE TABLE procedure (
    id TEXT NOT NULL CHECK (id <> ''),
    version INTEGER NOT NULL CHECK (version > 0),
    position INTEGER NOT NULL,
    document TEXT NOT NULL CHECK (json_valid(document)),
    adopted_at INTEGER NOT NULL,
    retired_at INTEGER,
    -- Why it replaces the version before it.
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (id, version)
) STRICT;

-- One arrival, call or message; its procedure stays the version under which it began.
CREATE TABLE visit (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL CHECK (length(day) = 10),
    channel TEXT NOT NULL CHECK (channel IN ('tatap_muka', 'telepon', 'daring')),
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    ending TEXT NOT NULL DEFAULT '' CHECK (ending IN ('', 'done', 'left', 'refused', 'merged', 'day_end')),
    remark TEXT NOT NULL DEFAULT '',
    ticket_id INTEGER UNIQUE REFERENCES ticket (id),
    service_id INTEGER REFERENCES service (id),
    purpose TEXT NOT NULL DEFAULT '',
    vulnerable INTEGER NOT NULL DEFAULT 0 CHECK (vulnerable IN (0, 1)),
    procedure_id TEXT,
    procedure_version INTEGER,
    -- The earlier visit that this one continues: a second coming for the result.
    follows INTEGER REFERENCES visit (id),
    -- 1: the visit was written on paper first and typed in later.
    belated INTEGER NOT NULL DEFAULT 0 CHECK (belated IN (0, 1)),
    courtesies TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(courtesies)),
    -- Of a visit that was written on paper: when its serving began there, who typed it in and when.
    served_at INTEGER,
    typed_at INTEGER,
    typed_by INTEGER REFERENCES officer (id),
    -- A further matter of a visitor is a visit of its own that names the one with which they came. It has
    -- steps, clocks and a case; number, guest book and cards stay with the first.
    beside INTEGER REFERENCES visit (id),
    -- Of a visit that has ended: its steps that were carried out, for the reports.
    steps_done TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(steps_done)),
    FOREIGN KEY (procedure_id, procedure_version) REFERENCES procedure (id, version),
    CHECK ((ended_at IS NULL) = (ending = ''))
) STRICT;

-- The lists of today; and what is open from any day, which stays as short as the office's work in hand.
CREATE INDEX visit_today ON visit (day, began_at);
CREATE INDEX visit_open ON visit (began_at) WHERE ended_at IS NULL;
-- What the retention schedule still has to erase.
CREATE INDEX visit_kept ON visit (began_at) WHERE remark <> '';
-- Visits that go on with an earlier one: their numbers wait for its steps.
CREATE INDEX visit_comings ON visit (follows) WHERE follows IS NOT NULL;
CREATE INDEX visit_beside ON visit (beside) WHERE beside IS NOT NULL;

CREATE TRIGGER figures_of_new_visit AFTER INSERT ON visit
BEGIN DELETE FROM figured_day WHERE day = NEW.day; END;

CREATE TRIGGER figures_of_visit AFTER UPDATE ON visit
BEGIN DELETE FROM figured_day WHERE day = NEW.day; END;

-- What completes the steps of a visit's procedure, written with the event of the same request.
CREATE TABLE mark (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    at INTEGER NOT NULL,
    -- 'event': the program saw it happen; 'tick': an officer marked the step done; 'waive': the step was left
    -- out, with a reason; 'as_needed' completes no step: it may take the time that the visitor needs.
    kind TEXT NOT NULL CHECK (kind IN ('event', 'tick', 'waive', 'as_needed')),
    event TEXT,
    -- The outcome by which the procedure branches after the step.
    branch TEXT NOT NULL DEFAULT '',
    step INTEGER,
    officer_id INTEGER REFERENCES officer (id),
    -- The absent officer on whose behalf `officer_id` acted.
    for_officer_id INTEGER REFERENCES officer (id),
    reason TEXT NOT NULL DEFAULT '',
    request TEXT NOT NULL,
    -- When an act began of which the program sees both ends (an escort): its clock runs from then.
    since INTEGER,
    CHECK ((kind = 'event') = (event IS NOT NULL)),
    CHECK (kind = 'event' OR step IS NOT NULL)
) STRICT;

CREATE INDEX mark_of_visit ON mark (visit_id, at);

CREATE TABLE clock_pause (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    from_at INTEGER NOT NULL,
    to_at INTEGER,
    reason TEXT NOT NULL CHECK (reason <> ''),
    -- 'manual': by an officer; 'program': by the program, as while a call back with the answer is waited for.
    kind TEXT NOT NULL CHECK (kind IN ('manual', 'program')),
    officer_id INTEGER REFERENCES officer (id),
    -- The matter that is at hand while this one waits.
    matter_id INTEGER REFERENCES visit (id),
    asked_by TEXT CHECK (asked_by IN ('visitor', 'officer')),
    -- A pause by hand names who asked for it, and when it ends by itself.
    CHECK (kind = 'program' OR (asked_by IS NOT NULL AND to_at IS NOT NULL))
) STRICT;

CREATE INDEX pause_of_visit ON clock_pause (visit_id);
CREATE INDEX pause_for_matter ON clock_pause (matter_id) WHERE matter_id IS NOT NULL;
CREATE UNIQUE INDEX pause_running ON clock_pause (visit_id) WHERE to_at IS NULL;

-- Personal data is in this table and its like only, never in the log.
CREATE TABLE guest (
    visit_id INTEGER PRIMARY KEY REFERENCES visit (id),
    name TEXT NOT NULL CHECK (name <> ''),
    institution TEXT NOT NULL DEFAULT '',
    regency TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    occupation TEXT NOT NULL DEFAULT '',
    persons INTEGER NOT NULL DEFAULT 1 CHECK (persons BETWEEN 1 AND 999),
    companions TEXT NOT NULL DEFAULT '',
    meets TEXT NOT NULL DEFAULT '',
    letter_number TEXT NOT NULL DEFAULT '',
    letter_date TEXT NOT NULL DEFAULT '',
    entered_by TEXT NOT NULL CHECK (entered_by IN ('visitor', 'officer')),
    remember INTEGER NOT NULL DEFAULT 0 CHECK (remember IN (0, 1)),
    at INTEGER NOT NULL,
    -- The version of the privacy notice that was shown beside the form.
    notice TEXT NOT NULL DEFAULT '',
    phone_index TEXT NOT NULL DEFAULT '',
    -- 0: what the visitor had written at a kiosk until they were called; not signed yet.
    finished INTEGER NOT NULL DEFAULT 1 CHECK (finished IN (0, 1))
) STRICT;

-- A name is found by the beginning of each of its words, however it is written: a range of these keys
-- (`core/searching.py`). `holder` is the row of the table `place`. An erased name takes its keys with it.
CREATE TABLE name_key (
    place TEXT NOT NULL CHECK (place IN ('guest', 'information_request')),
    key TEXT NOT NULL CHECK (key <> ''),
    holder INTEGER NOT NULL,
    PRIMARY KEY (place, key, holder)
) STRICT, WITHOUT ROWID;

-- The further words of a search are looked for among the keys of the names that its longest word found.
CREATE INDEX key_of_name ON name_key (place, holder, key);

CREATE TRIGGER keys_of_guest AFTER UPDATE OF name ON guest
BEGIN DELETE FROM name_key WHERE place = 'guest' AND holder = NEW.visit_id; END;

CREATE TRIGGER keys_of_moved_guest AFTER UPDATE OF visit_id ON guest
BEGIN UPDATE name_key SET holder = NEW.visit_id WHERE place = 'guest' AND holder = OLD.visit_id; END;

CREATE TRIGGER keys_of_gone_guest AFTER DELETE ON guest
BEGIN DELETE FROM name_key WHERE place = 'guest' AND holder = OLD.visit_id; END;

-- Each index that is `_kept` holds only rows whose words are not erased, the oldest first: a run of the
-- retention schedule reads what is due and no more. Guests who agreed to be known again are kept longer, so
-- that they lie apart.
CREATE INDEX guest_contact_kept ON guest (remember, at) WHERE phone <> '' OR email <> '';
CREATE INDEX guest_name_kept ON guest (remember, at)
    WHERE name <> 'dihapus menurut jadwal' AND name <> 'dihapus atas permintaan';
CREATE INDEX guest_letter_kept ON guest (at) WHERE letter_number <> '' OR letter_date <> '';
CREATE INDEX guest_by_phone ON guest (phone_index) WHERE phone_index <> '';
CREATE INDEX guest_by_clear_phone ON guest (phone) WHERE phone <> '' AND phone_index = '';
-- Sealed text begins with 's1:'. A kiosk has no key for `phone_index`: a counter that has one fills it in,
-- and this index is empty again.
CREATE INDEX guest_without_index ON guest (visit_id) WHERE substr(phone, 1, 3) = 's1:' AND phone_index = '';

CREATE TRIGGER figures_of_new_guest AFTER INSERT ON guest
BEGIN DELETE FROM figured_day WHERE day = (SELECT day FROM visit WHERE id = NEW.visit_id); END;

CREATE TRIGGER figures_of_guest AFTER UPDATE OF visit_id, institution, regency, persons ON guest
BEGIN DELETE FROM figured_day WHERE day = (SELECT day FROM visit WHERE id = NEW.visit_id); END;

-- A scan or photo; its bytes are in the folder of documents under their hash.
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    name TEXT NOT NULL CHECK (name <> ''),
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    visit_id INTEGER REFERENCES visit (id),
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id)
) STRICT;

CREATE INDEX document_of_visit ON document (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX document_by_hash ON document (sha256);
-- An erased document has dashes in place of its hash.
CREATE INDEX document_kept ON document (at)
    WHERE sha256 <> '----------------------------------------------------------------';

CREATE TABLE representation (
    visit_id INTEGER PRIMARY KEY REFERENCES visit (id),
    principal TEXT NOT NULL CHECK (principal <> ''),
    relation TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL CHECK (kind IN ('surat_kuasa', 'surat_tugas')),
    issuer TEXT NOT NULL CHECK (issuer <> ''),
    number TEXT NOT NULL DEFAULT '',
    date TEXT NOT NULL DEFAULT '',
    document_id INTEGER REFERENCES document (id),
    stamped INTEGER NOT NULL DEFAULT 0 CHECK (stamped IN (0, 1)),
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    CHECK (number <> '' OR document_id IS NOT NULL)
) STRICT;

CREATE INDEX representation_kept ON representation (at)
    WHERE principal <> 'dihapus menurut jadwal' AND principal <> 'dihapus atas permintaan';

CREATE TABLE letter (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    kind TEXT NOT NULL CHECK (kind IN ('surat_kuasa', 'surat_tugas', 'surat_resmi')),
    number TEXT NOT NULL DEFAULT '',
    date TEXT NOT NULL DEFAULT '',
    issuer TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '',
    document_id INTEGER REFERENCES document (id),
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    CHECK (number <> '' OR document_id IS NOT NULL)
) STRICT;

CREATE INDEX letter_of_visit ON letter (visit_id);
CREATE INDEX letter_kept ON letter (at)
    WHERE number <> 'dihapus menurut jadwal' AND number <> 'dihapus atas permintaan';

CREATE TABLE requirement_check (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    at INTEGER NOT NULL,
    missing TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(missing)),
    officer_id INTEGER REFERENCES officer (id)
) STRICT;

CREATE INDEX requirements_of_visit ON requirement_check (visit_id, at);

CREATE TABLE spd_signing (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    day TEXT NOT NULL CHECK (length(day) = 10),
    at INTEGER NOT NULL,
    number TEXT NOT NULL CHECK (number <> ''),
    traveller TEXT NOT NULL CHECK (traveller <> ''),
    origin TEXT NOT NULL DEFAULT '',
    officer_id INTEGER REFERENCES officer (id)
) STRICT;

CREATE INDEX spd_by_day ON spd_signing (day);
CREATE INDEX spd_of_visit ON spd_signing (visit_id);
CREATE INDEX spd_kept ON spd_signing (at)
    WHERE traveller <> 'dihapus menurut jadwal' AND traveller <> 'dihapus atas permintaan';

-- Every loan and return of an identity card. A card that was only looked at is returned at once.
CREATE TABLE card_loan (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    kind TEXT NOT NULL CHECK (kind IN ('ktp', 'sim', 'paspor', 'kitas', 'kartu_pegawai', 'kartu_pelajar')),
    purpose TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    lent_at INTEGER NOT NULL,
    lent_by INTEGER REFERENCES officer (id),
    returned_at INTEGER,
    returned_to INTEGER REFERENCES officer (id),
    -- Why the card was not given back to the visitor; '' if it was, or is still held.
    released TEXT NOT NULL DEFAULT '',
    CHECK (released = '' OR returned_at IS NOT NULL)
) STRICT;

-- A card of a kind is held once at a time; what is held now, from any day, is a short list.
CREATE UNIQUE INDEX card_held_once ON card_loan (visit_id, kind) WHERE returned_at IS NULL;
CREATE INDEX card_open ON card_loan (lent_at) WHERE returned_at IS NULL;
CREATE INDEX card_of_visit ON card_loan (visit_id);

CREATE TABLE badge_loan (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    number TEXT NOT NULL CHECK (number <> '') COLLATE NOCASE,
    given_at INTEGER NOT NULL,
    given_by INTEGER REFERENCES officer (id),
    returned_at INTEGER,
    returned_to INTEGER REFERENCES officer (id),
    lost INTEGER NOT NULL DEFAULT 0 CHECK (lost IN (0, 1))
) STRICT;

-- A badge is with one visitor at a time.
CREATE UNIQUE INDEX badge_open ON badge_loan (number) WHERE returned_at IS NULL;
CREATE INDEX badge_of_visit ON badge_loan (visit_id);

CREATE TABLE desk_entry (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL CHECK (length(day) = 10),
    at INTEGER NOT NULL,
    sort TEXT NOT NULL CHECK (
        sort IN ('kejadian', 'titipan', 'hilang', 'gratifikasi', 'serah_terima', 'lainnya')
    ),
    text TEXT NOT NULL CHECK (text <> ''),
    officer_id INTEGER REFERENCES officer (id),
    settlement TEXT NOT NULL DEFAULT '',
    settled_at INTEGER,
    settled_by INTEGER REFERENCES officer (id)
) STRICT;

CREATE INDEX desk_open ON desk_entry (at)
    WHERE settled_at IS NULL AND sort IN ('titipan', 'hilang', 'gratifikasi');
CREATE INDEX entry_by_day ON desk_entry (day, at);
CREATE INDEX desk_kept ON desk_entry (at) WHERE text <> 'dihapus menurut jadwal';

-- Of a document's number only the last characters are written down.
CREATE TABLE identity_check (
    id INTEGER PRIMARY KEY,
    visit_id INTEGER NOT NULL REFERENCES visit (id),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL
        CHECK (kind IN (
            'ktp', 'ikd', 'sim', 'paspor', 'kitas', 'kartu_pegawai', 'kartu_pelajar', 'tanpa_identitas'
        )),
    number_tail TEXT NOT NULL DEFAULT '' CHECK (length(number_tail) <= 4 OR number_tail LIKE 's1:%'),
    known_by TEXT CHECK (known_by IN ('wali', 'surat', 'petugas', 'data')),
    matches INTEGER NOT NULL CHECK (matches IN (0, 1)),
    for_other INTEGER NOT NULL DEFAULT 0 CHECK (for_other IN (0, 1)),
    officer_id INTEGER REFERENCES officer (id),
    CHECK (kind NOT IN ('tanpa_identitas', 'kartu_pelajar') OR known_by IS NOT NULL)
) STRICT;

CREATE INDEX identity_of_visit ON identity_check (visit_id, at);
CREATE INDEX identity_kept ON identity_check (at) WHERE number_tail <> '';
"""
