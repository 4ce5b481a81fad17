"""The rows and counts of a period outside the queue; `core/figures/outside_queue.py` says what they mean."""

from collections import Counter

import msgspec

from ult_desktop.core.accountability.causes import ON_PAPER
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.figures.outside_queue import CareFigures, DeviationFigures
from ult_desktop.core.figures.period import Period
from ult_desktop.db.store.transaction import Transaction

_IN_PERIOD = "v.day >= ? AND v.day <= ?"
ENDED = "v.ending NOT IN ('', 'merged')"
ESCORTED = "e.declined = 0"


def care_of(tx: Transaction, period: Period) -> CareFigures:
    """Count the care of the period's visits."""
    return tx.one(
        CareFigures,
        f"SELECT (SELECT count(*) FROM visit v JOIN escort e ON e.visit_id = v.id WHERE {_IN_PERIOD}"
        f" AND {ESCORTED}) AS escorts,"
        " (SELECT count(*) FROM visit v JOIN device_loan d ON d.visit_id = v.id"
        f" WHERE {_IN_PERIOD}) AS loans",
        *(period.iso_ends * 2),
    )


def steps_of(tx: Transaction, period: Period, kind: DeviationKind) -> dict[tuple[str, int], int]:
    """Count by procedure and step how often visits missed its standard of this kind.

    A visit written on paper names no step: its serving was late as a whole.
    """
    rows = tx.rows(
        "SELECT d.procedure_id, CAST(s.value AS integer), count(*) FROM deviation d, json_each(d.steps) s"
        " WHERE d.day >= ? AND d.day <= ? AND d.kind = ? AND d.visit_id IS NOT NULL AND d.false_at IS NULL"
        " AND d.cause_key <> ? GROUP BY d.procedure_id, CAST(s.value AS integer)"
        " ORDER BY d.procedure_id, CAST(s.value AS integer)",
        *(*period.iso_ends, kind, ON_PAPER),
    )
    return {(procedure_id, step): count for procedure_id, step, count in rows}


def done_steps_of(tx: Transaction, period: Period) -> dict[tuple[str, int], int]:
    """Count, by procedure and step, the ended visits in which the step was carried out."""
    rows = tx.rows(
        "SELECT procedure_id, steps_done, count(*) FROM visit v"
        f" WHERE {_IN_PERIOD} AND {ENDED} AND procedure_id IS NOT NULL GROUP BY procedure_id, steps_done",
        *period.iso_ends,
    )
    counts = Counter[tuple[str, int]]()
    for procedure_id, steps_done, count in rows:
        for step in msgspec.json.decode(steps_done, type=list[int]):
            counts[procedure_id, step] += count
    return counts


def causes_of(tx: Transaction, period: Period) -> dict[tuple[DeviationKind, str], int]:
    """Count deviations by kind and key of the cause.

    The key is "" where each deviation counts by itself. Deviations that were found false are left out.
    """
    rows = tx.rows(
        "SELECT kind, cause_key, count(*) FROM deviation"
        " WHERE day >= ? AND day <= ? AND false_at IS NULL GROUP BY kind, cause_key"
        " ORDER BY kind, cause_key",
        *period.iso_ends,
    )
    return {(DeviationKind(kind), cause): count for kind, cause, count in rows}


def deviations_of(tx: Transaction, period: Period) -> DeviationFigures:
    """Count the deviations, and those that were reviewed."""
    return tx.one(
        DeviationFigures,
        "SELECT count(*) AS found, count(*) FILTER (WHERE reviewed_at IS NOT NULL) AS reviewed FROM deviation"
        " WHERE day >= ? AND day <= ? AND false_at IS NULL",
        *period.iso_ends,
    )


def units_of(tx: Transaction, period: Period) -> dict[tuple[str, str], int]:
    """Count, by desk and unit, the cases of the period's visits that were sent on there, each case once."""
    rows = tx.rows(
        "SELECT e.to_desk, e.unit, count(DISTINCT e.case_id) FROM visit v"
        " JOIN casefile c ON c.visit_id = v.id JOIN escalation e ON e.case_id = c.id"
        f" WHERE {_IN_PERIOD} AND e.state <> 'withdrawn' GROUP BY e.to_desk, e.unit"
        " ORDER BY e.to_desk, e.unit",
        *period.iso_ends,
    )
    return {(desk, unit): count for desk, unit, count in rows}
