"""Durations and hours as an officer reads them. All stamps are UTC milliseconds."""

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.ticket import QueuePosition, Ticket
from ult_desktop.core.stamps import MINUTE_MS

NOTHING = "-"


def in_minutes(ms: int) -> str:
    """A waiting time in whole minutes: calm, it changes once a minute."""
    minutes = max(0, ms) // MINUTE_MS
    if minutes < 1:
        return _("< 1 mnt")
    if minutes < 60:
        return _("{n} mnt").format(n=minutes)
    return _("{h} j {m:02} m").format(h=minutes // 60, m=minutes % 60)


def seconds_in_words(seconds: int | None) -> str:
    """A median: "12 mnt", "45 dtk", a dash without data."""
    if seconds is None:
        return NOTHING
    if seconds < 60:
        return _("{n} dtk").format(n=seconds)
    minutes = (seconds + 30) // 60
    return _("{n} mnt").format(n=minutes) if minutes < 60 else in_minutes(minutes * MINUTE_MS)


def waited(ticket: Ticket, now: int) -> int:
    """How long a ticket has waited in its present queue; a transferred one began again there."""
    since = ticket.queued_at if ticket.place is QueuePosition.TRANSFERRED else ticket.issued_at
    return max(0, now - since)
