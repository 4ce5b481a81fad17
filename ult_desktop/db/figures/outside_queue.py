"""The rows that figures count outside the queue: cases, deviations, visits by procedure and by origin."""

from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.figures.outside_queue import CountedCase, CountedRow
from ult_desktop.core.figures.period import Period
from ult_desktop.db.figures.counts import ENDED, ESCORTED
from ult_desktop.db.figures.origins import OriginField
from ult_desktop.db.store.transaction import Transaction

_VISIT_COLUMNS = "coalesce(t.label, '') AS label, coalesce(v.service_id, 0) AS service_id"
_CASE_COLUMNS = "v.day, c.opened_at AS at, c.number AS label, coalesce(v.service_id, 0) AS service_id"
_VISITS = "FROM visit v LEFT JOIN ticket t ON t.id = v.ticket_id"
_LATEST = "ORDER BY v.day DESC, v.began_at DESC, v.id DESC"


class CountedVisit(CountedRow, frozen=True, kw_only=True):
    """A visit (`at`: when it began), an escort or a loan of it; `label` is its number in the queue."""


class SentCase(CountedRow, frozen=True, kw_only=True):
    """A case of a visit, and the desk and unit to which it was sent on."""

    to_desk: str
    unit: str


class CountedDeviation(CountedRow, frozen=True, kw_only=True):
    """A deviation (`at`: when it was found); `label` is the number of its visit, "" where it has none."""

    kind: DeviationKind
    cause_key: str
    procedure_id: str
    steps: tuple[int, ...]


def visits_from(tx: Transaction, period: Period, field: OriginField, name: str) -> tuple[CountedVisit, ...]:
    """List the visits of the period whose guest book line names this origin, the latest first."""
    return tx.all(
        CountedVisit,
        f"SELECT v.day, v.began_at AS at, {_VISIT_COLUMNS} {_VISITS} JOIN guest g ON g.visit_id = v.id"
        f" WHERE v.day >= ? AND v.day <= ? AND g.{field} = ? {_LATEST}",
        *(*period.iso_ends, name),
    )


def visits_under(tx: Transaction, period: Period, procedure_id: str) -> tuple[CountedVisit, ...]:
    """List the visits that ended under a procedure, the latest first."""
    return tx.all(
        CountedVisit,
        f"SELECT v.day, v.began_at AS at, {_VISIT_COLUMNS} {_VISITS}"
        f" WHERE v.day >= ? AND v.day <= ? AND {ENDED} AND v.procedure_id = ? {_LATEST}",
        *(*period.iso_ends, procedure_id),
    )


def cases_of(tx: Transaction, period: Period) -> tuple[CountedCase, ...]:
    """List the cases of the period's visits, the latest first."""
    return tx.all(
        CountedCase,
        f"SELECT {_CASE_COLUMNS}, c.kind, c.state, c.due_at, c.closed_at"
        f" FROM visit v JOIN casefile c ON c.visit_id = v.id WHERE v.day >= ? AND v.day <= ? {_LATEST}",
        *period.iso_ends,
    )


def cases_from(tx: Transaction, period: Period, field: OriginField, name: str) -> tuple[CountedRow, ...]:
    """List the cases of visits from this origin, the latest first."""
    return tx.all(
        CountedRow,
        f"SELECT {_CASE_COLUMNS} FROM visit v JOIN casefile c ON c.visit_id = v.id"
        " JOIN guest g ON g.visit_id = v.id"
        f" WHERE v.day >= ? AND v.day <= ? AND g.{field} = ? {_LATEST}",
        *(*period.iso_ends, name),
    )


def escorts_in(tx: Transaction, period: Period) -> tuple[CountedVisit, ...]:
    """List the period's visits once for each escort that was not declined, the latest first."""
    return tx.all(
        CountedVisit,
        f"SELECT v.day, e.began_at AS at, {_VISIT_COLUMNS} {_VISITS} JOIN escort e ON e.visit_id = v.id"
        f" WHERE v.day >= ? AND v.day <= ? AND {ESCORTED} {_LATEST}",
        *period.iso_ends,
    )


def loans_in(tx: Transaction, period: Period) -> tuple[CountedVisit, ...]:
    """List the period's visits once for each device that was lent, the latest first."""
    return tx.all(
        CountedVisit,
        f"SELECT v.day, d.lent_at AS at, {_VISIT_COLUMNS} {_VISITS} JOIN device_loan d ON d.visit_id = v.id"
        f" WHERE v.day >= ? AND v.day <= ? {_LATEST}",
        *period.iso_ends,
    )


def sent_on(tx: Transaction, period: Period) -> tuple[SentCase, ...]:
    """List the cases of the period's visits once for each place they were sent on to, the latest first."""
    return tx.all(
        SentCase,
        f"SELECT {_CASE_COLUMNS}, e.to_desk, e.unit"
        " FROM visit v JOIN casefile c ON c.visit_id = v.id JOIN escalation e ON e.case_id = c.id"
        f" WHERE v.day >= ? AND v.day <= ? AND e.state <> 'withdrawn'"
        f" GROUP BY c.id, v.id, e.to_desk, e.unit {_LATEST}",
        *period.iso_ends,
    )


def deviations_of(tx: Transaction, period: Period) -> tuple[CountedDeviation, ...]:
    """List the deviations of the period, without those that were found false; the latest first."""
    return tx.all(
        CountedDeviation,
        f"SELECT d.day, d.made_at AS at, {_VISIT_COLUMNS}, d.kind, d.cause_key, d.procedure_id,"
        " d.steps AS steps_json"
        " FROM deviation d LEFT JOIN visit v ON v.id = d.visit_id LEFT JOIN ticket t ON t.id = v.ticket_id"
        " WHERE d.day >= ? AND d.day <= ? AND d.false_at IS NULL ORDER BY d.day DESC, d.id DESC",
        *period.iso_ends,
    )
