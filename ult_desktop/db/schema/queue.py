"""Counters, numbers (tickets), and the servings that counters give them."""

TABLES = """
CREATE TABLE counter (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    name TEXT NOT NULL,
    priority INTEGER NOT NULL CHECK (priority IN (0, 1)),
    state TEXT NOT NULL DEFAULT 'closed' CHECK (state IN ('closed', 'open', 'paused')),
    pause_reason TEXT NOT NULL DEFAULT '',
    officer_id INTEGER REFERENCES officer (id),
    -- Where the officer sat down, and the run of that station (`station.boot`): when it dies, the number that
    -- it called waits again.
    station TEXT NOT NULL DEFAULT '',
    boot TEXT NOT NULL DEFAULT '',
    CHECK (state <> 'paused' OR pause_reason <> '')
) STRICT;

CREATE TABLE counter_service (
    counter INTEGER NOT NULL REFERENCES counter (number),
    service_id INTEGER NOT NULL REFERENCES service (id),
    PRIMARY KEY (counter, service_id)
) STRICT;

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
    issued_at INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    target_counter INTEGER REFERENCES counter (number),
    sender_counter INTEGER REFERENCES counter (number),
    remark TEXT NOT NULL DEFAULT '',
    paper TEXT NOT NULL DEFAULT 'none' CHECK (
        paper IN ('none', 'queued', 'printed', 'unconfirmed', 'failed', 'reprinted')
    ),
    turn_id INTEGER REFERENCES turn (id),
    priority INTEGER NOT NULL DEFAULT 0 CHECK (priority IN (0, 1)),
    -- Which kiosk gave the number and when, if two kiosks printed the same one; else "".
    origin TEXT NOT NULL DEFAULT '',
    -- Who gave the number; NULL where the visitor took it.
    issued_by INTEGER REFERENCES officer (id),
    -- The officer to whom the visitor was sent; it counts while they sit at a counter.
    target_officer_id INTEGER REFERENCES officer (id),
    -- The result of a number that needed no case, in the words of the office's list.
    outcome TEXT NOT NULL DEFAULT '',
    -- A visitor who was set aside while being served, and is back, goes first.
    resumed INTEGER NOT NULL DEFAULT 0 CHECK (resumed IN (0, 1)),
    -- What the visitor was shown with the number (NULL: nothing): how many are called before, the wait in
    -- minutes, and the model's mean behind it.
    told_ahead INTEGER,
    model_ms INTEGER NOT NULL DEFAULT 0,
    wait_low INTEGER,
    wait_high INTEGER,
    -- The columns of the number before it was set aside or sent on (JSON), for an undo; "" as soon as it is
    -- called again or ends.
    stood TEXT NOT NULL DEFAULT '',
    UNIQUE (day, series, number)
) STRICT;

-- The waiting room and the lists of today, in queue order.
CREATE INDEX ticket_today ON ticket (day, state, queued_at);
-- What an earlier day left open: empty on every normal day, so that asking costs nothing.
CREATE INDEX ticket_open ON ticket (day) WHERE state IN ('waiting', 'called', 'serving', 'held');
-- What the retention schedule still has to erase.
CREATE INDEX ticket_kept ON ticket (issued_at) WHERE remark <> '';

CREATE TRIGGER figures_of_new_ticket AFTER INSERT ON ticket
BEGIN DELETE FROM figured_day WHERE day = NEW.day; END;

CREATE TRIGGER figures_of_ticket AFTER UPDATE ON ticket
BEGIN DELETE FROM figured_day WHERE day = NEW.day; END;

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
    -- Since when a visitor who was set aside while being served waits again.
    resumed_at INTEGER,
    -- When the wait began that this call ended (UTC ms), and what the visitor was shown of it; 0 where
    -- nothing was shown.
    since INTEGER NOT NULL DEFAULT 0,
    model_ms INTEGER NOT NULL DEFAULT 0,
    low INTEGER NOT NULL DEFAULT 0,
    high INTEGER NOT NULL DEFAULT 0,
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;

-- A ticket is in one place, a counter has one visitor, an officer serves one.
CREATE UNIQUE INDEX turn_of_ticket ON turn (ticket_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX turn_at_counter ON turn (counter) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX turn_of_officer ON turn (officer_id)
    WHERE ended_at IS NULL AND arrived_at IS NOT NULL;
-- The latest calls of a counter today: who is next, and what can be undone.
CREATE INDEX turn_today ON turn (day, counter, called_at);
-- Every call of a number, for the steps of its visit's procedure that calls complete.
CREATE INDEX turn_by_ticket ON turn (ticket_id);

CREATE TRIGGER figures_of_new_turn AFTER INSERT ON turn
BEGIN DELETE FROM figured_day WHERE day = NEW.day; END;

CREATE TRIGGER figures_of_turn AFTER UPDATE ON turn
BEGIN DELETE FROM figured_day WHERE day = NEW.day; END;

-- Visitors who were led to a kept seat. A row counts while they wait (db/queue/tickets.py); none says why
-- they sit.
CREATE TABLE priority_seat (
    visit_id INTEGER PRIMARY KEY REFERENCES visit (id),
    at INTEGER NOT NULL,
    officer_id INTEGER REFERENCES officer (id)
) STRICT;
"""
