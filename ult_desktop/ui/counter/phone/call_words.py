"""The words of calls: lines of the list (who waits for the office first, then today's), and one in full."""

from datetime import datetime
from enum import StrEnum

from ult_desktop.base import _, formats
from ult_desktop.core.phone.phone_call import Attempt, AttemptResult as Result, CallState, PhoneCall
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.phone_calls import PhoneBoard
from ult_desktop.ui.kit import detail, lists, timeline


class CallStage(StrEnum):
    """The next act of the officer with the caller on the line."""

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
    """Return the hour alone if it is today's ("10.00"), else with its day ("Sel, 24 Nov 10.00")."""
    if at.date() == now.date():
        return formats.format_time(at)
    return f"{formats.format_date(at.date(), 'medium')} {formats.format_time(at)}"


def caller_name(call: PhoneCall) -> str:
    return call.name or _("Penelepon belum dicatat")


def number_words(call: PhoneCall) -> str:
    """Return number, institution and regency, if known."""
    return " · ".join(part for part in (call.phone, call.institution, call.regency) if part)


BACK, OVERDUE = "back", "overdue"
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
        lists.Filter(BACK, _("Telepon balik")),
        lists.Filter(OVERDUE, _("Lewat janji"), tone="danger"),
    )


def call_rows(board: PhoneBoard, now: datetime) -> list[lists.ListRow]:
    """Return the rows of the calls, each call once."""
    waiting = {call.visit_id for call in board.waiting}
    others = [call for call in board.today if call.visit_id not in waiting]
    return [_row(call, now) for call in (*board.waiting, *others)]


def _row(call: PhoneCall, now: datetime) -> lists.ListRow:
    icon, tint = _LOOKS[call.state]
    late = call.is_overdue(to_stamp(now))
    waits = call.state in (CallState.PROMISED, CallState.TRANSFERRED)
    found = ((BACK, waits), (OVERDUE, late))
    return lists.ListRow(
        id=call.visit_id,
        title=caller_name(call),
        subtitle=call.question or call.state.word,
        aside=_aside(call, now),
        icon=icon,
        tint=tint,
        tags=_tag(call),
        groups=frozenset(name for name, true in found if true),
        strong=call.state is CallState.TRANSFERRED,
        side_tone="danger" if late else "",
        search=" ".join((call.phone, call.institution, call.regency, call.case_number)),
    )


def _aside(call: PhoneCall, now: datetime) -> str:
    """Return until when a call-back is promised; without a promise, when the call came in."""
    if call.state is CallState.PROMISED and call.promised_at is not None:
        return _("s.d. {time}").format(time=moment_words(to_datetime(call.promised_at, now.tzinfo), now))
    return formats.format_time(to_datetime(call.began_at, now.tzinfo))


def _tag(call: PhoneCall) -> tuple[lists.Tag, ...]:
    """Return the tag of what is to be done with the call. Lateness is shown by its bar and its filter."""
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
    return (
        lists.Tag(_("jawaban siap"), "ok") if call.answer else lists.Tag(_("menunggu jawaban"), "accent"),
    )


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
    known = (
        (_("Pertanyaan"), call.question),
        (_("Jawaban"), call.answer),
        (_("Data pendukung"), call.supporting),
        (_("Dijanjikan sampai"), promised),
        (_("Nomor permohonan"), call.case_number),
        (_("Telepon masuk"), began),
    )
    return [detail.Fact(name, words) for name, words in known if words]


def attempt_entries(attempts: tuple[Attempt, ...], now: datetime) -> list[timeline.TimelineEntry]:
    return [
        timeline.TimelineEntry(
            when=moment_words(to_datetime(each.began_at, now.tzinfo), now),
            icon="phone-call",
            tone="ok" if each.result == Result.REACHED else "warn",
            what=Result(each.result).word.capitalize() if each.result else _("Sedang berdering"),
            who=each.officer,
            note=""
            if each.ended_at is None
            else _("sampai {time}").format(time=formats.format_time(to_datetime(each.ended_at, now.tzinfo))),
        )
        for each in attempts
    ]
