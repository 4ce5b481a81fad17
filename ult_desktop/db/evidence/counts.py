"""The counts from which indicators are derived."""

import msgspec

from ult_desktop.db.figures.counts import ENDED
from ult_desktop.db.store.transaction import Transaction


class EvidenceCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of some days; of visits, numbers and appointments 1 where there is one, else 0."""

    measured: int
    guests: int
    numbers: int
    appointments: int
    escorts: int
    respondents: int
    survey_elements: int
    deviations: int
    deviations_reviewed: int


class StandingCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of what is there today."""

    faqs: int
    devices: int
    priority_counters: int


class ComplaintCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Complaints: how many came in, and how many of these are answered or closed."""

    received: int
    settled: int


_VISIT = "EXISTS (SELECT 1 FROM visit v {join} WHERE v.day >= ? AND v.day <= ?{only})"


def between(tx: Transaction, first: str, last: str) -> EvidenceCounts:
    """Count what happened from the day `first` to the day `last`, both ISO.

    Of visits and numbers it says only whether there is one: to count a year's keeps all who write waiting
    (docs/store.md, rule 5).
    """
    there = {
        "measured": _VISIT.format(join="", only=f" AND v.procedure_id IS NOT NULL AND {ENDED}"),
        "guests": _VISIT.format(join="JOIN guest g ON g.visit_id = v.id", only=""),
        "escorts": _VISIT.format(join="JOIN escort e ON e.visit_id = v.id", only=" AND e.declined = 0"),
        "numbers": "coalesce((SELECT max(day) FROM ticket), '') BETWEEN ? AND ?",
        "appointments": "EXISTS (SELECT 1 FROM appointment WHERE day >= ? AND day <= ?)",
        "respondents": "(SELECT count(*) FROM survey_response WHERE day >= ? AND day <= ?)",
        "survey_elements": "(SELECT count(DISTINCT a.element) FROM survey_response r JOIN survey_answer a"
        " ON a.response_id = r.id WHERE r.day >= ? AND r.day <= ?)",
        "deviations": "(SELECT count(*) FROM deviation WHERE day >= ? AND day <= ? AND false_at IS NULL)",
        "deviations_reviewed": "(SELECT count(*) FROM deviation WHERE day >= ? AND day <= ?"
        " AND false_at IS NULL AND reviewed_at IS NOT NULL)",
    }
    named = ", ".join(f"CAST({sql} AS integer) AS {name}" for name, sql in there.items())
    return tx.one(EvidenceCounts, f"SELECT {named}", *((first, last) * len(there)))


def standing(tx: Transaction) -> StandingCounts:
    return tx.one(
        StandingCounts,
        "SELECT (SELECT count(*) FROM faq WHERE active = 1) AS faqs,"
        " (SELECT count(*) FROM device WHERE condition = 'good') AS devices,"
        " (SELECT count(*) FROM counter WHERE priority = 1) AS priority_counters",
    )


def complaints_of(tx: Transaction, year: int) -> ComplaintCounts:
    """Count the complaints of the visits of a year, and those of them that are settled now."""
    return tx.one(
        ComplaintCounts,
        "SELECT count(*) AS received,"
        " count(*) FILTER (WHERE c.state IN ('answered', 'delivered', 'closed')) AS settled"
        " FROM visit v JOIN casefile c ON c.visit_id = v.id"
        " WHERE v.day >= ? AND v.day <= ? AND c.kind = 'pengaduan'",
        *(f"{year}-01-01", f"{year}-12-31"),
    )


class CareCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The escorts of some days, and the devices that were lent."""

    escorts: int
    loans: int


def care_of(tx: Transaction, first: str, last: str) -> CareCounts:
    """Count the care of the days from `first` to `last`, both ISO."""
    return tx.one(
        CareCounts,
        "SELECT (SELECT count(*) FROM visit v JOIN escort e ON e.visit_id = v.id"
        " WHERE v.day >= ? AND v.day <= ? AND e.declined = 0) AS escorts,"
        " (SELECT count(*) FROM visit v JOIN device_loan d ON d.visit_id = v.id"
        " WHERE v.day >= ? AND v.day <= ?) AS loans",
        *((first, last) * 2),
    )
