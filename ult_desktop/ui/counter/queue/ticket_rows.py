"""What a list shows of each ticket, and the model that hands it to the view."""

from collections.abc import Sequence
from dataclasses import dataclass

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.boards import CounterBoard, CounterStatus
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.ui.counter.words import (
    in_minutes,
    place_word,
    priority_words,
    service_name,
    waiting_ms,
)
from ult_desktop.ui.kit.lists.sifted_model import FilteredModel


@dataclass(frozen=True)
class TicketRow:
    """One line of a list, in words.

    `aside` stands at the right: a time. `elsewhere`: other counters serve this one.
    """

    ticket: Ticket
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
        """Whether every word typed stands somewhere in the row, whatever its case."""
        text = self.spoken.casefold()
        return all(word in text for word in search.casefold().split())


def rows_of(tickets: Sequence[Ticket], board: CounterBoard, now: int) -> list[TicketRow]:
    """Tickets as lines at `now` (UTC ms), seen from the board's counter."""
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


def _is_for(ticket: Ticket, counter: CounterStatus) -> bool:
    if ticket.target_counter is not None:
        return ticket.target_counter == counter.number
    return ticket.service_id in counter.serves


def _marks(ticket: Ticket, board: CounterBoard) -> list[str]:
    counter, guest = board.mine, board.seats.of_ticket(ticket.id)
    sent_here = ticket.target_counter is not None and ticket.target_counter == counter.number
    waits = ticket.state is TicketState.WAITING
    marks = (
        priority_words(ticket),
        *(wanted.word for wanted in ticket.help),
        _("duduk") if guest is not None and guest.sits else "",
        place_word(ticket),
        _("untuk loket ini") if sent_here else "",
        _("loket lain") if waits and not _is_for(ticket, counter) else "",
        ticket.remark,
    )
    return [mark for mark in marks if mark]


def _aside(ticket: Ticket, now: int) -> str:
    if ticket.state is TicketState.NO_SHOW and ticket.finished_at is not None:
        return _("{time} lalu").format(time=in_minutes(now - ticket.finished_at))
    return in_minutes(waiting_ms(ticket, now))


class TicketModel(FilteredModel[TicketRow]):
    """The rows of one list, those that match what is searched for."""

    def __init__(self) -> None:
        super().__init__()
        self._search = ""

    def search(self, text: str) -> None:
        self._search = text
        self.sift()

    @override
    def is_wanted(self, row: TicketRow) -> bool:
        return row.matches(self._search)
