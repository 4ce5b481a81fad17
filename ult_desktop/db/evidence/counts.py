"""The counts from which indicators are derived, beside the office's figures."""

import msgspec

from ult_desktop.core.figures.period import Period
from ult_desktop.db.figures.counts import ENDED, ESCORTED
from ult_desktop.db.store.transaction import Transaction


class EvidenceOfPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """The kinds of rows that a period has: 1 where there is at least one, else 0.

    `measured` are ended visits under a procedure.
    """

    measured: int
    guests: int
    numbers: int
    appointments: int
    escorts: int


class PresentCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of what the office has now."""

    faqs: int
    devices: int
    priority_counters: int


_VISIT = "EXISTS (SELECT 1 FROM visit v {join} WHERE v.day >= ? AND v.day <= ?{only})"


def evidence_of(tx: Transaction, period: Period) -> EvidenceOfPeriod:
    """Return whether there were visits, numbers and appointments in the period.

    They are not counted: to count a year's keeps all who write waiting (docs/store.md, rule 5).
    """
    conditions = {
        "measured": _VISIT.format(join="", only=f" AND v.procedure_id IS NOT NULL AND {ENDED}"),
        "guests": _VISIT.format(join="JOIN guest g ON g.visit_id = v.id", only=""),
        "escorts": _VISIT.format(join="JOIN escort e ON e.visit_id = v.id", only=f" AND {ESCORTED}"),
        "numbers": "coalesce((SELECT max(day) FROM ticket), '') BETWEEN ? AND ?",
        "appointments": "EXISTS (SELECT 1 FROM appointment WHERE day >= ? AND day <= ?)",
    }
    columns = ", ".join(f"CAST({sql} AS integer) AS {name}" for name, sql in conditions.items())
    return tx.one(EvidenceOfPeriod, f"SELECT {columns}", *(period.iso_ends * len(conditions)))


def present_counts(tx: Transaction) -> PresentCounts:
    return tx.one(
        PresentCounts,
        "SELECT (SELECT count(*) FROM faq WHERE active = 1) AS faqs,"
        " (SELECT count(*) FROM device WHERE condition = 'good') AS devices,"
        " (SELECT count(*) FROM counter WHERE priority = 1) AS priority_counters",
    )
