"""Requests of data subjects and failures of protection, as lists and details say them."""

from collections.abc import Sequence
from datetime import datetime

from ult_desktop.base.formats import format_number
from ult_desktop.base.i18n import _
from ult_desktop.core.privacy.breaches import Breach
from ult_desktop.core.privacy.subject_words import day_word
from ult_desktop.core.privacy.subjects import (
    HOUR_MS,
    DeadlineState,
    SubjectAct,
    SubjectKind,
    SubjectOutcome,
    SubjectRequest,
    SubjectVisit,
    Verification,
    act_word,
)
from ult_desktop.core.stamps import to_stamp
from ult_desktop.ui.kit.facts import Fact
from ult_desktop.ui.kit.lists.filter_bar import Filter
from ult_desktop.ui.kit.lists.rows import ListRow, Tag
from ult_desktop.ui.kit.timeline import TimelineEntry, when_words

_TONES = {DeadlineState.CALM: "primary", DeadlineState.AMBER: "warn", DeadlineState.RED: "danger"}
_ICONS = {
    SubjectKind.ACCESS: ("files", "blue"),
    SubjectKind.CORRECTION: ("pen-line", "teal"),
    SubjectKind.ERASURE: ("delete", "orange"),
    SubjectKind.RESTRICTION: ("pause", "violet"),
    SubjectKind.WITHDRAWAL: ("undo-2", "slate"),
    SubjectKind.OBJECTION: ("message-circle", "amber"),
}
OPEN, LATE = "open", "late"


def filters() -> tuple[Filter, ...]:
    return (
        Filter("", _("Semua")),
        Filter(OPEN, _("Terbuka"), tone="warn"),
        Filter(LATE, _("Lewat 3×24 jam"), tone="danger"),
    )


def clock_tag(due_at: int, pace: DeadlineState, now: datetime) -> Tag:
    """As in "sisa 47 jam" or "lewat 5 jam": true hours, as the law counts."""
    hours = (due_at - to_stamp(now)) // HOUR_MS
    if pace is DeadlineState.RED:
        return Tag(_("lewat {n} jam").format(n=format_number(max(0, -hours - 1))), _TONES[pace])
    return Tag(_("sisa {n} jam").format(n=format_number(hours)), _TONES[pace])


def request_tag(found: SubjectRequest, now: datetime) -> Tag:
    if found.closed_at is not None:
        return Tag(_("ditutup"))
    if found.answered_at is not None:
        return Tag(SubjectOutcome(found.outcome).word, "ok")
    return clock_tag(found.due_at, found.pace(to_stamp(now)), now)


def breach_tag(found: Breach, now: datetime) -> Tag:
    if found.closed_at is not None:
        return Tag(_("ditutup"))
    if found.is_told:
        return Tag(_("sudah diberitahukan"), "ok")
    return clock_tag(found.due_at, found.pace(to_stamp(now)), now)


def _groups(pace: DeadlineState, closed_at: int | None) -> frozenset[str]:
    return frozenset(
        ({OPEN} if closed_at is None else set()) | ({LATE} if pace is DeadlineState.RED else set())
    )


def request_rows(found: Sequence[SubjectRequest], now: datetime) -> list[ListRow]:
    return [
        ListRow(
            id=each.id,
            title=each.name,
            subtitle=f"{each.number} · {each.kind.word}",
            aside=when_words(each.received_at, now),
            icon=_ICONS[each.kind][0],
            tint=_ICONS[each.kind][1],
            tags=(request_tag(each, now),),
            groups=_groups(each.pace(to_stamp(now)), each.closed_at),
            strong=each.answered_at is None,
            side_tone="danger" if each.pace(to_stamp(now)) is DeadlineState.RED else "",
            search=each.contact,
        )
        for each in found
    ]


def breach_rows(found: Sequence[Breach], now: datetime) -> list[ListRow]:
    return [
        ListRow(
            id=each.id,
            title=each.what,
            subtitle=each.number,
            aside=when_words(each.known_at, now),
            icon="shield",
            tint="orange",
            tags=(breach_tag(each, now),),
            groups=_groups(each.pace(to_stamp(now)), each.closed_at),
            strong=not each.is_told and each.closed_at is None,
            side_tone="danger" if each.pace(to_stamp(now)) is DeadlineState.RED else "",
        )
        for each in found
    ]


def _by(at: int | None, who: str, now: datetime) -> str:
    return "" if at is None else " · ".join(word for word in (when_words(at, now), who) if word)


def request_facts(found: SubjectRequest, now: datetime) -> list[Fact]:
    how = Verification(found.verified_how).word if found.verified_how else ""
    sure = " · ".join(word for word in (how, _by(found.verified_at, found.verified_by, now)) if word)
    outcome = SubjectOutcome(found.outcome).word if found.outcome else ""
    return [
        Fact(_("Kontak"), found.contact),
        Fact(_("Yang diminta"), found.words),
        Fact(_("Diterima"), _by(found.received_at, found.officer, now)),
        Fact(_("Batas 3×24 jam"), when_words(found.due_at, now), _fact_tone(found.pace(to_stamp(now)))),
        Fact(_("Identitas"), sure or _("belum dipastikan"), "" if sure else "warn"),
        Fact(_("Hasil"), outcome),
        Fact(_("Jawaban"), found.answer),
        Fact(_("Disampaikan"), found.told),
        Fact(_("Dijawab"), _by(found.answered_at, found.answered_by, now)),
        Fact(_("Ditutup"), _by(found.closed_at, "", now)),
    ]


def breach_facts(found: Breach, now: datetime) -> list[Fact]:
    unknown = _("belum ditulis")
    open_tone = "warn" if found.closed_at is None else ""
    persons = _("{n} orang").format(n=format_number(found.persons)) if found.persons else _("belum diketahui")
    return [
        Fact(_("Diketahui"), _by(found.known_at, found.officer, now)),
        Fact(_("Batas 3×24 jam"), when_words(found.due_at, now), _fact_tone(found.pace(to_stamp(now)))),
        Fact(_("Kapan dan bagaimana"), found.happened),
        Fact(_("Data yang terungkap"), found.data),
        Fact(_("Jumlah orang"), persons),
        Fact(_("Upaya penanganan"), found.handling or unknown, "" if found.handling else open_tone),
        Fact(_("Upaya pemulihan"), found.recovery or unknown, "" if found.recovery else open_tone),
        Fact(_("Kontak"), found.contact),
        Fact(_("Subjek data"), _notice_words(found.subjects_told_at, found.subjects_told, now), open_tone),
        Fact(_("Lembaga"), _notice_words(found.agency_told_at, found.agency_told, now), open_tone),
        Fact(_("Perbaikan"), found.lesson),
        Fact(_("Ditutup"), _by(found.closed_at, "", now)),
    ]


def _notice_words(at: int | None, how: str, now: datetime) -> str:
    return _("belum diberitahukan") if at is None else _by(at, how, now)


def _fact_tone(pace: DeadlineState) -> str:
    return "" if pace is DeadlineState.CALM else _TONES[pace]


def visit_words(visit: SubjectVisit) -> str:
    """As in "23 November 2026 · Ani Guru · SDN 1 · 0811 · 0012/ULT/2026 (masih berjalan)"."""
    parts = (
        day_word(visit.day),
        visit.name,
        visit.institution,
        visit.phone or visit.email,
        visit.case_number,
    )
    states = (
        (visit.is_open, _("masih berjalan")),
        (visit.held, _("penghapusan ditunda")),
    )
    state = ", ".join(words for holds, words in states if holds)
    text = " · ".join(part for part in parts if part)
    return f"{text} ({state})" if state else text


def visit_facts(visits: Sequence[SubjectVisit]) -> list[Fact]:
    return [
        Fact(
            day_word(visit.day),
            visit_words(visit).removeprefix(f"{day_word(visit.day)} · "),
            "soft" if visit.held else "",
        )
        for visit in visits
    ]


def act_entries(acts: Sequence[SubjectAct], now: datetime) -> list[TimelineEntry]:
    return [
        TimelineEntry(
            when=when_words(each.at, now),
            what=f"{act_word(each.act)}: {each.field}" if each.field else act_word(each.act),
            who=each.officer,
            note=each.reason,
        )
        for each in reversed(acts)
    ]
