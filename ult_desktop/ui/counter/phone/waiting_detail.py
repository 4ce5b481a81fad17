"""A call of the list: what is known of it, and what can be done about it now."""

from datetime import datetime

from ult_desktop.base.formats import format_time
from ult_desktop.base.i18n import _
from ult_desktop.core.personal import is_masked
from ult_desktop.core.phone.phone_call import Attempt, CallState, PhoneCall
from ult_desktop.core.phone.phone_call import AttemptResult as Result
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.ui.counter.phone.call_words import caller_name, moment_words, number_words
from ult_desktop.ui.kit.actions_row import DetailAction
from ult_desktop.ui.kit.detail import Detail
from ult_desktop.ui.kit.facts import Fact
from ult_desktop.ui.kit.lists.rows import Tag
from ult_desktop.ui.kit.timeline import TimelineEntry

_TONES = {
    CallState.TALKING: "primary",
    CallState.TRANSFERRED: "accent",
    CallState.PROMISED: "accent",
    CallState.ENDED: "ok",
    CallState.LOST: "warn",
}


def show_call(detail: Detail, call: PhoneCall, now: datetime, *, busy: bool, may_open: bool = False) -> None:
    """`busy`: this officer has somebody on the line; `may_open`: he may see the number."""
    detail.show_head(caller_name(call), number_words(call), call_tags(call, now))
    detail.show_facts(_facts(call, now))
    acts = _actions(call, _("Anda sedang dalam telepon lain.") if busy else "")
    eye = DetailAction("contact", _("Tampilkan nomor"), "eye")
    detail.show_actions([*acts, eye] if may_open and is_masked(call.phone) else acts)


def call_tags(call: PhoneCall, now: datetime) -> tuple[Tag, ...]:
    tags = [Tag(call.state.word, _TONES[call.state])]
    if call.is_overdue(to_stamp(now)):
        tags.append(Tag(_("lewat janji"), "danger", "clock-alert"))
    if call.state is CallState.PROMISED and call.answer:
        tags.append(Tag(_("jawaban siap"), "ok", "check"))
    return tuple(tags)


def _facts(call: PhoneCall, now: datetime) -> list[Fact]:
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
        (_("Permohonan"), call.case_number),
        (_("Telepon masuk"), began),
    )
    return [Fact(name, words) for name, words in known if words]


def _actions(call: PhoneCall, busy: str) -> list[DetailAction]:
    case = DetailAction("case", _("Buka permohonan"), "file-text")
    promise = DetailAction("promise", _("Ubah janji …"), "clock")
    give_up = DetailAction("give_up", _("Hentikan …"), "x")
    first = {
        CallState.PROMISED: [
            DetailAction("dial", _("Telepon balik"), "phone-call", role="primary", why=busy),
            promise,
            give_up,
        ],
        CallState.TRANSFERRED: [
            DetailAction("take", _("Terima sambungan"), "phone-call", role="primary", why=busy),
            promise,
            give_up,
        ],
    }
    return [*first.get(call.state, []), *([case] if call.case_id is not None else [])]


def attempt_entries(attempts: tuple[Attempt, ...], now: datetime) -> list[TimelineEntry]:
    return [
        TimelineEntry(
            when=moment_words(to_datetime(each.began_at, now.tzinfo), now),
            icon="phone-call",
            tone="ok" if each.result == Result.REACHED else "warn",
            what=Result(each.result).word.capitalize() if each.result else _("Sedang berdering"),
            who=each.officer,
            note="" if each.ended_at is None else _ended(each.ended_at, now),
        )
        for each in attempts
    ]


def _ended(at: int, now: datetime) -> str:
    return _("sampai {time}").format(time=format_time(to_datetime(at, now.tzinfo)))
