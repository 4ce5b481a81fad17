"""Calls as lines of the list: who waits for the office first, then what came in today."""

from datetime import datetime

from ult_desktop.base.formats import format_time
from ult_desktop.base.i18n import _
from ult_desktop.core.phone.phone_call import AttemptResult as Result
from ult_desktop.core.phone.phone_call import (
    CallState,
    PhoneCall,
    result_word,
    state_word,
)
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.phone.phone_calls import PhoneBoard
from ult_desktop.ui.counter.phone.call_words import caller_name, moment_words
from ult_desktop.ui.kit.lists.filter_bar import Filter
from ult_desktop.ui.kit.lists.rows import ListRow
from ult_desktop.ui.kit.lists.tag import Tag

BACK, OVERDUE = "back", "overdue"
_LOOKS = {
    CallState.TALKING: ("phone-call", "green"),
    CallState.TRANSFERRED: ("phone-call", "amber"),
    CallState.PROMISED: ("phone", "amber"),
    CallState.ENDED: ("check", "slate"),
    CallState.LOST: ("x", "slate"),
}


def call_filters() -> tuple[Filter, ...]:
    return (
        Filter("", _("Semua")),
        Filter(BACK, _("Telepon balik")),
        Filter(OVERDUE, _("Lewat janji"), tone="danger"),
    )


def call_rows(board: PhoneBoard, now: datetime) -> list[ListRow]:
    """Each call once."""
    waiting = {call.visit_id for call in board.waiting}
    others = [call for call in board.today if call.visit_id not in waiting]
    return [_row(call, now) for call in (*board.waiting, *others)]


def _row(call: PhoneCall, now: datetime) -> ListRow:
    icon, tint = _LOOKS[call.state]
    late = call.is_overdue(to_stamp(now))
    return ListRow(
        id=call.visit_id,
        title=caller_name(call),
        subtitle=call.question or state_word(call.state),
        aside=_aside(call, now),
        icon=icon,
        tint=tint,
        tags=_tag(call),
        groups=_groups(call, late=late),
        strong=call.state is CallState.TRANSFERRED,
        side_tone="danger" if late else "",
        search=" ".join((call.phone, call.institution, call.regency, call.case_number)),
    )


def _aside(call: PhoneCall, now: datetime) -> str:
    """Until when, for a promise; else when it came in."""
    if call.state is CallState.PROMISED and call.promised_at is not None:
        return _("s.d. {time}").format(time=moment_words(to_datetime(call.promised_at, now.tzinfo), now))
    return format_time(to_datetime(call.began_at, now.tzinfo))


def _tag(call: PhoneCall) -> tuple[Tag, ...]:
    """The one word that decides what to do with it; lateness is told by the bar and the filter."""
    if call.state is CallState.TRANSFERRED:
        return (Tag(_("di saluran"), "accent"),)
    if call.state is CallState.TALKING:
        return (Tag(state_word(call.state), "primary"),)
    if call.state is CallState.LOST:
        return (Tag(state_word(call.state), "warn"),)
    if call.state is CallState.ENDED:
        return ()
    if call.last_result:
        words = _("{n}× {result}").format(n=call.attempts, result=result_word(Result(call.last_result)))
        return (Tag(words, "warn"),)
    return (Tag(_("jawaban siap"), "ok") if call.answer else Tag(_("menunggu jawaban"), "accent"),)


def _groups(call: PhoneCall, *, late: bool) -> frozenset[str]:
    waits = call.state in (CallState.PROMISED, CallState.TRANSFERRED)
    found = ((BACK, waits), (OVERDUE, late))
    return frozenset(name for name, true in found if true)
