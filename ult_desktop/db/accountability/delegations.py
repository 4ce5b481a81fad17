"""Delegations (pengalihan tugas): which officer represents which, and when."""

from collections.abc import Iterable

import msgspec

from ult_desktop.core.accountability.deviations import Delegation, RepresentedOfficer
from ult_desktop.core.procedures.procedure import Delegation as DelegationForm
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(
    Delegation,
    "delegation d JOIN officer a ON a.id = d.absent_id JOIN officer b ON b.id = d.delegate_id",
    "a.name AS absent, b.name AS delegate",
)
_ENDS_AT = "coalesce(d.ended_at, d.ends_at)"
_BETWEEN = "d.ended_at IS NULL AND d.ends_at > ? AND d.begins_at < ? ORDER BY d.id"
_IN_FORCE = f"{_ENDS_AT} > ? AND d.begins_at <= ?"
# A letter lends all tasks; word of mouth lends those of one procedure. None asks for any procedure.
_FOR_PROCEDURE = "(d.form = 'surat_penugasan' OR d.procedure_id = coalesce(?, d.procedure_id))"
MAX_SHOWN = 200  # of a list, the latest


class NewDelegation(msgspec.Struct, frozen=True, kw_only=True):
    """A delegation to be written.

    `first_day` and `last_day` are the office's dates; it is in force from `begins_at` until before `ends_at`
    (UTC ms).
    """

    absent_id: int
    delegate_id: int
    form: DelegationForm
    letter_number: str
    letter_date: str
    first_day: str
    last_day: str
    begins_at: int
    ends_at: int
    ordered_by: str
    notes: str
    procedure_id: str
    document_id: int | None
    given_at: int
    given_by: int | None


class LentRoles(msgspec.Struct, frozen=True, kw_only=True):
    """The roles with which an officer acts for another, from `begins_at` until before `ends_at` (UTC ms)."""

    officer_id: int
    begins_at: int
    ends_at: int
    roles: tuple[str, ...]


def insert(tx: Transaction, new: NewDelegation) -> int:
    return tx.insert("delegation", new)


def end(tx: Transaction, delegation_id: int, at: int, officer_id: int | None) -> None:
    tx.update("delegation", delegation_id, ended_at=at, ended_by=officer_id)


get = _ROWS.get
find = _ROWS.find


def recent(tx: Transaction) -> tuple[Delegation, ...]:
    """List the latest delegations, newest first."""
    return _ROWS.all(tx, "ORDER BY d.id DESC LIMIT ?", MAX_SHOWN)


def overlapping(tx: Transaction, officer_ids: Iterable[int], begin: int, end: int) -> tuple[Delegation, ...]:
    """List the delegations in which one of these officers is away between two stamps (UTC ms).

    Those that were ended before their time are left out: another may take their place on the same day.
    """
    ids = tuple(officer_ids)
    marks = ", ".join("?" for _id in ids)
    return _ROWS.all(tx, f"WHERE d.absent_id IN ({marks}) AND {_BETWEEN}", *ids, begin, end)


def lent_to(tx: Transaction, officer_id: int, begin: int, end: int) -> tuple[Delegation, ...]:
    """List the delegations in which this officer represents another between two stamps (UTC ms).

    Those that were ended before their time are left out.
    """
    return _ROWS.all(tx, f"WHERE d.delegate_id = ? AND {_BETWEEN}", officer_id, begin, end)


def represented_by(
    tx: Transaction, officer_id: int, at: int, procedure_id: str | None = None
) -> tuple[RepresentedOfficer, ...]:
    """List those whom an officer represents at a moment (UTC ms), for a procedure or for any."""
    return tx.all(
        RepresentedOfficer,
        "SELECT d.absent_id AS officer_id, a.name, d.form, d.letter_number FROM delegation d"
        f" JOIN officer a ON a.id = d.absent_id WHERE d.delegate_id = ? AND {_IN_FORCE} AND {_FOR_PROCEDURE}"
        " ORDER BY d.id",
        officer_id,
        at,
        at,
        procedure_id,
    )


def acting_ids(tx: Transaction, officer_id: int, at: int) -> tuple[int, ...]:
    """Return the ids of the officer and of those they represent at a moment (UTC ms).

    The officer sees the inboxes of all of them.
    """
    absent = (officer.officer_id for officer in represented_by(tx, officer_id, at))
    return tuple(dict.fromkeys((officer_id, *absent)))


def absent_at(tx: Transaction, officer_id: int, at: int) -> Delegation | None:
    """Return the delegation in which the officer is away at a moment (UTC ms), or None."""
    return _ROWS.maybe(tx, f"WHERE d.absent_id = ? AND {_IN_FORCE} ORDER BY d.id LIMIT 1", officer_id, at, at)


def represented_owner(tx: Transaction, officer_id: int | None, owner_id: int | None, at: int) -> int | None:
    """Return `owner_id` if the officer does the owner's work in their stead at `at` (UTC ms), else None.

    Such work is shown with "a.n." (on behalf of).
    """
    if officer_id is None or owner_id is None or owner_id == officer_id:
        return None
    return owner_id if owner_id in acting_ids(tx, officer_id, at) else None


def lent_roles(tx: Transaction, officer_id: int, at: int, procedure_id: str | None = None) -> tuple[str, ...]:
    """Return the roles of those whom an officer represents at a moment (UTC ms).

    They are those that are lent for a procedure, or for any.
    """
    rows = tx.column(
        "SELECT a.roles FROM delegation d JOIN officer a ON a.id = d.absent_id"
        f" WHERE d.delegate_id = ? AND {_IN_FORCE} AND {_FOR_PROCEDURE}",
        officer_id,
        at,
        at,
        procedure_id,
    )
    return tuple(role for row in rows for role in msgspec.json.decode(row))


def lent_between(tx: Transaction, begin: int, end: int) -> tuple[LentRoles, ...]:
    """List the roles that were lent to anybody at some moment from `begin` to `end` (UTC ms)."""
    return tx.all(
        LentRoles,
        f"SELECT d.delegate_id AS officer_id, d.begins_at, {_ENDS_AT} AS ends_at, a.roles AS roles_json"
        f" FROM delegation d JOIN officer a ON a.id = d.absent_id WHERE {_IN_FORCE} ORDER BY d.id",
        begin,
        end,
    )
