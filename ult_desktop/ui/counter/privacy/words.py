"""The rows, tags and facts of data subjects' requests and of data incidents, for lists and details."""

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


def clock_tag(due_at: int, deadline: subjects.DeadlineState, now: datetime) -> lists.Tag:
    """Return the clock's tag: "sisa 47 jam" or "lewat 5 jam", nights and holidays too, as the law counts.

    `due_at` is UTC ms.
    """
    hours = (due_at - to_stamp(now)) // subjects.HOUR_MS
    if deadline is subjects.DeadlineState.RED:
        return lists.Tag(counted("lewat {n} jam", max(0, -hours - 1)), _TONES[deadline])
    return lists.Tag(counted("sisa {n} jam", hours), _TONES[deadline])


def request_tag(request: subjects.SubjectRequest, now: datetime) -> lists.Tag:
    if request.closed_at is not None:
        return lists.Tag(_("ditutup"))
    if request.answered_at is not None:
        return lists.Tag(subjects.SubjectOutcome(request.outcome).word, "ok")
    return clock_tag(request.due_at, request.deadline(to_stamp(now)), now)


def breach_tag(breach: breaches.Breach, now: datetime) -> lists.Tag:
    if breach.closed_at is not None:
        return lists.Tag(_("ditutup"))
    if breach.is_notified:
        return lists.Tag(_("sudah diberitahukan"), "ok")
    return clock_tag(breach.due_at, breach.deadline(to_stamp(now)), now)


def _groups(deadline: subjects.DeadlineState, closed_at: int | None) -> frozenset[str]:
    return frozenset(
        ({OPEN} if closed_at is None else set())
        | ({LATE} if deadline is subjects.DeadlineState.RED else set())
    )


def request_rows(requests: Sequence[subjects.SubjectRequest], now: datetime) -> list[lists.ListRow]:
    return [
        lists.ListRow(
            id=request.id,
            title=request.name,
            subtitle=f"{request.number} · {request.kind.word}",
            aside=timeline.when_words(request.received_at, now),
            icon=_ICONS[request.kind][0],
            tint=_ICONS[request.kind][1],
            tags=(request_tag(request, now),),
            groups=_groups(request.deadline(to_stamp(now)), request.closed_at),
            strong=request.answered_at is None,
            side_tone="danger" if request.deadline(to_stamp(now)) is subjects.DeadlineState.RED else "",
            search=request.contact,
        )
        for request in requests
    ]


def breach_rows(records: Sequence[breaches.Breach], now: datetime) -> list[lists.ListRow]:
    return [
        lists.ListRow(
            id=breach.id,
            title=breach.what,
            subtitle=breach.number,
            aside=timeline.when_words(breach.known_at, now),
            icon="shield",
            tint="orange",
            tags=(breach_tag(breach, now),),
            groups=_groups(breach.deadline(to_stamp(now)), breach.closed_at),
            strong=not breach.is_notified and breach.closed_at is None,
            side_tone="danger" if breach.deadline(to_stamp(now)) is subjects.DeadlineState.RED else "",
        )
        for breach in records
    ]


def _when_and_who(at: int | None, who: str, now: datetime) -> str:
    return "" if at is None else " · ".join(word for word in (timeline.when_words(at, now), who) if word)


def request_facts(request: subjects.SubjectRequest, now: datetime) -> list[detail.Fact]:
    how = subjects.Verification(request.verified_how).word if request.verified_how else ""
    sure = " · ".join(
        word for word in (how, _when_and_who(request.verified_at, request.verified_by, now)) if word
    )
    outcome = subjects.SubjectOutcome(request.outcome).word if request.outcome else ""
    return [
        detail.Fact(_("Kontak"), request.contact),
        detail.Fact(_("Yang diminta"), request.words),
        detail.Fact(_("Diterima"), _when_and_who(request.received_at, request.officer, now)),
        detail.Fact(
            _("Batas 3×24 jam"),
            timeline.when_words(request.due_at, now),
            _fact_tone(request.deadline(to_stamp(now))),
        ),
        detail.Fact(_("Identitas"), sure or _("belum dipastikan"), "" if sure else "warn"),
        detail.Fact(_("Hasil"), outcome),
        detail.Fact(_("Jawaban"), request.answer),
        detail.Fact(_("Disampaikan"), request.told),
        detail.Fact(_("Dijawab"), _when_and_who(request.answered_at, request.answered_by, now)),
        detail.Fact(_("Ditutup"), _when_and_who(request.closed_at, "", now)),
    ]


def breach_facts(breach: breaches.Breach, now: datetime) -> list[detail.Fact]:
    unknown = _("belum ditulis")
    open_tone = "warn" if breach.closed_at is None else ""
    persons = counted("{n} orang", breach.persons) if breach.persons else _("belum diketahui")
    return [
        detail.Fact(_("Diketahui"), _when_and_who(breach.known_at, breach.officer, now)),
        detail.Fact(
            _("Batas 3×24 jam"),
            timeline.when_words(breach.due_at, now),
            _fact_tone(breach.deadline(to_stamp(now))),
        ),
        detail.Fact(_("Kapan dan bagaimana"), breach.happened),
        detail.Fact(_("Data yang terungkap"), breach.data),
        detail.Fact(_("Jumlah orang"), persons),
        detail.Fact(_("Upaya penanganan"), breach.handling or unknown, "" if breach.handling else open_tone),
        detail.Fact(_("Upaya pemulihan"), breach.recovery or unknown, "" if breach.recovery else open_tone),
        detail.Fact(_("Kontak"), breach.contact),
        detail.Fact(
            _("Subjek data"), _notice_words(breach.subjects_told_at, breach.subjects_told, now), open_tone
        ),
        detail.Fact(_("Lembaga"), _notice_words(breach.agency_told_at, breach.agency_told, now), open_tone),
        detail.Fact(_("Perbaikan"), breach.lesson),
        detail.Fact(_("Ditutup"), _when_and_who(breach.closed_at, "", now)),
    ]


def _notice_words(at: int | None, how: str, now: datetime) -> str:
    return _("belum diberitahukan") if at is None else _when_and_who(at, how, now)


def _fact_tone(deadline: subjects.DeadlineState) -> str:
    return "" if deadline is subjects.DeadlineState.CALM else _TONES[deadline]


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
            when=timeline.when_words(act.at, now),
            what=f"{subjects.act_word(act.act)}: {act.field}" if act.field else subjects.act_word(act.act),
            who=act.officer,
            note=act.reason,
        )
        for act in reversed(acts)
    ]
