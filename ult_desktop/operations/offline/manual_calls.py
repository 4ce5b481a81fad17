"""Calls by mouth that a counter notes while it is cut off, and how they come into the books."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime

import msgspec
from uuid_utils import uuid7

from ult_desktop.base.formats import format_time
from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.offline.manual_calls import (
    LONGEST_LABEL,
    CallNote,
    CallNotes,
    NoteCall,
    clamp_to_now,
    times_in_order,
)
from ult_desktop.core.queue.ticket import Ticket, TicketState, state_word
from ult_desktop.core.stamps import MINUTE_MS, office_day, to_datetime
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.offline.offline_numbers import OfflineJournal, OfflineOperation
from ult_desktop.db.procedures import marks
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.store.journal import JournalEntry
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.lookup import refuse, require_counter, ticket_of_day
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.operation import Context, NewEvent, handles
from ult_desktop.operations.queue.end_of_day import begin_day
from ult_desktop.operations.visits.end_visits import end_if_over
from ult_desktop.operations.visits.visits import visit_of_ticket

_NOT_CALLED = (TicketState.WAITING, TicketState.HELD)
_HERE = (TicketState.CALLED, TicketState.SERVING)


def note(ask: NoteCall, by: Actor, office_uid: str, at: int, book: OfflineJournal) -> CallNote:
    """Write a call by mouth down: on this PC's disk when this returns. `at` (UTC ms) is now.

    Raises:
        UserError: number or times cannot be right, who asks does not serve, or this disk cannot be written.
    """
    by.require(Permission.SERVE)
    ask = msgspec.structs.replace(ask, label=ask.label.strip().upper())
    if not 0 < len(ask.label) <= LONGEST_LABEL or not ask.label[-1].isdigit():
        raise refuse(
            _("“{label}” bukan nomor antrean.").format(label=ask.label[:LONGEST_LABEL]),
            _("Tulis seperti pada karcis, misalnya A012 atau AK01."),
        )
    _require_order(ask)
    if max(ask.called_at, ask.ended_at or 0) >= at + MINUTE_MS:
        raise refuse(_("Jam pada catatan {label} belum tiba.").format(label=ask.label))
    request, arguments = str(uuid7()), msgspec.json.encode(ask).decode()
    book.begin(
        JournalEntry(request, office_uid, type(ask).__name__, arguments, at, by.station, by.officer_id)
    )
    return CallNote(request=request, ask=ask, officer_id=by.officer_id)


def notes(office_uid: str, book: OfflineJournal) -> CallNotes:
    """What stands in this station's journal and not in the office's books."""
    return CallNotes(
        waiting=tuple(_readable(book.notes(office_uid, "open"))),
        refused=tuple(_readable(book.notes(office_uid, "refused"))),
    )


def _readable(entries: Iterable[OfflineOperation]) -> Iterator[CallNote]:
    """What a broken disk has made unreadable is put away, and told, by the handing in."""
    for done in entries:
        with suppress(msgspec.MsgspecError):
            yield _noted(done)


def _noted(done: OfflineOperation) -> CallNote:
    ask = msgspec.json.decode(done.arguments, type=NoteCall)
    return CallNote(request=done.request, ask=ask, officer_id=done.officer_id, why=done.result)


def is_early(office: Office, ask: NoteCall) -> bool:
    """The number is not in today's queue: the kiosk that gave it may still be cut off."""
    return office.read(lambda tx: _is_early(tx, ask, office.clock()))


def _is_early(tx: Transaction, ask: NoteCall, now: int) -> bool:
    zone = office_rows.zone(tx)
    day = office_day(ask.called_at, zone)
    return day == office_day(now, zone) and ticket_of_day(tx, ask.label, day) is None


@handles(NoteCall, needs=Permission.SERVE, answer=tickets.get)
def note_call(ask: NoteCall, tx: Transaction, moment: Context) -> NewEvent:
    """The call as it was, with its true times; nothing is announced.

    A visitor who was at this counter when the share went away is finished by it. Of a day that is over the
    number was closed unserved: now it is known what became of it.
    """
    begin_day(tx, moment)
    require_counter(tx, ask.counter)
    _require_order(ask)
    ask = clamp_to_now(ask, moment.at)
    ticket = _require_noted_ticket(tx, ask, moment)
    _write_turn(tx, ask, ticket, moment)
    tickets.set_state(tx, ticket.id, TicketState.DONE if ask.came else TicketState.NO_SHOW)
    now = tickets.get(tx, ticket.id)
    if ask.came:
        _end_visit(tx, now, moment)
    times = {"called": now.called_at, "arrived": now.arrived_at, "ended": now.finished_at}
    data = {"label": ticket.label, "counter": ask.counter, "came": ask.came, **times}
    return NewEvent("ticket.called_by_mouth", "queue", ticket.id, data)


def _write_turn(tx: Transaction, ask: NoteCall, ticket: Ticket, moment: Context) -> None:
    """The turn that the number has here already, or one of its own. Nobody is called before he came."""
    called = max(ask.called_at, ticket.issued_at)
    arrived = None if ask.arrived_at is None else max(ask.arrived_at, called)
    ended = max(ask.ended_at or ask.called_at, called)
    outcome = "done" if ask.came else "no_show"
    turn = servings.of_ticket(tx, ticket.id)
    if turn is not None:
        if arrived is not None and turn.arrived_at is None:
            servings.arrive(tx, turn, arrived)
        servings.end(tx, turn, ended, outcome)
        return
    new = servings.NewServing(
        ticket_id=ticket.id,
        counter=ask.counter,
        service_id=ticket.service_id,
        officer_id=moment.by.officer_id,
        day=ticket.day,
        priority=ticket.priority is not None,
        at=called,
        arrived_at=arrived,
        ended_at=ended,
        outcome=outcome,
    )
    tickets.set_serving(tx, ticket.id, servings.begin(tx, new))


def _require_order(ask: NoteCall) -> None:
    if not times_in_order(ask):
        raise refuse(
            _("Jam pada catatan {label} tidak berurutan.").format(label=ask.label),
            _("Urutannya: dipanggil, mulai, selesai."),
        )


def _require_noted_ticket(tx: Transaction, ask: NoteCall, moment: Context) -> Ticket:
    """The ticket, while a call of it can be true.

    Raises:
        UserError: there is no such number, or somebody else saw to it; with what is known of it.
    """
    zone = moment.office.settings.office.zone
    day = office_day(ask.called_at, zone)
    ticket = ticket_of_day(tx, ask.label, day)
    if ticket is None:
        raise refuse(
            _("Nomor {label} tidak ada di antrean {day}.").format(label=ask.label, day=day),
            _("Periksa karcisnya; catat ulang bila salah tulis."),
        )
    closed_with_its_day = ticket.state is TicketState.CANCELLED and day < moment.day
    came_later = ticket.state is TicketState.NO_SHOW and ask.came
    here = ticket.state in _HERE and ticket.counter == ask.counter and _is_his(tx, ticket, moment)
    if ticket.state in _NOT_CALLED or closed_with_its_day or came_later or here:
        return ticket
    raise refuse(_what_became_of(ticket, to_datetime(ask.called_at, zone)))


def _is_his(tx: Transaction, ticket: Ticket, moment: Context) -> bool:
    turn = servings.of_ticket(tx, ticket.id)
    return turn is not None and turn.officer_id == moment.by.officer_id


def _what_became_of(ticket: Ticket, called: datetime) -> str:
    words = _("Panggilan lisan {label} pukul {time} tidak digabung: nomor itu {state}.")
    if ticket.counter is not None:
        words = _("Panggilan lisan {label} pukul {time} tidak digabung: nomor itu {state} (loket {counter}).")
    return words.format(
        label=ticket.label,
        time=format_time(called),
        state=state_word(ticket.state),
        counter=ticket.counter,
    )


def _end_visit(tx: Transaction, ticket: Ticket, moment: Context) -> None:
    """His visit goes by the true time too; a card that is still held keeps it open, as it must."""
    then = msgspec.structs.replace(moment, at=ticket.finished_at or moment.at)
    visit_id = visit_of_ticket(tx, then, ticket.id)
    marks.end_forgotten(tx, visit_id, then.at)
    end_if_over(tx, then, visit_id)
