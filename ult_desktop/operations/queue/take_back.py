"""A day that a wrong clock began is taken back: whom it cancelled waits again, in the old place."""

from typing import Any

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.accountability.deviations import DeviationState
from ult_desktop.core.event import Event
from ult_desktop.core.queue.commands import TakeBackDay
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.accountability import deviations
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.store import events
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import lookup
from ult_desktop.operations.operation import Context, NewEvent, handles, known, refuse, the_subject


class BegunDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day that was begun although today is the day before it.

    `at` UTC ms; `back` are the labels that wait again when it is taken back, `newer` those that were given
    since in the wrong day and are cancelled then.
    """

    at: int
    station: str
    back: tuple[str, ...]
    newer: tuple[str, ...]


def begun_wrongly(tx: Transaction, now: int) -> BegunDay | None:
    """What can be taken back at `now` (UTC ms), if anything."""
    day = lookup.today(tx, now)
    found = _find(tx, day)
    if found is None:
        return None
    event, closed = found
    newer = tickets.left_open_after(tx, day)
    return BegunDay(
        at=event.at,
        station=event.station,
        back=tuple(each.label for each in closed),
        newer=tuple(each.label for each in newer),
    )


def _find(tx: Transaction, day: str) -> tuple[Event, tuple[Ticket, ...]] | None:
    """The last day that was begun, and the numbers of `day` that it closed."""
    event = events.last_day(tx)
    if event is None:
        return None
    closed = tickets.closed_of(tx, msgspec.json.decode(event.data)["tickets"], day)
    return (event, closed) if closed else None


@handles(TakeBackDay, needs=Permission.CLOSE_DAY, answer=the_subject)
def take_back_day(command: TakeBackDay, tx: Transaction, context: Context) -> NewEvent:
    """Who was called or served waits again too: nobody knows how far that had come."""
    event, closed = known(
        _find(tx, context.day),
        _("Tidak ada hari yang keliru dimulai."),
        _("Hari hanya dapat dibatalkan selama tanggal nomornya masih hari ini."),
    )
    newer = tickets.left_open_after(tx, context.day)
    if newer and not command.cancel_newer:
        raise refuse(
            _("Sesudah itu sudah diberikan nomor hari yang keliru: {labels}.").format(
                labels=", ".join(each.label for each in newer)
            ),
            _("Setujui pembatalannya; pemegangnya mengambil nomor baru."),
        )
    for ticket in newer:
        _cancel(tx, ticket, context.at)
    data = msgspec.json.decode(event.data)
    for ticket in closed:
        _revive(tx, ticket, data)
    for visit_id in data.get("visits", ()):
        if visits.get(tx, visit_id).ending == Ending.DAY_END:
            visits.reopen(tx, visit_id)
            _explain(tx, context, visit_id, event.at)
    back, cancelled = ([each.id for each in found] for found in (closed, newer))
    done = {"begun": event.seq, "tickets": back, "cancelled": cancelled}
    return NewEvent("day.taken_back", "queue", len(closed), done)


def _explain(tx: Transaction, context: Context, visit_id: int, at: int) -> None:
    """What was written because the visit had ended is nobody's fault: whoever takes the day back says so."""
    for each in deviations.of_visit(tx, visit_id):
        if each.made_at == at and each.state is DeviationState.OPEN and context.by.officer_id is not None:
            deviations.explain(
                tx,
                each.id,
                cause=_("Hari dimulai karena jam yang keliru"),
                correction=_("Hari itu dibatalkan, kunjungan diteruskan"),
                responsible_id=context.by.officer_id,
                at=context.at,
                by=context.by.officer_id,
            )


def _cancel(tx: Transaction, ticket: Ticket, at: int) -> None:
    serving = servings.of_ticket(tx, ticket.id)
    if serving is not None:
        servings.end(tx, serving, at, "cancelled")
    tickets.set_state(tx, ticket.id, TicketState.CANCELLED, _("Hari keliru dibatalkan: ambil nomor baru"))


def _revive(tx: Transaction, ticket: Ticket, closing: dict[str, Any]) -> None:
    tickets.requeue(tx, ticket.id, ticket.queued_at, ticket.place)
    state = TicketState.HELD if ticket.id in closing.get("held", ()) else TicketState.WAITING
    tickets.set_state(tx, ticket.id, state, "" if ticket.remark == closing.get("remark") else ticket.remark)
