"""What the page Kotak masuk reads: plain functions for the worker thread."""

from collections.abc import Sequence

import msgspec

from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.cases.case_views import (
    CaseInbox,
    InboxCount,
    InboxItem,
    InboxKind,
)
from ult_desktop.core.cases.escalation import CaseDesk, Escalation
from ult_desktop.db.accountability import delegations
from ult_desktop.db.cases import escalations
from ult_desktop.db.cases.case_views import inbox, inbox_counts
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.cases.reading import CaseView, case_view


class InboxView(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the inbox in full.

    `escalation` is None for a visitor on the way; `below` the disposition that went on from it and is not
    answered yet; `behalf` the absent officer for whom it is done, "" for the officer's own.
    """

    item: InboxItem
    escalation: Escalation | None
    below: Escalation | None
    case: CaseView | None
    visitor: str
    behalf: str
    counts: tuple[InboxCount, ...]


def read_inbox(actor: Actor, office: Office) -> CaseInbox:
    """What waits for `actor`, for those he stands for, and for his desks."""

    def look(tx: Transaction) -> CaseInbox:
        mine = delegations.acting_ids(tx, actor.officer_id or 0, office.clock())
        return inbox(tx, mine, desks_of(actor.roles), office.clock())

    return office.read(look)


def count_unread(actor: Actor, office: Office) -> int:
    return read_inbox(actor, office).unread


def desks_of(roles: frozenset[Role]) -> Sequence[CaseDesk]:
    """The desks of which an officer with these roles is one; an admin sits everywhere."""
    return [desk for desk in CaseDesk if {desk.role, Role.ADMIN} & roles]


def view_item(item: InboxItem, actor: Actor, office: Office) -> InboxView:
    return office.read(lambda tx: _view(tx, item, actor, office.clock()))


def _view(tx: Transaction, item: InboxItem, actor: Actor, now: int) -> InboxView:
    escalation = None if item.kind is InboxKind.HANDOVER else escalations.get(tx, item.subject_id)
    open_hops = () if escalation is None else escalations.open_of(tx, escalation.case_id)
    below = next(
        (each for each in open_hops if escalation is not None and each.parent_id == escalation.id), None
    )
    standing = delegations.standing_for(tx, actor.officer_id or 0, now)
    absent = {each.officer_id: each.name for each in standing}
    owner = escalation.from_officer_id if escalation and item.kind is InboxKind.RETURNED else item.officer_id
    return InboxView(
        item=item,
        escalation=escalation,
        below=below,
        case=None if item.case_id is None else case_view(tx, item.case_id),
        visitor="" if escalation else _visitor(tx, item.subject_id),
        behalf=absent.get(owner or 0, ""),
        counts=inbox_counts(tx, now),
    )


def _visitor(tx: Transaction, visit_id: int) -> str:
    guest = visits.guest_of(tx, visit_id)
    return "" if guest is None else guest.institution
