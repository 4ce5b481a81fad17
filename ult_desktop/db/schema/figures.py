"""A day's figures, made when it has ended: what can be told of years without reading them."""

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


_HOLD = "kind IN ('ticket.held', 'ticket.resumed')"

FIGURES = f"""
-- One row for each place of a day that has figures (`core.figures.day`); 0 is nobody. Times in ms.
CREATE TABLE day_figure (
    day TEXT NOT NULL CHECK (length(day) = 10),
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
    {_SPREADS},
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
