"""What is counted of a period beside the visits: cases, deviations, where visitors come from."""

from collections.abc import Iterable

import msgspec

from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.figures.period import Period
from ult_desktop.db.store.transaction import Transaction

_DAYS = "day >= ? AND v.day <= ?"


class CaseCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Of the cases of a period's visits: how many, of which complaints, answered, closed, late."""

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
    """Late is one that was closed, or is still open at `now` (UTC ms), after its time."""
    return tx.one(
        CaseCounts,
        "SELECT count(*) AS opened, coalesce(sum(c.kind = 'pengaduan'), 0) AS complaints,"
        " coalesce(sum(c.state IN ('answered', 'delivered', 'closed')), 0) AS answered,"
        " coalesce(sum(c.state = 'closed'), 0) AS closed,"
        " coalesce(sum(c.due_at < coalesce(c.closed_at, ?)), 0) AS late"
        f" FROM visit v JOIN casefile c ON c.visit_id = v.id WHERE v.{_DAYS}",
        *(now, *_named(period)),
    )


def deviations_of(tx: Transaction, period: Period) -> tuple[tuple[DeviationKind, int], ...]:
    """What deviated, by kind; what was found false is none."""
    found = dict(
        tx.rows(
            "SELECT kind, count(*) FROM deviation"
            " WHERE day >= ? AND day <= ? AND false_at IS NULL GROUP BY kind",
            *_named(period),
        )
    )
    return tuple((kind, found.get(kind, 0)) for kind in DeviationKind)


def late_steps_of(tx: Transaction, period: Period) -> tuple[tuple[str, int, int], ...]:
    """Procedure, step and how often it took longer than its standard, the most first."""
    return tuple(
        tx.rows(
            "SELECT procedure_id, step, count(*) FROM deviation"
            " WHERE day >= ? AND day <= ? AND kind = 'time' AND false_at IS NULL"
            " GROUP BY procedure_id, step ORDER BY count(*) DESC, procedure_id, step",
            *_named(period),
        )
    )


def regencies_of(tx: Transaction, period: Period) -> tuple[tuple[str, int], ...]:
    """Where visitors come from, as far as the guest book says it, the most first."""
    return tuple(
        tx.rows(
            "SELECT g.regency, count(*) FROM visit v JOIN guest g ON g.visit_id = v.id"
            f" WHERE v.{_DAYS} AND g.regency <> '' GROUP BY g.regency ORDER BY count(*) DESC, g.regency",
            *_named(period),
        )
    )


def _named(period: Period) -> tuple[str, str]:
    return period.first.isoformat(), period.last.isoformat()
