"""The words of requests of data subjects and of failures of protection, in lists and details."""

from collections.abc import Sequence
from datetime import datetime

from ult_desktop.base import _, counted
from ult_desktop.core.privacy import breaches, subject_words, subjects
from ult_desktop.core.stamps import to_stamp
from ult_desktop.ui.kit import detail, lists, timeline

_TONES = {
    subjects.DeadlineState.CALM: "primary",
    subjects.DeadlineState.AMBER: "warn",
    subjects.DeadlineState.RED: "danger",
}
_ICONS = {
    subjects.SubjectKind.ACCESS: ("files", "blue"),
    subjects.SubjectKind.CORRECTION: ("pen-line", "teal"),
    subjects.SubjectKind.ERASURE: ("delete", "orange"),
    subjects.SubjectKind.RESTRICTION: ("pause", "violet"),
    subjects.SubjectKind.WITHDRAWAL: ("undo-2", "slate"),
    subjects.SubjectKind.OBJECTION: ("message-circle", "amber"),
}
OPEN, LATE = "open", "late"


def filters() -> tuple[lists.Filter, ...]:
    return (
        lists.Filter("", _("Semua")),
        lists.Filter(OPEN, _("Terbuka"), tone="warn"),
        lists.Filter(LATE, _("Lewat 3×24 jam"), tone="danger"),
    )


def clock_tag(due_at: int, pace: subjects.DeadlineState, now: datetime) -> lists.Tag:
    """Return the clock's tag: "sisa 47 jam" or "lewat 5 jam", in true hours, as the law counts."""
    hours = (due_at - to_stamp(now)) // subjects.HOUR_MS
    if pace is subjects.DeadlineState.RED:
        return lists.Tag(counted("lewat {n} jam", max(0, -hours - 1)), _TONES[pace])
    return lists.Tag(counted("sisa {n} jam", hours), _TONES[pace])


def request_tag(found: subjects.SubjectRequest, now: datetime) -> lists.Tag:
    if found.closed_at is not None:
        return lists.Tag(_("ditutup"))
    if found.answered_at is not None:
        return lists.Tag(subjects.SubjectOutcome(found.outcome).word, "ok")
    return clock_tag(found.due_at, found.deadline(to_stamp(now)), now)


def breach_tag(found: breaches.Breach, now: datetime) -> lists.Tag:
    if found.closed_at is not None:
        return lists.Tag(_("ditutup"))
    if found.is_told:
        return lists.Tag(_("sudah diberitahukan"), "ok")
    return clock_tag(found.due_at, found.deadline(to_stamp(now)), now)


def _groups(pace: subjects.DeadlineState, closed_at: int | None) -> frozenset[str]:
    return frozenset(
        ({OPEN} if closed_at is None else set()) | ({LATE} if pace is subjects.DeadlineState.RED else set())
    )


def request_rows(found: Sequence[subjects.SubjectRequest], now: datetime) -> list[lists.ListRow]:
    return [
        lists.ListRow(
            id=each.id,
            title=each.name,
            subtitle=f"{each.number} · {each.kind.word}",
            aside=timeline.when_words(each.received_at, now),
            icon=_ICONS[each.kind][0],
            tint=_ICONS[each.kind][1],
            tags=(request_tag(each, now),),
            groups=_groups(each.deadline(to_stamp(now)), each.closed_at),
            strong=each.answered_at is None,
            side_tone="danger" if each.deadline(to_stamp(now)) is subjects.DeadlineState.RED else "",
            search=each.contact,
        )
        for each in found
    ]


def breach_rows(found: Sequence[breaches.Breach], now: datetime) -> list[lists.ListRow]:
    return [
        lists.ListRow(
            id=each.id,
            title=each.what,
            subtitle=each.number,
            aside=timeline.when_words(each.known_at, now),
            icon="shield",
            tint="orange",
            tags=(breach_tag(each, now),),
            groups=_groups(each.deadline(to_stamp(now)), each.closed_at),
            strong=not each.is_told and each.closed_at is None,
            side_tone="danger" if each.deadline(to_stamp(now)) is subjects.DeadlineState.RED else "",
        )
        for each in found
    ]


def _by(at: int | None, who: str, now: datetime) -> str:
    return "" if at is None else " · ".join(word for word in (timeline.when_words(at, now), who) if word)


def request_facts(found: subjects.SubjectRequest, now: datetime) -> list[detail.Fact]:
    how = subjects.Verification(found.verified_how).word if found.verified_how else ""
    sure = " · ".join(word for word in (how, _by(found.verified_at, found.verified_by, now)) if word)
    outcome = subjects.SubjectOutcome(found.outcome).word if found.outcome else ""
    return [
        detail.Fact(_("Kontak"), found.contact),
        detail.Fact(_("Yang diminta"), found.words),
        detail.Fact(_("Diterima"), _by(found.received_at, found.officer, now)),
        detail.Fact(
            _("Batas 3×24 jam"),
            timeline.when_words(found.due_at, now),
            _fact_tone(found.deadline(to_stamp(now))),
        ),
        detail.Fact(_("Identitas"), sure or _("belum dipastikan"), "" if sure else "warn"),
        detail.Fact(_("Hasil"), outcome),
        detail.Fact(_("Jawaban"), found.answer),
        detail.Fact(_("Disampaikan"), found.told),
        detail.Fact(_("Dijawab"), _by(found.answered_at, found.answered_by, now)),
        detail.Fact(_("Ditutup"), _by(found.closed_at, "", now)),
    ]


def breach_facts(found: breaches.Breach, now: datetime) -> list[detail.Fact]:
    unknown = _("belum ditulis")
    open_tone = "warn" if found.closed_at is None else ""
    persons = counted("{n} orang", found.persons) if found.persons else _("belum diketahui")
    return [
        detail.Fact(_("Diketahui"), _by(found.known_at, found.officer, now)),
        detail.Fact(
            _("Batas 3×24 jam"),
            timeline.when_words(found.due_at, now),
            _fact_tone(found.deadline(to_stamp(now))),
        ),
        detail.Fact(_("Kapan dan bagaimana"), found.happened),
        detail.Fact(_("Data yang terungkap"), found.data),
        detail.Fact(_("Jumlah orang"), persons),
        detail.Fact(_("Upaya penanganan"), found.handling or unknown, "" if found.handling else open_tone),
        detail.Fact(_("Upaya pemulihan"), found.recovery or unknown, "" if found.recovery else open_tone),
        detail.Fact(_("Kontak"), found.contact),
        detail.Fact(
            _("Subjek data"), _notice_words(found.subjects_told_at, found.subjects_told, now), open_tone
        ),
        detail.Fact(_("Lembaga"), _notice_words(found.agency_told_at, found.agency_told, now), open_tone),
        detail.Fact(_("Perbaikan"), found.lesson),
        detail.Fact(_("Ditutup"), _by(found.closed_at, "", now)),
    ]


def _notice_words(at: int | None, how: str, now: datetime) -> str:
    return _("belum diberitahukan") if at is None else _by(at, how, now)


def _fact_tone(pace: subjects.DeadlineState) -> str:
    return "" if pace is subjects.DeadlineState.CALM else _TONES[pace]


def visit_words(visit: subjects.SubjectVisit) -> str:
    """Return the words of a visit.

    They read "23 November 2026 · Ani Guru · SDN 1 · 0811 · 0012/ULT/2026 (masih berjalan)".
    """
    parts = (
        subject_words.day_word(visit.day),
        visit.name,
        visit.institution,
        visit.phone or visit.email,
        visit.case_number,
    )
    states = ((visit.is_open, _("masih berjalan")), (visit.held, _("penghapusan ditunda")))
    state = ", ".join(words for holds, words in states if holds)
    text = " · ".join(part for part in parts if part)
    return f"{text} ({state})" if state else text


def visit_facts(visits: Sequence[subjects.SubjectVisit]) -> list[detail.Fact]:
    return [
        detail.Fact(
            subject_words.day_word(visit.day),
            visit_words(visit).removeprefix(f"{subject_words.day_word(visit.day)} · "),
            "soft" if visit.held else "",
        )
        for visit in visits
    ]


def act_entries(acts: Sequence[subjects.SubjectAct], now: datetime) -> list[timeline.TimelineEntry]:
    return [
        timeline.TimelineEntry(
            when=timeline.when_words(each.at, now),
            what=f"{subjects.act_word(each.act)}: {each.field}"
            if each.field
            else subjects.act_word(each.act),
            who=each.officer,
            note=each.reason,
        )
        for each in reversed(acts)
    ]
