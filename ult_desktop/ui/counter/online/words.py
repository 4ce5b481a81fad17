"""A request in words and colours: rows of the list, facts, its clock, its timeline."""

from datetime import datetime

from ult_desktop.base import _, counted, formats
from ult_desktop.core.access.roles import acting_words
from ult_desktop.core.cases import case, delivery, timeline_words
from ult_desktop.core.fields import head_words
from ult_desktop.core.online import clock as online_clock, online_request
from ult_desktop.core.person import Person
from ult_desktop.core.stamps import to_datetime
from ult_desktop.ui.kit import detail, lists, timeline

LATE = "late"
_ICONS = {
    online_request.OnlineSource.SEMPENA: ("globe", "blue"),
    online_request.OnlineSource.EMAIL: ("mail", "violet"),
    online_request.OnlineSource.WHATSAPP: ("message-circle", "green"),
    online_request.OnlineSource.LETTER: ("file-text", "amber"),
}
_STATE_TONES = {
    online_request.OnlineState.NEW: "accent",
    online_request.OnlineState.IN_PROGRESS: "primary",
    online_request.OnlineState.ANSWERED: "ok",
    online_request.OnlineState.CLOSED: "ok",
}
_ENTRY_LOOKS: dict[str, tuple[str, str]] = {
    online_request.TAKEN: ("user-check", "primary"),
    timeline_words.EntryKind.OPENED: ("globe", "primary"),
    timeline_words.EntryKind.ESCALATED: ("share-2", "priority"),
    timeline_words.EntryKind.RETURNED: ("undo-2", "priority"),
    timeline_words.EntryKind.ANSWER: ("pen-line", "primary"),
    timeline_words.EntryKind.DELIVERED: ("send", "ok"),
    timeline_words.EntryKind.CLOSED: ("check", "ok"),
}
USUAL_WAY: dict[online_request.OnlineSource, delivery.DeliveryChannel] = {
    online_request.OnlineSource.SEMPENA: delivery.DeliveryChannel.APPLICATION,
    online_request.OnlineSource.EMAIL: delivery.DeliveryChannel.EMAIL,
    online_request.OnlineSource.WHATSAPP: delivery.DeliveryChannel.WHATSAPP,
    online_request.OnlineSource.LETTER: delivery.DeliveryChannel.LETTER,
}


def request_filters() -> tuple[lists.Filter, ...]:
    states = tuple(lists.Filter(state, state.word) for state in online_request.OnlineState)
    return (lists.Filter("", _("Semua")), lists.Filter(LATE, _("Lewat batas"), tone="danger"), *states)


def request_row(line: online_clock.OnlineInboxRow, now: datetime) -> lists.ListRow:
    request, clock = line.request, line.clock
    icon, tint = _ICONS[request.source]
    is_late = (
        clock.tone is online_clock.Urgency.DANGER and request.answered_at is None and not _is_closed(request)
    )
    return lists.ListRow(
        id=request.id,
        title=request.name,
        subtitle=" · ".join(part for part in (request.number, request.topic) if part),
        aside=due_words(clock, request, now),
        icon=icon,
        tint=tint,
        tags=state_tags(request),
        groups=frozenset({request.state.value, *({LATE} if is_late else ())}),
        strong=request.state is online_request.OnlineState.NEW,
        side_tone="danger" if is_late else "warn" if clock.tone is online_clock.Urgency.WARN else "",
        search=" ".join(
            (request.case_number, request.institution, request.source.word, request.owner, request.phone)
        ),
    )


def state_tags(
    request: online_request.OnlineRequestRow | online_request.OnlineRequest,
) -> tuple[lists.Tag, ...]:
    if request.with_other_desk:
        return (lists.Tag(_("di unit lain"), "priority", "share-2"),)
    return (lists.Tag(request.state.word, _STATE_TONES[request.state]),)


def due_words(
    clock: online_clock.DueClock,
    request: online_request.OnlineRequestRow | online_request.OnlineRequest,
    now: datetime,
) -> str:
    """Return the words for a due time: "sisa 2 hari kerja", "hari ini 16.00", "lewat 1 hari kerja"."""
    is_late = clock.tone is online_clock.Urgency.DANGER
    if request.answered_at is not None:
        return _("dijawab terlambat") if is_late else _("dijawab tepat waktu")
    if _is_closed(request):
        return _("ditutup")
    if clock.days:
        days = clock.days
        return counted("lewat {n} hari kerja", days) if is_late else counted("sisa {n} hari kerja", days)
    words = _("lewat {time}") if is_late else _("hari ini {time}")
    return words.format(time=formats.format_time(to_datetime(clock.due_at, now.tzinfo)))


def _is_closed(request: online_request.OnlineRequestRow | online_request.OnlineRequest) -> bool:
    return request.state is online_request.OnlineState.CLOSED


def moment_words(at: int, now: datetime) -> str:
    """Return a day and time in the office's zone: "Jum, 20 Nov 09.30"."""
    moment = to_datetime(at, now.tzinfo)
    return f"{formats.format_date(moment.date(), 'medium')} {formats.format_time(moment)}"


def request_facts(request: online_request.OnlineRequest, now: datetime) -> list[detail.Fact]:
    return [
        *(detail.Fact(head_words(name), getattr(request, name)) for name in Person.__struct_fields__[1:]),
        detail.Fact(_("Layanan"), request.service),
        detail.Fact(_("Nomor dari sumber"), request.external_id),
        detail.Fact(_("Nomor di buku permohonan"), request.case_number),
        detail.Fact(_("Dikirim"), moment_words(request.sent_at, now)),
        detail.Fact(_("Batas jawaban"), moment_words(request.due_at, now)),
        detail.Fact(_("Ditangani"), request.owner),
        detail.Fact(_("Evaluasi"), _("terisi") if request.evaluated else ""),
    ]


def entries(card: online_clock.RequestCard, now: datetime) -> list[timeline.TimelineEntry]:
    """Return the case's timeline, the latest first."""
    return [_entry(entry, now) for entry in reversed(card.entries)]


def _entry(entry: case.CaseEntry, now: datetime) -> timeline.TimelineEntry:
    icon, tone = _ENTRY_LOOKS.get(entry.kind, ("circle-dot", "primary"))
    who = acting_words(entry.officer, entry.acting_for)
    head = _("Ditangani") if entry.kind == online_request.TAKEN else timeline_words.entry_word(entry.kind)
    return timeline.TimelineEntry(
        when=timeline.when_words(entry.at, now),
        what=head or entry.text,
        who=who,
        note=entry.text
        if head and entry.kind not in (online_request.TAKEN, timeline_words.EntryKind.OPENED)
        else "",
        icon=icon,
        tone=tone,
    )
