"""The words for cases in lists, details and timelines."""

from datetime import datetime

from ult_desktop.base import _, pgettext
from ult_desktop.core.access.roles import acting_words
from ult_desktop.core.cases import appointment, case_views, escalation as case_escalation, timeline_words
from ult_desktop.core.cases.case import (
    Case,
    CaseEntry,
    CaseKind,
    CaseOutcome,
    CaseState,
    SubReason,
    VisitorMode,
)
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.ui.counter.visits.documents import document_word
from ult_desktop.ui.kit import detail, lists, timeline

OPEN = "not_closed"  # the group of everything that is not closed
EVERY = "every"  # the group of all of them
STATE_TONES = {
    CaseState.OPEN: "primary",
    CaseState.ESCALATED: "accent",
    CaseState.ANSWERED: "warn",
    CaseState.DELIVERED: "ok",
    CaseState.CLOSED: "ok",
}
CHANNEL_ICONS = {
    VisitChannel.FACE_TO_FACE: "user-round",
    VisitChannel.PHONE: "phone",
    VisitChannel.ONLINE: "globe",
}


def case_row(
    line: case_views.CaseRow, now: datetime, mine: frozenset[int], *, every: bool = False
) -> lists.ListRow:
    """`every`: the list holds closed cases too, and its filter "Semua" counts them."""
    late = line.is_overdue(to_stamp(now))
    is_open = line.state is not CaseState.CLOSED
    groups = {line.state.value, *({OPEN} if is_open else ()), *({EVERY} if every else ())}
    groups |= {"mine"} if is_open and line.owner_id in mine else set()
    groups |= {"overdue"} if late else set()
    return lists.ListRow(
        id=line.id,
        title=line.name or _("Tanpa nama"),
        subtitle=line.detail,
        aside=line.number.partition("/")[0],
        icon=CHANNEL_ICONS[line.channel],
        tint="blue" if line.kind is CaseKind.REQUEST else "orange",
        tags=(lists.Tag(line.state.word, STATE_TONES[line.state]), *_late_tag(late)),
        groups=frozenset(groups),
        side_tone="danger" if late else "",
        search=f"{line.number} {line.book_number} {line.institution} {line.service} {line.label or ''}",
    )


def _late_tag(late: bool) -> tuple[lists.Tag, ...]:
    return (lists.Tag(_("lewat waktu"), "danger", "clock-alert"),) if late else ()


def case_tags(card: case_views.CaseCard, now: datetime) -> tuple[lists.Tag, ...]:
    case = card.case
    late = case.due_at is not None and case.is_open and to_stamp(now) > case.due_at
    kind = (lists.Tag(case.kind.word, "accent"),) if case.kind is CaseKind.COMPLAINT else ()
    tone = "ok" if case.outcome == CaseOutcome.AVAILABLE else "warn"
    outcome = (lists.Tag(case.outcome.word, tone),) if case.outcome else ()
    return (lists.Tag(case.state.word, STATE_TONES[case.state]), *kind, *outcome, *_late_tag(late))


def case_facts(card: case_views.CaseCard, now: datetime, *, brief: bool = False) -> list[detail.Fact]:
    """Return the facts of a case. `brief` leaves out what is known of somebody who sits at the desk."""
    case = card.case
    return [
        detail.Fact(_("Isi permohonan"), case.detail),
        *([] if brief else _circumstances(card)),
        detail.Fact(_("Batas waktu"), timeline.until_words(case.due_at, now)),
        detail.Fact(_("Alasan"), case.ground or _reason(case)),
        detail.Fact(_("Jawaban"), case.answer),
        detail.Fact(_("Pengunjung"), VisitorMode(case.visitor).word if case.visitor else ""),
        detail.Fact(_("Janji temu"), _booked(card, now)),
        detail.Fact(pgettext("many", "Berkas"), ", ".join(document_word(each) for each in card.documents)),
        *(_delivered(card, now)),
    ]


def _reason(case: Case) -> str:
    known = {each.value for each in SubReason}
    return SubReason(case.sub_reason).word if case.sub_reason in known else case.sub_reason


def _circumstances(card: case_views.CaseCard) -> list[detail.Fact]:
    case, guest = card.case, card.guest
    contact = "" if guest is None else ", ".join(dict.fromkeys(filter(None, (guest.phone, guest.email))))
    return [
        detail.Fact(_("Layanan"), case.service),
        detail.Fact(_("Jalur"), case.channel.word),
        detail.Fact(_("Instansi"), "" if guest is None else guest.institution),
        detail.Fact(_("Kontak"), contact),
        detail.Fact(_("Petugas"), case.owner),
    ]


def _booked(card: case_views.CaseCard, now: datetime) -> str:
    """Return the coming appointment with its count (POS Kaltara 5 counts them)."""
    booked = next(
        (each for each in card.appointments if each.state is appointment.AppointmentState.BOOKED), None
    )
    if booked is None:
        return ""
    nth = _("ke-{n}").format(n=booked.nth)
    return " · ".join(filter(None, (timeline.when_words(booked.at, now), booked.officer, nth)))


def _delivered(card: case_views.CaseCard, now: datetime) -> list[detail.Fact]:
    return [
        detail.Fact(
            _("Disampaikan"),
            " · ".join(
                filter(None, (each.way.word, timeline.when_words(each.at, now), each.receipt, each.proof))
            ),
            "ok",
        )
        for each in card.deliveries
    ]


def timeline_entry(entry: CaseEntry, now: datetime) -> timeline.TimelineEntry:
    who = acting_words(entry.officer, entry.acting_for)
    head = timeline_words.entry_word(entry.kind)
    return timeline.TimelineEntry(
        when=timeline.when_words(entry.at, now),
        what=head or entry.text,
        who=who,
        note=entry.text if head else "",
        icon=_icon(entry.kind),
        tone="ok" if entry.kind in ("closed", "delivered", "receipt") else "primary",
    )


def _icon(kind: str) -> str:
    icons = {
        "opened": "file-text",
        "note": "pen-line",
        "document": "files",
        "answer": "message-circle",
        "answer_bank": "message-circle",
        "escalated": "send",
        "referred": "send",
        "received": "user-check",
        "returned": "undo-2",
        "acknowledged": "circle-check",
        "delivered": "circle-check",
        "rescheduled": "calendar-days",
        "closed": "badge-check",
    }
    return icons.get(kind, "circle-dot")


def hop_words(
    escalation: case_escalation.Escalation, unit_label: str, now: datetime
) -> timeline.TimelineEntry:
    """Make a timeline entry of a disposition sheet: from whom to whom, what, and its state."""
    to = escalation.unit or case_escalation.desk_word(escalation.to_desk, unit_label)
    person = f" ({escalation.to_officer})" if escalation.to_officer else ""
    state = escalation.state.word
    until = timeline.until_words(escalation.due_at, now)
    due = _("batas {when}").format(when=until) if until else ""
    answer = _("Jawaban: {answer}").format(answer=escalation.answer) if escalation.answer else ""
    return timeline.TimelineEntry(
        when=timeline.when_words(escalation.sent_at, now),
        what=f"{case_escalation.desk_word(escalation.from_desk, unit_label)} → {to}{person}",
        who=" · ".join(filter(None, (escalation.from_officer, state, due))),
        note="\n".join(filter(None, (escalation.instruction, answer))),
        icon="send" if escalation.is_open else "circle-check",
        tone=_hop_tone(escalation, now),
    )


def _hop_tone(escalation: case_escalation.Escalation, now: datetime) -> str:
    if escalation.is_open and escalation.due_at is not None and to_stamp(now) > escalation.due_at:
        return "danger"
    if escalation.is_open:
        return "accent"
    return "warn" if escalation.state is case_escalation.EscalationState.WITHDRAWN else "ok"
