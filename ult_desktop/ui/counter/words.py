"""Words for what a ticket carries, in the language in force."""

from typing import Protocol

from ult_desktop.core.boards import CounterLine, CounterState
from ult_desktop.core.counter_names import counter_name as named
from ult_desktop.core.office_template import Words
from ult_desktop.core.priority_words import ground_word
from ult_desktop.core.ticket import Place, Ticket, known_grounds
from ult_desktop.i18n import _, language


class Served(Protocol):
    """What stands for a service, with its name in both languages."""

    @property
    def service(self) -> str: ...

    @property
    def service_en(self) -> str: ...


def service_name(served: Served) -> str:
    return Words(served.service, served.service_en).within(language())


def priority_words(ticket: Ticket) -> str:
    """Why it goes first, as long as that is known; "" of a regular number."""
    if not ticket.priority:
        return ""
    return ", ".join(ground_word(each) for each in known_grounds(ticket.grounds)) or _("prioritas")


def place_word(ticket: Ticket) -> str:
    """How the ticket came to its place, where that is not by simply taking a number."""
    if ticket.place is Place.TRANSFERRED:
        return _("alihan dari loket {n}").format(n=ticket.sender_counter or "?")
    return {Place.RETURNED: _("datang kembali"), Place.APPOINTMENT: _("janji temu")}.get(ticket.place, "")


def counter_name(line: CounterLine) -> str:
    return named(line.number, line.name)


COUNTER_TONES = {
    CounterState.OPEN: ("ok", "door-open"),
    CounterState.PAUSED: ("warn", "coffee"),
    CounterState.CLOSED: ("primary", "door-closed"),
}
