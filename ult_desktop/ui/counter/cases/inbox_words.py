"""The words of the page Kotak masuk about its lines."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from ult_desktop.base import _, pgettext
from ult_desktop.core.cases import case_views, escalation as case_escalation
from ult_desktop.core.cases.case import VisitorMode
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.cases.boards import InboxView
from ult_desktop.ui.counter.visits.documents import document_word
from ult_desktop.ui.kit import detail, lists, timeline

_LOOKS = {
    case_views.InboxKind.TO_DO: ("send", "blue"),
    case_views.InboxKind.RETURNED: ("undo-2", "green"),
    case_views.InboxKind.HANDOVER: ("user-check", "violet"),
}


def inbox_filters() -> Sequence[lists.Filter]:
    return (
        lists.Filter("", _("Semua")),
        lists.Filter("unread", _("Belum diterima"), "danger"),
        lists.Filter("overdue", _("Lewat waktu"), "danger"),
        lists.Filter("returned", _("Jawaban kembali")),
    )


def inbox_rows(items: Iterable[case_views.InboxItem], now: datetime, me: int | None) -> list[lists.ListRow]:
    return [_row(item, now, me) for item in items]


def _row(item: case_views.InboxItem, now: datetime, me: int | None) -> lists.ListRow:
    late = item.is_overdue(to_stamp(now))
    icon, tint = _LOOKS[item.kind]
    groups = {item.kind.value, *(["unread"] if item.unread else ()), *(["overdue"] if late else ())}
    return lists.ListRow(
        id=item.key,
        title=item.name or _("Tanpa nama"),
        subtitle=item.text or _visitor_words(item),
        aside=timeline.when_words(item.at, now),
        icon=icon,
        tint=tint,
        tags=tuple(_tags(item, me, late=late)),
        groups=frozenset(groups),
        strong=item.unread,
        side_tone="danger" if late else "",
        search=f"{item.number} {item.sender}",
    )


def _visitor_words(item: case_views.InboxItem) -> str:
    if item.unread:
        return _("Pengunjung menuju meja Anda.")
    return _("Pengunjung di meja Anda; permohonannya belum dicatat.")


def _tags(item: case_views.InboxItem, me: int | None, *, late: bool) -> Iterable[lists.Tag]:
    yield kind_tag(item)
    if late:
        yield lists.Tag(_("lewat waktu"), "danger", "clock-alert")
    if item.kind is not case_views.InboxKind.RETURNED and item.officer_id not in (None, me):
        yield behalf_tag(item.officer)


def behalf_tag(absent: str) -> lists.Tag:
    """Done in the stead of an absent officer (POS: a.n.)."""
    return lists.Tag(_("atas nama {absent}").format(absent=absent), "accent")


def kind_tag(item: case_views.InboxItem) -> lists.Tag:
    if item.kind is case_views.InboxKind.RETURNED:
        return lists.Tag(_("jawaban kembali"), "ok")
    if item.kind is case_views.InboxKind.HANDOVER:
        return lists.Tag(_("pengunjung"), "priority")
    return lists.Tag(_("baru"), "warn") if item.unread else lists.Tag(_("dikerjakan"), "primary")


def inbox_tags(view: InboxView) -> tuple[lists.Tag, ...]:
    hop, referred = view.escalation, case_escalation.EscalationState.REFERRED
    is_referred = hop is not None and hop.state is referred
    own = lists.Tag(referred.word, "accent") if is_referred else kind_tag(view.item)
    return (own, *([behalf_tag(view.behalf)] if view.behalf else ()))


def inbox_facts(view: InboxView, now: datetime) -> list[detail.Fact]:
    item, escalation = view.item, view.escalation
    if escalation is None:
        return [
            detail.Fact(_("Nomor antrean"), item.number),
            detail.Fact(_("Instansi"), view.visitor),
            detail.Fact(_("Diarahkan oleh"), item.sender),
            detail.Fact(_("Pesan"), item.text),
        ]
    late = "danger" if item.is_overdue(to_stamp(now)) else ""
    label = "" if view.case is None else view.case.unit_label
    desk = case_escalation.desk_word(escalation.from_desk, label)
    return [
        detail.Fact(_("Dari"), " · ".join(filter(None, (desk, escalation.sender)))),
        detail.Fact(_("Pertanyaan"), escalation.instruction),
        *_about_case(view),
        detail.Fact(_("Batas waktu"), timeline.until_words(item.due_at, now), late),
        detail.Fact(_("Ditangani"), escalation.to_officer),
        detail.Fact(_("Telaah"), _verdict(escalation.verdict)),
        detail.Fact(_("Jawaban"), escalation.answer),
        detail.Fact(_("Dijawab oleh"), escalation.answerer),
    ]


def _about_case(view: InboxView) -> list[detail.Fact]:
    if view.case is None:
        return []
    case, guest = view.case.card.case, view.case.card.guest
    return [
        detail.Fact(_("Isi permohonan"), case.detail),
        detail.Fact(_("Layanan"), case.service),
        detail.Fact(_("Instansi"), "" if guest is None else guest.institution),
        detail.Fact(_("Pengunjung"), VisitorMode(case.visitor).word if case.visitor else ""),
        detail.Fact(
            pgettext("many", "Berkas"), ", ".join(document_word(each) for each in view.case.card.documents)
        ),
    ]


def _verdict(verdict: str) -> str:
    known: dict[str, str] = {
        case_escalation.EscalationVerdict.SOLVABLE: _("bisa diselesaikan di sini"),
        case_escalation.EscalationVerdict.NOT_HERE: _("perlu unit lain"),
    }
    return known.get(verdict, "")
