"""The words for a ticket's service, priority and place in line, for counters and for durations.

All stamps are UTC milliseconds.
"""

from collections.abc import Iterable
from typing import Protocol

from ult_desktop.base import WordEnum, _, language
from ult_desktop.core.office.template import Words
from ult_desktop.core.queue import boards, ticket as queue_ticket
from ult_desktop.core.stamps import MINUTE_MS


class HasServiceName(Protocol):
    """A record with the name of its service in both languages."""

    @property
    def service(self) -> str: ...

    @property
    def service_en(self) -> str: ...


def options_of(kinds: Iterable[WordEnum]) -> list[tuple[WordEnum, str]]:
    """Return the options of a field: each value with its word, in the order of `kinds`."""
    return [(kind, kind.word) for kind in kinds]


def service_name(record: HasServiceName) -> str:
    return Words(record.service, record.service_en).within(language())


def priority_words(ticket: queue_ticket.Ticket) -> str:
    """Return why a ticket has priority; "" for a regular one. After its reasons are erased: "prioritas"."""
    if not ticket.priority:
        return ""
    reasons = queue_ticket.readable_reasons(ticket.grounds)
    return ", ".join(reason.word for reason in reasons) or _("prioritas")


def place_word(ticket: queue_ticket.Ticket) -> str:
    """Return how the ticket came to its place in line, if not by simply taking a number."""
    if ticket.place is queue_ticket.QueuePosition.TRANSFERRED:
        return _("alihan dari loket {n}").format(n=ticket.sender_counter or "?")
    return {
        queue_ticket.QueuePosition.RETURNED: _("datang kembali"),
        queue_ticket.QueuePosition.APPOINTMENT: _("janji temu"),
    }.get(ticket.place, "")


def counter_name(status: boards.CounterStatus) -> str:
    return boards.counter_name(status.number, status.name)


COUNTER_TONES = {  # tone and icon of a pill
    boards.CounterState.OPEN: ("ok", "door-open"),
    boards.CounterState.PAUSED: ("warn", "coffee"),
    boards.CounterState.CLOSED: ("primary", "door-closed"),
}


NO_DATA = "-"


def minutes_in_words(ms: int) -> str:
    """Return a duration (ms) in whole minutes, in words: "12 mnt". It changes only once a minute."""
    minutes = max(0, ms) // MINUTE_MS
    if minutes < 1:
        return _("< 1 mnt")
    if minutes < 60:
        return _("{n} mnt").format(n=minutes)
    return _("{h} j {m:02} m").format(h=minutes // 60, m=minutes % 60)


def seconds_in_words(seconds: int | None) -> str:
    """Return a duration (s) in words: "12 mnt", "45 dtk", a dash without data."""
    if seconds is None:
        return NO_DATA
    if seconds < 60:
        return _("{n} dtk").format(n=seconds)
    minutes = (seconds + 30) // 60
    return _("{n} mnt").format(n=minutes) if minutes < 60 else minutes_in_words(minutes * MINUTE_MS)


def waiting_ms(ticket: queue_ticket.Ticket, now: int) -> int:
    """Return how long (ms) a ticket has waited in its present queue. A transfer starts the wait again."""
    since = ticket.queued_at if ticket.place is queue_ticket.QueuePosition.TRANSFERRED else ticket.issued_at
    return max(0, now - since)
