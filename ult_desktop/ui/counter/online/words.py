"""A request in words and colours: rows of the list, facts, its clock, its timeline."""

from datetime import datetime

from ult_desktop.base.formats import format_date, format_time
from ult_desktop.base.i18n import _
from ult_desktop.core.cases.case import CaseEntry
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.timeline_words import EntryKind, entry_word
from ult_desktop.core.online.clock import (
    DueClock,
    OnlineInboxRow,
    RequestCard,
    Urgency,
)
from ult_desktop.core.online.online_request import (
    TAKEN,
    OnlineRequest,
    OnlineRequestRow,
    OnlineSource,
    OnlineState,
)
from ult_desktop.core.stamps import to_datetime
from ult_desktop.ui.kit.facts import Fact
from ult_desktop.ui.kit.lists.filter_bar import Filter
from ult_desktop.ui.kit.lists.rows import ListRow, Tag
from ult_desktop.ui.kit.timeline import TimelineEntry, when_words

LATE = "late"
_ICONS = {
    OnlineSource.SEMPENA: ("globe", "blue"),
    OnlineSource.EMAIL: ("mail", "violet"),
    OnlineSource.WHATSAPP: ("message-circle", "green"),
    OnlineSource.LETTER: ("file-text", "amber"),
}
_STATE_TONES = {
    OnlineState.NEW: "accent",
    OnlineState.IN_PROGRESS: "primary",
    OnlineState.ANSWERED: "ok",
    OnlineState.CLOSED: "ok",
}
_ENTRY_LOOKS: dict[str, tuple[str, str]] = {
    TAKEN: ("user-check", "primary"),
    EntryKind.OPENED: ("globe", "primary"),
    EntryKind.ESCALATED: ("share-2", "priority"),
    EntryKind.RETURNED: ("undo-2", "priority"),
    EntryKind.ANSWER: ("pen-line", "primary"),
    EntryKind.DELIVERED: ("send", "ok"),
    EntryKind.CLOSED: ("check", "ok"),
}
USUAL_WAY: dict[OnlineSource, DeliveryChannel] = {
    OnlineSource.SEMPENA: DeliveryChannel.APPLICATION,
    OnlineSource.EMAIL: DeliveryChannel.EMAIL,
    OnlineSource.WHATSAPP: DeliveryChannel.WHATSAPP,
    OnlineSource.LETTER: DeliveryChannel.LETTER,
}


def request_filters() -> tuple[Filter, ...]:
    states = tuple(Filter(state, state.word) for state in OnlineState)
    return (Filter("", _("Semua")), Filter(LATE, _("Lewat batas"), tone="danger"), *states)


def request_row(line: OnlineInboxRow, now: datetime) -> ListRow:
    request, clock = line.request, line.clock
    icon, tint = _ICONS[request.source]
    is_late = clock.tone is Urgency.DANGER and request.answered_at is None and not _is_closed(request)
    return ListRow(
        id=request.id,
        title=request.name,
        subtitle=" · ".join(part for part in (request.number, request.topic) if part),
        aside=due_words(clock, request, now),
        icon=icon,
        tint=tint,
        tags=state_tags(request),
        groups=frozenset({request.state.value, *({LATE} if is_late else ())}),
        strong=request.state is OnlineState.NEW,
        side_tone="danger" if is_late else "warn" if clock.tone is Urgency.WARN else "",
        search=f"{request.institution} {request.source.word} {request.owner}",
    )


def state_tags(request: OnlineRequestRow | OnlineRequest) -> tuple[Tag, ...]:
    if request.with_other_desk:
        return (Tag(_("di unit lain"), "priority", "share-2"),)
    return (Tag(request.state.word, _STATE_TONES[request.state]),)


def due_words(clock: DueClock, request: OnlineRequestRow | OnlineRequest, now: datetime) -> str:
    """As in "sisa 2 hari kerja", "hari ini 16.00", "lewat 1 hari kerja"."""
    is_late = clock.tone is Urgency.DANGER
    if request.answered_at is not None:
        return _("dijawab terlambat") if is_late else _("dijawab tepat waktu")
    if _is_closed(request):
        return _("ditutup")
    if clock.days:
        words = _("lewat {n} hari kerja") if is_late else _("sisa {n} hari kerja")
        return words.format(n=clock.days)
    words = _("lewat {time}") if is_late else _("hari ini {time}")
    return words.format(time=format_time(to_datetime(clock.due_at, now.tzinfo)))


def _is_closed(request: OnlineRequestRow | OnlineRequest) -> bool:
    return request.state is OnlineState.CLOSED


def moment_words(at: int, now: datetime) -> str:
    """A day and time in the office's zone: "Jum, 20 Nov 09.30"."""
    moment = to_datetime(at, now.tzinfo)
    return f"{format_date(moment.date(), 'medium')} {format_time(moment)}"


def request_facts(request: OnlineRequest, now: datetime) -> list[Fact]:
    return [
        Fact(_("Instansi"), request.institution),
        Fact(_("Kabupaten/Kota"), request.regency),
        Fact(_("Jabatan"), request.occupation),
        Fact(_("Telepon"), request.phone),
        Fact(_("Surel"), request.email),
        Fact(_("Layanan"), request.service),
        Fact(_("Nomor dari sumber"), request.external_id),
        Fact(_("Dikirim"), moment_words(request.sent_at, now)),
        Fact(_("Batas jawaban"), moment_words(request.due_at, now)),
        Fact(_("Ditangani"), request.owner),
        Fact(_("Evaluasi"), _("terisi") if request.evaluated else ""),
    ]


def entries(card: RequestCard, now: datetime) -> list[TimelineEntry]:
    """The case's timeline, the latest first."""
    return [_entry(entry, now) for entry in reversed(card.entries)]


def _entry(entry: CaseEntry, now: datetime) -> TimelineEntry:
    icon, tone = _ENTRY_LOOKS.get(entry.kind, ("circle-dot", "primary"))
    who = entry.officer
    if entry.acting_for:
        who = _("{name} a.n. {absent}").format(name=entry.officer, absent=entry.acting_for)
    head = _("Ditangani") if entry.kind == TAKEN else entry_word(entry.kind)
    return TimelineEntry(
        when=when_words(entry.at, now),
        what=head or entry.text,
        who=who,
        note=entry.text if head and entry.kind not in (TAKEN, EntryKind.OPENED) else "",
        icon=icon,
        tone=tone,
    )
