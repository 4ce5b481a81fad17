"""Office, stations, queue and log, and what each station tells of itself."""

OFFICE = """
CREATE TABLE office (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    uid TEXT NOT NULL,
    settings TEXT NOT NULL CHECK (json_valid(settings)),
    kiosk_pause TEXT NOT NULL DEFAULT ''
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

CREATE TABLE officer (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL UNIQUE CHECK (login <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    password_hash TEXT NOT NULL,
    roles TEXT NOT NULL CHECK (json_valid(roles)),
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

CREATE TABLE counter (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    name TEXT NOT NULL,
    priority INTEGER NOT NULL CHECK (priority IN (0, 1)),
    state TEXT NOT NULL DEFAULT 'closed' CHECK (state IN ('closed', 'open', 'paused')),
    pause_reason TEXT NOT NULL DEFAULT '',
    officer_id INTEGER REFERENCES officer (id),
    CHECK (state <> 'paused' OR pause_reason <> '')
) STRICT;

CREATE TABLE counter_service (
    counter INTEGER NOT NULL REFERENCES counter (number),
    service_id INTEGER NOT NULL REFERENCES service (id),
    PRIMARY KEY (counter, service_id)
) STRICT;
"""

QUEUE = """
CREATE TABLE ticket (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL CHECK (length(day) = 10),
    series TEXT NOT NULL CHECK (series <> ''),
    number INTEGER NOT NULL CHECK (number > 0),
    label TEXT NOT NULL,
    service_id INTEGER NOT NULL REFERENCES service (id),
    state TEXT NOT NULL CHECK (
        state IN ('waiting', 'called', 'serving', 'held', 'done', 'no_show', 'cancelled')
    ),
    place TEXT NOT NULL CHECK (place IN ('fresh', 'returned', 'transferred', 'appointment')),
    priority TEXT,
    help TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(help)),
    issued_at INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    target_counter INTEGER REFERENCES counter (number),
    sender_counter INTEGER REFERENCES counter (number),
    remark TEXT NOT NULL DEFAULT '',
    paper TEXT NOT NULL DEFAULT 'none' CHECK (
        paper IN ('none', 'queued', 'printed', 'unconfirmed', 'failed', 'reprinted')
    ),
    turn_id INTEGER REFERENCES turn (id),
    UNIQUE (day, series, number)
) STRICT;

CREATE TABLE turn (
    id INTEGER PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id),
    counter INTEGER NOT NULL REFERENCES counter (number),
    service_id INTEGER NOT NULL REFERENCES service (id),
    officer_id INTEGER REFERENCES officer (id),
    day TEXT NOT NULL,
    priority INTEGER NOT NULL CHECK (priority IN (0, 1)),
    called_at INTEGER NOT NULL,
    recalled_at INTEGER NOT NULL,
    calls INTEGER NOT NULL CHECK (calls > 0),
    arrived_at INTEGER,
    ended_at INTEGER,
    outcome TEXT CHECK (outcome IN ('done', 'no_show', 'held', 'transferred', 'cancelled')),
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;

-- The waiting room and the lists of today, in queue order.
CREATE INDEX ticket_today ON ticket (day, state, queued_at);
-- What an earlier day left open: empty on every normal day, so the look is free.
CREATE INDEX ticket_open ON ticket (day) WHERE state IN ('waiting', 'called', 'serving', 'held');
-- A ticket is in one place, a counter has one visitor, an officer serves one.
CREATE UNIQUE INDEX turn_of_ticket ON turn (ticket_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX turn_at_counter ON turn (counter) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX turn_of_officer ON turn (officer_id)
    WHERE ended_at IS NULL AND arrived_at IS NOT NULL;
-- The latest calls of a counter today (whose turn it is, what can be undone).
CREATE INDEX turn_today ON turn (day, counter, called_at);
-- The latest serving times of a service, read for every board: all from the index, or twenty pages a service.
CREATE INDEX turn_served ON turn (service_id, ended_at, arrived_at) WHERE outcome = 'done';
"""

LOG = """
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
    chain TEXT NOT NULL CHECK (length(chain) = 64)
) STRICT;

CREATE TRIGGER event_is_append_only BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
CREATE TRIGGER event_is_kept BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;

CREATE TABLE station (
    name TEXT PRIMARY KEY,
    mode TEXT NOT NULL,
    version TEXT NOT NULL,
    boot TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    printer TEXT NOT NULL DEFAULT '',
    voice TEXT NOT NULL DEFAULT '',
    clock_offset_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
"""


AT_WORK = """
-- Where the officer sat down, and that station's run (`station.boot`): when it dies, its call is given back.
ALTER TABLE counter ADD COLUMN station TEXT NOT NULL DEFAULT '';

ALTER TABLE counter ADD COLUMN boot TEXT NOT NULL DEFAULT '';

-- The letter of a kiosk's own series, so that no two at work have the same.
ALTER TABLE station ADD COLUMN letter TEXT NOT NULL DEFAULT '';
"""


UPKEEP = """
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


RESTORED = """
-- The few events that tell of a rebuilding: a station asks for the last of them at each open.
CREATE INDEX event_restored ON event (seq) WHERE kind = 'office.restored';
"""


CARRIED = """
-- The journals that went to the backup disk are a task too; a backup tells how long nobody could commit.
CREATE TABLE upkeep_of_three (
    task TEXT NOT NULL CHECK (task IN ('backup', 'journals', 'check')),
    station TEXT NOT NULL,
    done_at INTEGER NOT NULL DEFAULT 0,
    tried_at INTEGER NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    trouble TEXT NOT NULL DEFAULT '',
    reading_ms INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (task, station)
) STRICT, WITHOUT ROWID;

INSERT INTO upkeep_of_three (task, station, done_at, tried_at, place, trouble)
SELECT task, station, done_at, tried_at, place, trouble FROM upkeep;

DROP TABLE upkeep;

ALTER TABLE upkeep_of_three RENAME TO upkeep;
"""


SEATS = """
-- Whom somebody led to a seat. It counts while they wait (db/queue/tickets.py); nothing tells why they sit.
CREATE TABLE priority_seat (
    visit_id INTEGER PRIMARY KEY REFERENCES visit (id),
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id)
) STRICT;
"""


WRITERS = """
-- A row for each identity, so that two PCs of one name are two. A row from before has its name for one.
CREATE TABLE station_by_identity (
    identity TEXT PRIMARY KEY CHECK (identity <> ''),
    name TEXT NOT NULL,
    mode TEXT NOT NULL,
    version TEXT NOT NULL,
    boot TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    printer TEXT NOT NULL,
    voice TEXT NOT NULL,
    clock_offset_ms INTEGER NOT NULL,
    letter TEXT NOT NULL
) STRICT;

INSERT INTO station_by_identity
SELECT name, name, mode, version, boot, seen_at, printer, voice, clock_offset_ms, letter FROM station;

DROP TABLE station;

ALTER TABLE station_by_identity RENAME TO station;

-- Which kiosk gave a number and when, where another one printed the same: "" for all others.
ALTER TABLE ticket ADD COLUMN origin TEXT NOT NULL DEFAULT '';

-- The schema that the writer knew. A program from before writes none, and its every act has an event:
-- one that slept while the file was brought up to date is stopped here.
ALTER TABLE event ADD COLUMN level INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER event_knows_the_schema BEFORE INSERT ON event WHEN NEW.level = 0
BEGIN SELECT RAISE(ABORT, 'berkas ini sudah diperbarui; perbarui ult-desktop di komputer ini'); END;
"""


DAYS = """
-- The few events that tell of a day that closed an earlier one, and of one that was taken back.
CREATE INDEX event_day ON event (seq) WHERE kind IN ('day.begun', 'day.taken_back');
"""


CLOSINGS = """
-- The same with the days that officers closed, by time: an undo looks at those of today.
DROP INDEX event_day;
CREATE INDEX event_closing ON event (at) WHERE kind IN ('day.begun', 'day.closed', 'day.taken_back');
"""


SENT_TO = """
-- Whom a visitor was sent to; it counts while that officer sits at a counter.
ALTER TABLE ticket ADD COLUMN target_officer_id INTEGER REFERENCES officer (id);
"""


OUTCOMES = """
-- What became of a number that needed no case, in the words of the office's list.
ALTER TABLE ticket ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
"""


REPLACED = """
-- How the PC is (`core.station_health`), and since when another one stands in its place (UTC ms, else 0).
ALTER TABLE station ADD COLUMN health TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(health));

ALTER TABLE station ADD COLUMN replaced_at INTEGER NOT NULL DEFAULT 0;
"""


UPDATES = """
-- Which station has an update's package, which runs it, and what an admin said: `identity` "" is the office.
CREATE TABLE update_mark (
    id INTEGER PRIMARY KEY,
    version TEXT NOT NULL CHECK (version <> ''),
    identity TEXT NOT NULL,
    mark TEXT NOT NULL CHECK (mark IN ('staged', 'installed', 'released', 'excused')),
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id),
    UNIQUE (version, identity, mark)
) STRICT;
"""


LOGO = """
-- The office's logo (PNG). It comes last and is read apart: every write reads this row.
ALTER TABLE office ADD COLUMN logo_mark TEXT NOT NULL DEFAULT '';

ALTER TABLE office ADD COLUMN logo BLOB NOT NULL DEFAULT x'';
"""


ASIDE = """
-- Who was set aside while being served and is back goes first.
ALTER TABLE ticket ADD COLUMN resumed INTEGER NOT NULL DEFAULT 0 CHECK (resumed IN (0, 1));

-- Since when a visitor who was set aside while being served waits again.
ALTER TABLE turn ADD COLUMN resumed_at INTEGER;
"""


TOLD_WAITS = """
-- The wait that a visitor was told with the number, in minutes (NULL: none), and the model's mean behind it.
ALTER TABLE ticket ADD COLUMN model_ms INTEGER NOT NULL DEFAULT 0;

ALTER TABLE ticket ADD COLUMN wait_low INTEGER;

ALTER TABLE ticket ADD COLUMN wait_high INTEGER;

-- The same beside the call that ended that wait, and when it began (UTC ms); 0 where nothing was told.
ALTER TABLE turn ADD COLUMN since INTEGER NOT NULL DEFAULT 0;

ALTER TABLE turn ADD COLUMN model_ms INTEGER NOT NULL DEFAULT 0;

ALTER TABLE turn ADD COLUMN low INTEGER NOT NULL DEFAULT 0;

ALTER TABLE turn ADD COLUMN high INTEGER NOT NULL DEFAULT 0;

DROP INDEX turn_served;
"""


MOVES = """
-- One row where the office lives elsewhere: it is gone from here, or about to come (`db/store/moved.py`).
CREATE TABLE office_move (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    move TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('arriving', 'gone')),
    place TEXT NOT NULL
) STRICT;
"""
