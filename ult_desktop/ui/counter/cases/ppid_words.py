"""The words of a public-information request (PPID): its facts, its clock, its line in the register."""

from collections.abc import Sequence
from datetime import datetime

from ult_desktop.base import _, counted, pgettext
from ult_desktop.core.cases import case_views, ppid
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.cases.boards import RegisterRow
from ult_desktop.ui.kit import detail, lists, timeline

SOON_DAYS = 2


def ppid_facts(card: case_views.CaseCard, now: datetime) -> list[detail.Fact]:
    """Return the register's columns of one request, then its objections."""
    found = card.information
    if found is None:
        return []
    return [
        *_asked(found),
        *_answered(found, now),
        *(fact for each in card.objections for fact in _objected(each, now)),
    ]


def _asked(found: ppid.InformationRequest) -> list[detail.Fact]:
    copy = (ppid.CopyForm(found.copy_form).word, ppid.CopyBy(found.copy_by).word)
    how = (found.access.word, *(copy if found.access == "salinan" else ()))
    who = (found.name, found.applicant.word, found.occupation)
    return [
        detail.Fact(_("No. pendaftaran"), found.number),
        detail.Fact(_("Pemohon"), _joined(*who)),
        detail.Fact(_("Alamat dan kontak"), _joined(found.address, found.contact)),
        detail.Fact(_("Informasi yang diminta"), found.wanted),
        detail.Fact(_("Tujuan penggunaan"), found.purpose),
        detail.Fact(_("Cara memperoleh"), _joined(*how)),
    ]


def _answered(found: ppid.InformationRequest, now: datetime) -> list[detail.Fact]:
    late = "danger" if found.is_overdue(to_stamp(now)) else ""
    notice = _joined(timeline.when_words(found.noticed_at, now), found.cost, found.ready_in)
    return [
        detail.Fact(_("Batas jawaban"), timeline.until_words(found.due_at, now), late),
        detail.Fact(_("Diperpanjang"), found.extension_reason),
        detail.Fact(
            _("Penguasaan"), _joined(ppid.Possession(found.held).word if found.held else "", found.held_by)
        ),
        detail.Fact(_("Keputusan"), ppid.Decision(found.decision).word if found.decision else ""),
        detail.Fact(_("Alasan penolakan"), found.refusal),
        detail.Fact(_("Pemberitahuan tertulis"), notice),
        detail.Fact(_("Penghitaman"), found.redaction),
    ]


def _objected(each: ppid.Objection, now: datetime) -> list[detail.Fact]:
    waits = each.answered_at is None
    overdue = waits and to_stamp(now) > each.due_at
    late = _("diajukan lewat batas waktu") if each.late else ""
    until = (
        _("dijawab paling lambat {when}").format(when=timeline.until_words(each.due_at, now)) if waits else ""
    )
    proxy = _("kuasa: {name}").format(name=each.proxy) if each.proxy else ""
    return [
        detail.Fact(
            _("Keberatan {number}").format(number=each.number),
            _joined(each.reason.word, late, until),
            "danger" if overdue else "",
        ),
        detail.Fact(_("Kasus posisi"), _joined(each.position, proxy)),
        detail.Fact(_("Tanggapan"), each.answer),
        detail.Fact(_("Batas sengketa"), timeline.when_words(each.dispute_until, now)),
        detail.Fact(_("Sengketa informasi"), each.dispute),
    ]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def register_filters() -> Sequence[lists.Filter]:
    return (
        lists.Filter("", _("Semua")),
        lists.Filter("open", _("Belum diputus")),
        lists.Filter("overdue", _("Lewat waktu"), "danger"),
        lists.Filter("objection", pgettext("many", "Keberatan"), "danger"),
    )


def register_row(line: RegisterRow) -> lists.ListRow:
    found = line.request
    late = line.is_late
    groups = {"open"} if found.decided_at is None else set()
    groups |= {"overdue"} if late else set()
    groups |= {"objection"} if line.objection is not None else set()
    return lists.ListRow(
        id=found.case_id,
        title=found.name,
        subtitle=found.wanted,
        aside=found.number.partition("/")[0],
        icon="landmark" if line.objection is None else "scale",
        tint="teal" if line.objection is None else "orange",
        tags=clock_tags(line),
        groups=frozenset(groups),
        side_tone="danger" if late else "",
        search=f"{found.number} {found.purpose} {found.contact}",
    )


def clock_tags(line: RegisterRow) -> tuple[lists.Tag, ...]:
    """Return the time that is left: 10 (+7) working days to answer, 30 for an objection."""
    if line.objection is None and line.request.decision:
        return (lists.Tag(ppid.Decision(line.request.decision).word, "ok"),)
    what = () if line.objection is None else (lists.Tag(_("keberatan"), "accent"),)
    if line.is_late:
        return (lists.Tag(_("lewat waktu"), "danger", "clock-alert"), *what)
    left = counted("{n} hari kerja", line.days_left) if line.days_left else _("batas hari ini")
    return (lists.Tag(left, "warn" if line.days_left <= SOON_DAYS else "primary", "hourglass"), *what)
