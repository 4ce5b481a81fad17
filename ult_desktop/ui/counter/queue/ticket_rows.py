"""The lines of the lists of tickets, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from ult_desktop.base import _
from ult_desktop.core.queue import boards, ticket as queue_ticket
from ult_desktop.ui.counter.words import in_minutes, place_word, priority_words, service_name, waiting_ms


@dataclass(frozen=True)
class TicketRow:
    """A row of a list, in words.

    `aside` is at the right: a time. `elsewhere`: other counters serve this one.
    """

    ticket: queue_ticket.Ticket
    service: str
    marks: str
    aside: str
    is_next: bool = False
    elsewhere: bool = False

    @property
    def key(self) -> object:
        return self.ticket.id

    @property
    def tip(self) -> str:
        return self.ticket.remark

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        following = _("berikutnya") if self.is_next else ""
        parts = (self.ticket.label, self.service, self.marks, self.aside, following)
        return ", ".join(part for part in parts if part)

    def matches(self, search: str) -> bool:
        """Return whether every typed word occurs in the row, in any case."""
        text = self.spoken.casefold()
        return all(word in text for word in search.casefold().split())


def rows_of(tickets: Sequence[queue_ticket.Ticket], board: boards.CounterBoard, now: int) -> list[TicketRow]:
    """Return tickets as rows at `now` (UTC ms), seen from the board's counter."""
    next_id = board.next_up.id if board.next_up else None
    return [
        TicketRow(
            ticket=ticket,
            service=service_name(ticket),
            marks=" · ".join(_marks(ticket, board)),
            aside=_aside(ticket, now),
            is_next=ticket.id == next_id,
            elsewhere=not _is_for(ticket, board.mine),
        )
        for ticket in tickets
    ]


def _is_for(ticket: queue_ticket.Ticket, counter: boards.CounterStatus) -> bool:
    return counter.scope.may_call(ticket)


def _sent_to(ticket: queue_ticket.Ticket, counter: boards.CounterStatus) -> str:
    if ticket.target_officer_id is None:
        return _("untuk loket ini") if ticket.target_counter == counter.number else ""
    if ticket.target_officer_id == counter.officer_id:
        return _("untuk Anda")
    return _("untuk {officer}").format(officer=ticket.target_officer)


def _marks(ticket: queue_ticket.Ticket, board: boards.CounterBoard) -> list[str]:
    counter, guest = board.mine, board.seats.of_ticket(ticket.id)
    waits = ticket.state is queue_ticket.TicketState.WAITING
    marks = (
        priority_words(ticket),
        *(wanted.word for wanted in ticket.help),
        _("duduk") if guest is not None and guest.sits else "",
        place_word(ticket),
        _sent_to(ticket, counter),
        _("loket lain") if waits and not _is_for(ticket, counter) else "",
        ticket.remark,
    )
    return [mark for mark in marks if mark]


def _aside(ticket: queue_ticket.Ticket, now: int) -> str:
    if ticket.state is queue_ticket.TicketState.NO_SHOW and ticket.finished_at is not None:
        return _("{time} lalu").format(time=in_minutes(now - ticket.finished_at))
    return in_minutes(waiting_ms(ticket, now))
