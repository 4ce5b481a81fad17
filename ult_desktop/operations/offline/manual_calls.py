"""The calls by mouth that a counter notes while it is cut off, and their entry in the office file."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date

import msgspec

from ult_desktop.base import _, formats
from ult_desktop.core import offline
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.stamps import MINUTE_MS, office_day, to_datetime
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.offline_numbers import OfflineJournal, OfflineOperation
from ult_desktop.db.procedures import pauses
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.store.journal import JournalEntry
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found
from ult_desktop.operations.queue.end_of_day import begin_day
from ult_desktop.operations.request_ids import new_id
from ult_desktop.operations.visits import end_visits, visits

_NOT_CALLED = (TicketState.WAITING, TicketState.HELD)
_AT_COUNTER = (TicketState.CALLED, TicketState.SERVING)


def store_note(
    command: offline.NoteCall, by: Actor, office_uid: str, at: int, book: OfflineJournal
) -> offline.CallNote:
    """Store a note of a call by mouth on this PC's disk, which has it when this returns. `at` is UTC ms.

    Raises:
        UserError: number or times cannot be right, the actor does not serve, or this disk cannot be written.
    """
    by.require(Permission.SERVE)
    command = msgspec.structs.replace(command, label=command.label.strip().upper())
    if not 0 < len(command.label) <= offline.LONGEST_LABEL or not command.label[-1].isdecimal():
        raise refuse(
            _("“{label}” bukan nomor antrean.").format(label=command.label[: offline.LONGEST_LABEL]),
            _("Tulis seperti pada karcis, misalnya A012 atau AK01."),
        )
    _require_order(command)
    # The form gives whole minutes: a time within the minute of `at` has come.
    if max(command.called_at, command.ended_at or 0) >= at + MINUTE_MS:
        raise refuse(_("Jam pada catatan {label} belum tiba.").format(label=command.label))
    request, arguments = new_id(), msgspec.json.encode(command).decode()
    book.begin(
        JournalEntry(
            request=request,
            office=office_uid,
            name=type(command).__name__,
            arguments=arguments,
            at=at,
            station=by.station,
            officer_id=by.officer_id,
        )
    )
    return offline.CallNote(request=request, command=command, officer_id=by.officer_id)


def read_notes(office_uid: str, book: OfflineJournal) -> offline.CallNotes:
    """Return this station's notes that are not in the office file, waiting and refused ones."""
    return offline.CallNotes(
        waiting=tuple(_readable_notes(book.noted_calls(office_uid, "open"))),
        refused=tuple(_readable_notes(book.noted_calls(office_uid, "refused"))),
    )


def _readable_notes(operations: Iterable[OfflineOperation]) -> Iterator[offline.CallNote]:
    """Yield the notes that can be read.

    `upload_offline_work` reports the others, which a broken disk has made unreadable, and puts them away.
    """
    for operation in operations:
        with suppress(msgspec.MsgspecError):
            yield offline.CallNote(
                request=operation.request,
                command=msgspec.json.decode(operation.arguments, type=offline.NoteCall),
                officer_id=operation.officer_id,
                why=operation.result,
            )


def may_come_later(office: Office, command: offline.NoteCall) -> bool:
    """Return whether the number of today's call is unknown: the kiosk that gave it may be cut off still."""

    def is_unknown_number_of_today(tx: Transaction) -> bool:
        zone = office_rows.zone(tx)
        day = office_day(command.called_at, zone)
        is_today = day == office_day(office.clock(), zone)
        return is_today and lookup.ticket_of_day(tx, command.label, day) is None

    return office.read(is_unknown_number_of_today)


@handles(offline.NoteCall, needs=Permission.SERVE, answer=tickets.get)
@named(
    "queue note --counter", "Catat panggilan manual NUMBER (A012, AK01) yang terjadi tanpa program, hari ini."
)
def note_call(command: offline.NoteCall, tx: Transaction, context: Context) -> NewEvent:
    """Enter a call by mouth with its true times; nothing is announced.

    If the visitor was at this counter already when the share went away, this ends that serving. A number that
    was closed with its day becomes done or a no-show.
    """
    begin_day(tx, context)
    lookup.require_counter(tx, command.counter)
    _require_order(command)
    command = offline.clamp_to_now(command, context.at)
    ticket = _require_noted_ticket(tx, command, context)
    _write_serving(tx, command, ticket, context)
    tickets.set_state(tx, ticket.id, TicketState.DONE if command.came else TicketState.NO_SHOW)
    ended_ticket = tickets.get(tx, ticket.id)
    if command.came:
        # The visit ends when its number was done. It stays open if something is left to do in it.
        at_end = msgspec.structs.replace(context, at=ended_ticket.finished_at or context.at)
        visit_id = visits.visit_of_ticket(tx, at_end, ticket.id)
        pauses.end_manual(tx, visit_id, at_end.at)
        end_visits.end_if_over(tx, at_end, visit_id)
    times = {
        "called": ended_ticket.called_at,
        "arrived": ended_ticket.arrived_at,
        "ended": ended_ticket.finished_at,
    }
    data = {"label": ticket.label, "counter": command.counter, "came": command.came, **times}
    return NewEvent("ticket.called_by_mouth", "queue", ticket.id, data)


def _write_serving(tx: Transaction, command: offline.NoteCall, ticket: Ticket, context: Context) -> None:
    """End the serving that the number has already, or write a new one."""
    # The clocks of counter and kiosk differ by seconds while both are cut off: a call must not come before
    # its number.
    called_at = max(command.called_at, ticket.issued_at)
    arrived_at = None if command.arrived_at is None else max(command.arrived_at, called_at)
    ended_at = max(command.ended_at or command.called_at, called_at)
    outcome = "done" if command.came else "no_show"
    serving = servings.open_of_ticket(tx, ticket.id)
    if serving is not None:
        if arrived_at is not None and serving.arrived_at is None:
            servings.arrive(tx, serving, arrived_at)
        servings.end(tx, serving, ended_at, outcome)
        return
    new = servings.NewServing(
        ticket_id=ticket.id,
        counter=command.counter,
        service_id=ticket.service_id,
        officer_id=context.by.officer_id,
        day=ticket.day,
        priority=ticket.priority,
        called_at=called_at,
        arrived_at=arrived_at,
        ended_at=ended_at,
        outcome=outcome,
    )
    tickets.set_serving(tx, ticket.id, servings.begin(tx, new))


def _require_order(command: offline.NoteCall) -> None:
    if not offline.are_times_in_order(command):
        raise refuse(
            _("Jam pada catatan {label} tidak berurutan.").format(label=command.label),
            _("Urutannya: dipanggil, mulai, selesai."),
        )


def _require_noted_ticket(tx: Transaction, command: offline.NoteCall, context: Context) -> Ticket:
    """Return the ticket, if the noted call of it can be true.

    Raises:
        UserError: there is no such number, or another officer served or closed it; the words say in which
            state it is.
    """
    zone = context.office.settings.office.zone
    day = office_day(command.called_at, zone)
    ticket = require_found(
        lookup.ticket_of_day(tx, command.label, day),
        _("Nomor {label} tidak ada di antrean {day}.").format(
            label=command.label, day=formats.format_date(date.fromisoformat(day), "short")
        ),
        _("Periksa karcisnya; catat ulang bila salah tulis."),
    )
    was_closed_with_day = ticket.state is TicketState.CANCELLED and day < context.day
    has_come_later = ticket.state is TicketState.NO_SHOW and command.came
    if ticket.state in _NOT_CALLED or was_closed_with_day or has_come_later:
        return ticket
    if ticket.state in _AT_COUNTER and ticket.counter == command.counter:
        serving = servings.open_of_ticket(tx, ticket.id)
        if serving is not None and serving.officer_id == context.by.officer_id:
            return ticket
    words = _("Panggilan manual {label} pukul {time} tidak digabung: nomor itu {state}.")
    if ticket.counter is not None:
        words = _(
            "Panggilan manual {label} pukul {time} tidak digabung: nomor itu {state} (loket {counter})."
        )
    raise refuse(
        words.format(
            label=ticket.label,
            time=formats.format_time(to_datetime(command.called_at, zone)),
            state=ticket.state.word,
            counter=ticket.counter,
        )
    )
