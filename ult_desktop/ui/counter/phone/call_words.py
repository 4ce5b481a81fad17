"""Calls in words, and what comes next in one."""

from datetime import datetime
from enum import StrEnum

from ult_desktop.base.formats import format_date, format_time
from ult_desktop.base.i18n import _
from ult_desktop.core.phone.phone_call import PhoneCall


class CallStage(StrEnum):
    """What the officer does next with the caller on the line."""

    RECORD = "record"
    DECIDE = "decide"
    TELL = "tell"
    CLOSE = "close"


def stage_of(call: PhoneCall) -> CallStage:
    if not call.is_recorded:
        return CallStage.RECORD
    if call.told_at is not None:
        return CallStage.CLOSE
    return CallStage.TELL if call.forwarded else CallStage.DECIDE


def moment_words(at: datetime, now: datetime) -> str:
    """The hour alone if it is today's ("10.00"), else with its day ("Sel, 24 Nov 10.00")."""
    if at.date() == now.date():
        return format_time(at)
    return f"{format_date(at.date(), 'medium')} {format_time(at)}"


def caller_name(call: PhoneCall) -> str:
    return call.name or _("Penelepon belum dicatat")


def number_words(call: PhoneCall) -> str:
    """Number and place, what there is of them."""
    return " · ".join(part for part in (call.phone, call.institution, call.regency) if part)
