"""The words about a telephone call: its row in the list, tags, facts, attempts, and the stage it is in."""

from datetime import datetime
from enum import StrEnum

from ult_desktop.base import _, formats
from ult_desktop.core.phone.phone_call import Attempt, AttemptResult as Result, CallState, PhoneCall
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.phone_calls import PhoneBoard
from ult_desktop.ui.kit import detail, lists, timeline


class CallStage(StrEnum):
    """The stages of a call, named after what the officer on the line does next.

    RECORD who calls, DECIDE whether to answer at once, TELL the answer to a forwarded call, CLOSE the call.
    """

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
    """Return the hour of a moment today ("10.00"), or day and hour of another ("Sel, 24 Nov 10.00")."""
    if at.date() == now.date():
        return formats.format_time(at)
    return formats.format_near_moment(at, now.date())


def caller_name(call: PhoneCall) -> str:
    return call.name or _("Penelepon belum dicatat")


def number_words(call: PhoneCall) -> str:
    """Return the telephone number, the institution and the regency, as far as they are known."""
    return " · ".join(part for part in (call.phone, call.institution, call.regency) if part)


TO_CALL_BACK, OVERDUE = "back", "overdue"  # names of filters of the list
_LOOKS = {
    CallState.TALKING: ("phone-call", "green"),
    CallState.TRANSFERRED: ("phone-call", "amber"),
    CallState.PROMISED: ("phone", "amber"),
    CallState.ENDED: ("check", "slate"),
    CallState.LOST: ("x", "slate"),
}


def call_filters() -> tuple[lists.Filter, ...]:
    return (
        lists.Filter("", _("Semua")),
        lists.Filter(TO_CALL_BACK, _("Telepon balik")),
        lists.Filter(OVERDUE, _("Lewat janji"), tone="danger"),
    )


def call_rows(board: PhoneBoard, now: datetime) -> list[lists.ListRow]:
    """Return the rows of the calls: those that wait for the office, then today's others."""
    waiting_ids = {call.visit_id for call in board.waiting}
    others = [call for call in board.today if call.visit_id not in waiting_ids]
    return [_row(call, now) for call in (*board.waiting, *others)]


def _row(call: PhoneCall, now: datetime) -> lists.ListRow:
    icon, tint = _LOOKS[call.state]
    is_late = call.is_overdue(to_stamp(now))
    if call.state is CallState.PROMISED and call.promised_at is not None:
        promised = moment_words(to_datetime(call.promised_at, now.tzinfo), now)
        aside = _("s.d. {time}").format(time=promised)
    else:
        aside = formats.format_time(to_datetime(call.began_at, now.tzinfo))
    groups = {TO_CALL_BACK: call.state in (CallState.PROMISED, CallState.TRANSFERRED), OVERDUE: is_late}
    return lists.ListRow(
        id=call.visit_id,
        title=caller_name(call),
        subtitle=call.question or call.state.word,
        aside=aside,
        icon=icon,
        tint=tint,
        tags=_row_tags(call),
        groups=frozenset(group for group, is_in in groups.items() if is_in),
        strong=call.state is CallState.TRANSFERRED,
        side_tone="danger" if is_late else "",
        search=" ".join((call.phone, call.institution, call.regency, call.case_number)),
    )


def _row_tags(call: PhoneCall) -> tuple[lists.Tag, ...]:
    """Return the tag for what is to be done with the call. Lateness has no tag: the row has a red bar."""
    if call.state is CallState.TRANSFERRED:
        return (lists.Tag(_("di saluran"), "accent"),)
    if call.state is CallState.TALKING:
        return (lists.Tag(call.state.word, "primary"),)
    if call.state is CallState.LOST:
        return (lists.Tag(call.state.word, "warn"),)
    if call.state is CallState.ENDED:
        return ()
    if call.last_result:
        words = _("{n}× {result}").format(n=call.attempts, result=Result(call.last_result).word)
        return (lists.Tag(words, "warn"),)
    if call.answer:
        return (lists.Tag(_("jawaban siap"), "ok"),)
    return (lists.Tag(_("menunggu jawaban"), "accent"),)


_TONES = {
    CallState.TALKING: "primary",
    CallState.TRANSFERRED: "accent",
    CallState.PROMISED: "accent",
    CallState.ENDED: "ok",
    CallState.LOST: "warn",
}


def call_tags(call: PhoneCall, now: datetime) -> tuple[lists.Tag, ...]:
    tags = [lists.Tag(call.state.word, _TONES[call.state])]
    if call.is_overdue(to_stamp(now)):
        tags.append(lists.Tag(_("lewat janji"), "danger", "clock-alert"))
    if call.state is CallState.PROMISED and call.answer:
        tags.append(lists.Tag(_("jawaban siap"), "ok", "check"))
    return tuple(tags)


def call_facts(call: PhoneCall, now: datetime) -> list[detail.Fact]:
    began = _("{time} oleh {officer}").format(
        time=moment_words(to_datetime(call.began_at, now.tzinfo), now), officer=call.taken_by
    )
    promised = (
        "" if call.promised_at is None else moment_words(to_datetime(call.promised_at, now.tzinfo), now)
    )
    return [
        detail.Fact(_("Pertanyaan"), call.question),
        detail.Fact(_("Jawaban"), call.answer),
        detail.Fact(_("Data pendukung"), call.supporting),
        detail.Fact(_("Dijanjikan sampai"), promised),
        detail.Fact(_("Nomor permohonan"), call.case_number),
        detail.Fact(_("Telepon masuk"), began),
    ]


def attempt_entries(attempts: tuple[Attempt, ...], now: datetime) -> list[timeline.TimelineEntry]:
    return [
        timeline.TimelineEntry(
            when=moment_words(to_datetime(attempt.began_at, now.tzinfo), now),
            icon="phone-call",
            tone="ok" if attempt.result == Result.REACHED else "warn",
            what=Result(attempt.result).word.capitalize() if attempt.result else _("Sedang berdering"),
            who=attempt.officer,
            note=""
            if attempt.ended_at is None
            else _("sampai {time}").format(
                time=formats.format_time(to_datetime(attempt.ended_at, now.tzinfo))
            ),
        )
        for attempt in attempts
    ]
