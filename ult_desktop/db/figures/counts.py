"""The counts of a period besides the visits: cases and deviations."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from ult_desktop.core.accountability.causes import ON_PAPER
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.figures.period import Period
from ult_desktop.db.store.transaction import Transaction

_IN_PERIOD = "v.day >= ? AND v.day <= ?"
ENDED = "v.ending NOT IN ('', 'merged')"


class CaseCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of the cases of a period's visits: opened, complaints, answered, closed, late."""

    opened: int
    complaints: int
    answered: int
    closed: int
    late: int


def sum_of_cases(parts: Iterable[CaseCounts]) -> CaseCounts:
    every = tuple(parts)
    return CaseCounts(
        **{name: sum(getattr(each, name) for each in every) for name in CaseCounts.__struct_fields__}
    )


def cases_of(tx: Transaction, period: Period, now: int) -> CaseCounts:
    """Count the cases of the period's visits.

    A case is late if it was closed, or is still open at `now` (UTC ms), after its time.
    """
    return tx.one(
        CaseCounts,
        "SELECT count(*) AS opened, count(*) FILTER (WHERE c.kind = 'pengaduan') AS complaints,"
        " count(*) FILTER (WHERE c.state IN ('answered', 'delivered', 'closed')) AS answered,"
        " count(*) FILTER (WHERE c.state = 'closed') AS closed,"
        " count(*) FILTER (WHERE c.due_at < coalesce(c.closed_at, ?)) AS late"
        f" FROM visit v JOIN casefile c ON c.visit_id = v.id WHERE {_IN_PERIOD}",
        *(now, *period.ends),
    )


def steps_of(tx: Transaction, period: Period, kind: DeviationKind) -> dict[tuple[str, int], int]:
    """Count by procedure and step how often visits missed its standard of this kind.

    A visit written on paper names no step: its serving was late as a whole.
    """
    found = tx.rows(
        "SELECT d.procedure_id, CAST(s.value AS integer), count(*) FROM deviation d, json_each(d.steps) s"
        " WHERE d.day >= ? AND d.day <= ? AND d.kind = ? AND d.visit_id IS NOT NULL AND d.false_at IS NULL"
        " AND d.cause_key <> ? GROUP BY d.procedure_id, CAST(s.value AS integer)"
        " ORDER BY d.procedure_id, CAST(s.value AS integer)",
        *(*period.ends, kind, ON_PAPER),
    )
    return {(procedure_id, step): count for procedure_id, step, count in found}


def done_steps_of(tx: Transaction, period: Period) -> dict[tuple[str, int], int]:
    """Count, by procedure and step, the ended visits in which the step was carried out."""
    return _by_step(
        tx.rows(
            "SELECT procedure_id, steps_done, count(*) FROM visit v"
            f" WHERE {_IN_PERIOD} AND {ENDED} AND procedure_id IS NOT NULL GROUP BY procedure_id, steps_done",
            *period.ends,
        )
    )


def _by_step(rows: Iterable[tuple[str, str, int]]) -> dict[tuple[str, int], int]:
    found = Counter[tuple[str, int]]()
    for procedure_id, steps, count in rows:
        found.update({(procedure_id, step): count for step in msgspec.json.decode(steps, type=list[int])})
    return found


def causes_of(tx: Transaction, period: Period) -> dict[tuple[DeviationKind, str], int]:
    """Count deviations by kind and key of the cause.

    The key is "" where each deviation counts by itself. Deviations that were found false are left out.
    """
    found = tx.rows(
        "SELECT kind, cause_key, count(*) FROM deviation"
        " WHERE day >= ? AND day <= ? AND false_at IS NULL GROUP BY kind, cause_key"
        " ORDER BY kind, cause_key",
        *period.ends,
    )
    return {(DeviationKind(kind), cause): count for kind, cause, count in found}


def units_of(tx: Transaction, period: Period) -> dict[tuple[str, str], int]:
    """Count the cases of the period's visits sent on to each desk and unit, each case once."""
    found = tx.rows(
        "SELECT e.to_desk, e.unit, count(DISTINCT e.case_id) FROM visit v"
        " JOIN casefile c ON c.visit_id = v.id JOIN escalation e ON e.case_id = c.id"
        f" WHERE {_IN_PERIOD} AND e.state <> 'withdrawn' GROUP BY e.to_desk, e.unit"
        " ORDER BY e.to_desk, e.unit",
        *period.ends,
    )
    return {(desk, unit): count for desk, unit, count in found}
