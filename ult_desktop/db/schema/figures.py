"""The figures of days, months and years, made when they have ended: years are told without reading them."""

_BINS = 15
_SPREADS = ", ".join(
    f"{name}_count INTEGER NOT NULL, {name}_ms INTEGER NOT NULL, "
    + ", ".join(f"{name}_{place} INTEGER NOT NULL" for place in range(_BINS))
    for name in ("waits", "walks", "servings", "holds")
)


def _forgets(name: str, event: str, table: str, when: str = "") -> str:
    day = "NEW.day" if table != "event" else "(SELECT day FROM ticket WHERE id = NEW.subject)"
    return f"""
CREATE TRIGGER {name} AFTER {event} ON {table} {when}
BEGIN DELETE FROM figured_day WHERE day = {day}; END;
"""


_PLACE_AND_FIGURES = f"""
    hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
    channel TEXT NOT NULL,
    service_id INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    officer_id INTEGER NOT NULL,
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    visits INTEGER NOT NULL,
    called INTEGER NOT NULL,
    arrived INTEGER NOT NULL,
    served INTEGER NOT NULL,
    no_show INTEGER NOT NULL,
    cancelled INTEGER NOT NULL,
    vulnerable INTEGER NOT NULL,
    {_SPREADS},"""

_HOLD = "kind IN ('ticket.held', 'ticket.resumed')"

FIGURES = f"""
-- One row for each place of a day that has figures (`core.figures.day`); 0 is nobody. Times in ms.
CREATE TABLE day_figure (
    day TEXT NOT NULL CHECK (length(day) = 10),{_PLACE_AND_FIGURES}
    PRIMARY KEY (day, hour, channel, service_id, counter, officer_id)
) STRICT, WITHOUT ROWID;

-- Days whose figures are kept and still true: what changes a row of the day takes it out.
CREATE TABLE figured_day (
    day TEXT PRIMARY KEY CHECK (length(day) = 10)
) STRICT, WITHOUT ROWID;

-- How long a number was put aside stands in the log alone.
CREATE INDEX event_hold ON event (subject, seq) WHERE {_HOLD};
{_forgets("figures_of_new_ticket", "INSERT", "ticket")}
{_forgets("figures_of_ticket", "UPDATE", "ticket")}
{_forgets("figures_of_new_turn", "INSERT", "turn")}
{_forgets("figures_of_turn", "UPDATE", "turn")}
{_forgets("figures_of_new_visit", "INSERT", "visit")}
{_forgets("figures_of_visit", "UPDATE", "visit")}
{_forgets("figures_of_hold", "INSERT", "event", when=f"WHEN NEW.{_HOLD}")}
"""

SPANS = f"""
-- A month's or year's days added up, by the day of the week: "2026-11", "2026".
CREATE TABLE span_figure (
    span TEXT NOT NULL CHECK (length(span) IN (4, 7)),{_PLACE_AND_FIGURES}
    PRIMARY KEY (span, weekday, hour, channel, service_id, counter, officer_id)
) STRICT, WITHOUT ROWID;

-- Months and years that are kept and still true: a day whose figures are made anew takes both out.
CREATE TABLE figured_span (
    span TEXT PRIMARY KEY CHECK (length(span) IN (4, 7))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER figures_of_span AFTER DELETE ON figured_day
BEGIN DELETE FROM figured_span WHERE span IN (substr(OLD.day, 1, 7), substr(OLD.day, 1, 4)); END;
"""

_OF_VISIT = "DELETE FROM figured_day WHERE day = (SELECT day FROM visit WHERE id = NEW.visit_id)"
_ORIGIN_BINS = ", ".join(f"waits_{place} INTEGER NOT NULL" for place in range(_BINS))

ORIGINS = f"""
-- Where the visitors of a month or year in `figured_span` came from, and how long they waited.
CREATE TABLE span_origin (
    span TEXT NOT NULL CHECK (length(span) IN (4, 7)),
    field TEXT NOT NULL CHECK (field IN ('regency', 'institution')),
    name TEXT NOT NULL CHECK (name <> ''),
    visits INTEGER NOT NULL,
    cases INTEGER NOT NULL,
    waits_count INTEGER NOT NULL,
    waits_ms INTEGER NOT NULL,
    {_ORIGIN_BINS},
    PRIMARY KEY (span, field, name)
) STRICT, WITHOUT ROWID;

-- What was kept before says nothing of origins.
DELETE FROM figured_span;

CREATE TRIGGER origins_of_span AFTER DELETE ON figured_span
BEGIN DELETE FROM span_origin WHERE span = OLD.span; END;

CREATE TRIGGER figures_of_new_guest AFTER INSERT ON guest
BEGIN {_OF_VISIT}; END;

CREATE TRIGGER figures_of_guest AFTER UPDATE OF visit_id, institution, regency ON guest
BEGIN {_OF_VISIT}; END;

CREATE TRIGGER figures_of_new_case AFTER INSERT ON casefile
BEGIN {_OF_VISIT}; END;
"""

MADE_REPORTS = """
-- Reports of periods that have ended: each version keeps its figures (zlib over JSON, nobody's data).
CREATE TABLE made_report (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> ''),
    period TEXT NOT NULL CHECK (period <> ''),
    version INTEGER NOT NULL CHECK (version > 0),
    made_at INTEGER NOT NULL,
    station TEXT NOT NULL,
    folder TEXT NOT NULL,
    changes_json TEXT NOT NULL CHECK (json_valid(changes_json)),
    report BLOB NOT NULL,
    UNIQUE (kind, period, version)
) STRICT;

CREATE TRIGGER made_report_is_kept BEFORE UPDATE ON made_report
BEGIN SELECT RAISE(ABORT, 'a report that was made keeps its figures'); END;

-- What was asked for, or could not be made yet.
CREATE TABLE wanted_report (
    kind TEXT NOT NULL,
    period TEXT NOT NULL,
    asked_at INTEGER NOT NULL DEFAULT 0,
    asked_by INTEGER REFERENCES officer (id),
    tried_at INTEGER NOT NULL DEFAULT 0,
    trouble TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (kind, period)
) STRICT, WITHOUT ROWID;
"""
