"""What the page Kotak masuk says of its lines."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from ult_desktop.base.i18n import _
from ult_desktop.core.cases.case import VisitorMode
from ult_desktop.core.cases.case_views import InboxItem, InboxKind
from ult_desktop.core.cases.escalation import (
    EscalationState,
    EscalationVerdict,
    desk_word,
)
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.cases.boards import InboxView
from ult_desktop.ui.counter.visits.documents import document_word
from ult_desktop.ui.kit.facts import Fact
from ult_desktop.ui.kit.lists.filter_bar import Filter
from ult_desktop.ui.kit.lists.rows import ListRow, Tag
from ult_desktop.ui.kit.timeline import when_words

_LOOKS = {
    InboxKind.TO_DO: ("send", "blue"),
    InboxKind.RETURNED: ("undo-2", "green"),
    InboxKind.HANDOVER: ("user-check", "violet"),
}


def inbox_filters() -> Sequence[Filter]:
    return (
        Filter("", _("Semua")),
        Filter("unread", _("Belum diterima"), "danger"),
        Filter("overdue", _("Lewat waktu"), "danger"),
        Filter("returned", _("Jawaban kembali")),
    )


def inbox_rows(items: Iterable[InboxItem], now: datetime, me: int | None) -> list[ListRow]:
    return [_row(item, now, me) for item in items]


def _row(item: InboxItem, now: datetime, me: int | None) -> ListRow:
    late = item.is_overdue(to_stamp(now))
    icon, tint = _LOOKS[item.kind]
    groups = {item.kind.value, *(["unread"] if item.unread else ()), *(["overdue"] if late else ())}
    return ListRow(
        id=item.key,
        title=item.name or _("Tanpa nama"),
        subtitle=item.text or _("Pengunjung menuju meja Anda."),
        aside=when_words(item.at, now),
        icon=icon,
        tint=tint,
        tags=tuple(_tags(item, me, late=late)),
        groups=frozenset(groups),
        strong=item.unread,
        side_tone="danger" if late else "",
        search=f"{item.number} {item.sender}",
    )


def _tags(item: InboxItem, me: int | None, *, late: bool) -> Iterable[Tag]:
    yield kind_tag(item)
    if late:
        yield Tag(_("lewat waktu"), "danger", "clock-alert")
    if item.kind is not InboxKind.RETURNED and item.officer_id not in (None, me):
        yield behalf_tag(item.officer)


def behalf_tag(absent: str) -> Tag:
    """Done in the stead of an absent officer (POS: a.n.)."""
    return Tag(_("a.n. {absent}").format(absent=absent), "accent")


def kind_tag(item: InboxItem) -> Tag:
    if item.kind is InboxKind.RETURNED:
        return Tag(_("jawaban kembali"), "ok")
    if item.kind is InboxKind.HANDOVER:
        return Tag(_("pengunjung"), "priority")
    return Tag(_("baru"), "warn") if item.unread else Tag(_("dikerjakan"), "primary")


def inbox_tags(view: InboxView) -> tuple[Tag, ...]:
    referred = view.escalation is not None and view.escalation.state is EscalationState.REFERRED
    own = Tag(EscalationState.REFERRED.word, "accent") if referred else kind_tag(view.item)
    return (own, *([behalf_tag(view.behalf)] if view.behalf else ()))


def inbox_facts(view: InboxView, now: datetime) -> list[Fact]:
    item, escalation = view.item, view.escalation
    if escalation is None:
        return [
            Fact(_("Nomor antrean"), item.number),
            Fact(_("Instansi"), view.visitor),
            Fact(_("Diarahkan oleh"), item.sender),
            Fact(_("Pesan"), item.text),
        ]
    late = "danger" if item.is_overdue(to_stamp(now)) else ""
    label = "" if view.case is None else view.case.unit_label
    desk = desk_word(escalation.from_desk, label)
    return [
        Fact(_("Dari"), " · ".join(filter(None, (desk, escalation.from_officer)))),
        Fact(_("Yang ditanyakan"), escalation.instruction),
        *_about_case(view),
        Fact(_("Batas waktu"), "" if item.due_at is None else when_words(item.due_at, now), late),
        Fact(_("Ditangani"), escalation.to_officer),
        Fact(_("Telaah"), _verdict(escalation.verdict)),
        Fact(_("Jawaban"), escalation.answer),
        Fact(_("Dijawab oleh"), escalation.answered_by),
    ]


def _about_case(view: InboxView) -> list[Fact]:
    if view.case is None:
        return []
    case, guest = view.case.card.case, view.case.card.guest
    return [
        Fact(_("Permohonan"), case.detail),
        Fact(_("Layanan"), case.service),
        Fact(_("Instansi"), "" if guest is None else guest.institution),
        Fact(_("Pengunjung"), VisitorMode(case.visitor).word if case.visitor else ""),
        Fact(_("Berkas"), ", ".join(document_word(each) for each in view.case.card.documents)),
    ]


def _verdict(verdict: str) -> str:
    known: dict[str, str] = {
        EscalationVerdict.SOLVABLE: _("bisa diselesaikan di sini"),
        EscalationVerdict.NOT_HERE: _("perlu unit lain"),
    }
    return known.get(verdict, "")
