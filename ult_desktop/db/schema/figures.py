"""The figures of days, months and years, made when they have ended: no report reads the rows of a year."""

# Written out here, not taken from `core.figures`: the baseline must stay as it is.
_BINS = 15
_COUNTS = ", ".join(
    f"{name} INTEGER NOT NULL"
    for name in ("visits", "persons", "called", "arrived", "served", "no_show", "cancelled", "vulnerable")
)
_SPREADS = ", ".join(
    f"{name}_count INTEGER NOT NULL, {name}_ms INTEGER NOT NULL, "
    + ", ".join(f"{name}_{place} INTEGER NOT NULL" for place in range(_BINS))
    for name in ("waits", "walks", "servings", "holds")
)
_ORIGIN_BINS = ", ".join(f"waits_{place} INTEGER NOT NULL" for place in range(_BINS))

TABLES = f"""
-- One row for each place of a day that has figures (`core.figures.day`); 0 is nobody. Times in ms.
CREATE TABLE day_figure (
    day TEXT NOT NULL CHECK (length(day) = 10),
    hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
    channel TEXT NOT NULL,
    service_id INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    officer_id INTEGER NOT NULL,
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    {_COUNTS},
    {_SPREADS},
    PRIMARY KEY (day, hour, channel, service_id, counter, officer_id)
) STRICT, WITHOUT ROWID;

-- Days whose figures are kept and true. Triggers `figures_of_…` take a day out when a row of it changes.
CREATE TABLE figured_day (
    day TEXT PRIMARY KEY CHECK (length(day) = 10)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER figures_of_span AFTER DELETE ON figured_day
BEGIN DELETE FROM figured_span WHERE span IN (substr(OLD.day, 1, 7), substr(OLD.day, 1, 4)); END;

-- A month's or year's days added up, by the day of the week: "2026-11", "2026".
CREATE TABLE span_figure (
    span TEXT NOT NULL CHECK (length(span) IN (4, 7)),
    hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
    channel TEXT NOT NULL,
    service_id INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    officer_id INTEGER NOT NULL,
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    {_COUNTS},
    {_SPREADS},
    PRIMARY KEY (span, weekday, hour, channel, service_id, counter, officer_id)
) STRICT, WITHOUT ROWID;

-- Months and years that are kept and true: a day whose figures are made again takes both out.
CREATE TABLE figured_span (
    span TEXT PRIMARY KEY CHECK (length(span) IN (4, 7))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER origins_of_span AFTER DELETE ON figured_span
BEGIN DELETE FROM span_origin WHERE span = OLD.span; END;

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
"""
