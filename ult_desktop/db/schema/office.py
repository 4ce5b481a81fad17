"""The office, its services and stations, the event log, upkeep, updates and the office's move."""

TABLES = """
CREATE TABLE office (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    uid TEXT NOT NULL,
    settings TEXT NOT NULL CHECK (json_valid(settings)),
    kiosk_pause TEXT NOT NULL DEFAULT '',
    -- The office's logo (PNG) comes last and is read apart, because every write reads this row.
    -- `logo_mark` is the beginning of the logo's digest.
    logo_mark TEXT NOT NULL DEFAULT '',
    logo BLOB NOT NULL DEFAULT x''
) STRICT;

CREATE TABLE service (
    id INTEGER PRIMARY KEY,
    prefix TEXT NOT NULL UNIQUE CHECK (prefix <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    name_en TEXT NOT NULL,
    position INTEGER NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    definition TEXT NOT NULL CHECK (json_valid(definition))
) STRICT;

CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    station TEXT NOT NULL,
    officer_id INTEGER,
    kind TEXT NOT NULL CHECK (kind <> ''),
    area TEXT NOT NULL CHECK (area <> ''),
    subject INTEGER NOT NULL,
    data TEXT NOT NULL CHECK (json_valid(data)),
    request TEXT NOT NULL UNIQUE,
    chain TEXT NOT NULL CHECK (length(chain) = 64),
    -- How many migrations the writer knew. A program from before this column writes none, so 0: the trigger
    -- `event_knows_the_schema` stops it.
    level INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A station asks at each open for the last event that says the office was rebuilt from a backup.
CREATE INDEX event_restored ON event (seq) WHERE kind = 'office.restored';
-- A day that a wrong clock began, or that somebody closed, is looked for and taken back.
CREATE INDEX event_closing ON event (at) WHERE kind IN ('day.begun', 'day.closed', 'day.taken_back');
-- Only the log says how long a number was put aside.
CREATE INDEX event_hold ON event (subject, seq) WHERE kind IN ('ticket.held', 'ticket.resumed');

CREATE TRIGGER event_is_append_only BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;

CREATE TRIGGER event_is_kept BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;

CREATE TRIGGER event_knows_the_schema BEFORE INSERT ON event WHEN NEW.level = 0
BEGIN SELECT RAISE(ABORT, 'berkas ini sudah diperbarui; perbarui ult-desktop di komputer ini'); END;

CREATE TRIGGER figures_of_hold AFTER INSERT ON event WHEN NEW.kind IN ('ticket.held', 'ticket.resumed')
BEGIN DELETE FROM figured_day WHERE day = (SELECT day FROM ticket WHERE id = NEW.subject); END;

-- A row for each identity, so that two PCs of one name are two.
CREATE TABLE station (
    identity TEXT PRIMARY KEY CHECK (identity <> ''),
    name TEXT NOT NULL,
    mode TEXT NOT NULL,
    version TEXT NOT NULL,
    -- The run of the program (UUID); with another one it was started again.
    boot TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    printer TEXT NOT NULL,
    voice TEXT NOT NULL,
    clock_offset_ms INTEGER NOT NULL,
    -- The letter of the numbers that a kiosk gives while it is cut off.
    letter TEXT NOT NULL,
    -- How the PC is (`core.station_health`), and since when another one replaces it (UTC ms, else 0).
    health TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(health)),
    replaced_at INTEGER NOT NULL DEFAULT 0,
    -- The lists that wait for a person in its watched folder, a line each, with the reason.
    left_lists TEXT NOT NULL DEFAULT '',
    -- What of its media folder a display cannot show, a name in each line.
    unshown_media TEXT NOT NULL DEFAULT ''
) STRICT;

-- The station that does a task which only one may do; after `until` (UTC ms) any other may take it.
CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When each station last did and tried each task. Of a backup, `reading_ms` is how long nobody could commit.
CREATE TABLE upkeep (
    task TEXT NOT NULL CHECK (task IN ('backup', 'journals', 'check', 'drill')),
    station TEXT NOT NULL,
    done_at INTEGER NOT NULL DEFAULT 0,
    tried_at INTEGER NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    trouble TEXT NOT NULL DEFAULT '',
    reading_ms INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (task, station)
) STRICT, WITHOUT ROWID;

-- Which station has an update's package, which runs it, and what an admin decided; `identity` "" is the
-- office.
CREATE TABLE update_mark (
    id INTEGER PRIMARY KEY,
    version TEXT NOT NULL CHECK (version <> ''),
    identity TEXT NOT NULL,
    mark TEXT NOT NULL CHECK (mark IN ('staged', 'installed', 'released', 'excused')),
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    UNIQUE (version, identity, mark)
) STRICT;

-- One row where the office lives elsewhere: it left this place or is about to arrive (`db/store/moved.py`).
CREATE TABLE office_move (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    move TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('arriving', 'gone')),
    place TEXT NOT NULL
) STRICT;
"""
