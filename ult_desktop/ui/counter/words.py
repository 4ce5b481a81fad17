"""Words for what a ticket carries, in the language in force."""

from typing import Protocol

from ult_desktop.base.i18n import _, language
from ult_desktop.core.office.template import Words
from ult_desktop.core.queue.boards import CounterState, CounterStatus
from ult_desktop.core.queue.counter_names import counter_name as named
from ult_desktop.core.queue.priority_words import reason_word
from ult_desktop.core.queue.ticket import QueuePosition, Ticket, readable_reasons


class HasServiceName(Protocol):
    """What stands for a service, with its name in both languages."""

    @property
    def service(self) -> str: ...

    @property
    def service_en(self) -> str: ...


def service_name(served: HasServiceName) -> str:
    return Words(served.service, served.service_en).within(language())


def priority_words(ticket: Ticket) -> str:
    """Why it goes first, as long as that is known; "" of a regular number."""
    if not ticket.priority:
        return ""
    return ", ".join(reason_word(each) for each in readable_reasons(ticket.grounds)) or _("prioritas")


def place_word(ticket: Ticket) -> str:
    """How the ticket came to its place, where that is not by simply taking a number."""
    if ticket.place is QueuePosition.TRANSFERRED:
        return _("alihan dari loket {n}").format(n=ticket.sender_counter or "?")
    return {QueuePosition.RETURNED: _("datang kembali"), QueuePosition.APPOINTMENT: _("janji temu")}.get(
        ticket.place, ""
    )


def counter_name(line: CounterStatus) -> str:
    return named(line.number, line.name)


COUNTER_TONES = {
    CounterState.OPEN: ("ok", "door-open"),
    CounterState.PAUSED: ("warn", "coffee"),
    CounterState.CLOSED: ("primary", "door-closed"),
}
