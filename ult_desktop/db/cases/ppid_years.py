"""A year of public-information requests: the requests to count, and the report that PPID wrote about it."""

from ult_desktop.core.cases.ppid_year import (
    ObjectionOutcome,
    PpidReportDue,
    PpidYear,
    RequestOutcome,
    report_due,
)
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.office import office
from ult_desktop.db.store import events
from ult_desktop.db.store.transaction import Transaction

_COLUMNS = "year, policy, facilities, staff, budget, disputes, obstacles, recommendations, sent_on"


def find(tx: Transaction, year: int) -> PpidYear | None:
    return tx.maybe(PpidYear, f"SELECT {_COLUMNS} FROM ppid_year WHERE year = ?", year)


def get(tx: Transaction, year: int) -> PpidYear:
    """Return the year as it was written; empty where nothing was written yet."""
    return find(tx, year) or PpidYear(year=year)


def write(tx: Transaction, year: PpidYear, at: int, officer_id: int | None) -> None:
    """Write down a year's report; `at` UTC ms."""
    tx.put("ppid_year", "year", year, told_at=at, told_by=officer_id)


def requests_between(tx: Transaction, year: int, begins: int, ends: int) -> tuple[RequestOutcome, ...]:
    """List the requests of a year's register that came from `begins` on and before `ends` (UTC ms)."""
    return tx.all(
        RequestOutcome,
        "SELECT registered_at, applicant, copy_form, due_at, extended_at, held, decision, refusal, decided_at"
        " FROM information_request WHERE year = ? AND registered_at >= ? AND registered_at < ?"
        " ORDER BY serial",
        *(year, begins, ends),
    )


def objections_between(tx: Transaction, year: int, begins: int, ends: int) -> tuple[ObjectionOutcome, ...]:
    """List the objections of a year's register that came from `begins` on and before `ends` (UTC ms)."""
    return tx.all(
        ObjectionOutcome,
        "SELECT reason, due_at, answered_at, disputed_at FROM objection"
        " WHERE year = ? AND filed_at >= ? AND filed_at < ? ORDER BY serial",
        *(year, begins, ends),
    )


def due_report(tx: Transaction, now: int) -> PpidReportDue | None:
    """Return last year's report that is due, while it has not gone out; `now` UTC ms."""
    zone, began = office.zone(tx), events.began_at(tx)
    today = to_datetime(now, zone).date()
    first_day = None if began is None else to_datetime(began, zone).date()
    return report_due(today, first_day, find(tx, today.year - 1))
