"""What lists and details say of a visit."""

from datetime import datetime

from ult_desktop.base.formats import format_time
from ult_desktop.base.i18n import _, language
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.visits.custody import CardLoan
from ult_desktop.core.visits.guest_book import VisitCard
from ult_desktop.core.visits.identity import IdentityCheck
from ult_desktop.core.visits.visit import Courtesy, Ending
from ult_desktop.db.visits.guests import VisitRow
from ult_desktop.ui.counter.words import service_name
from ult_desktop.ui.kit.facts import Fact
from ult_desktop.ui.kit.lists.rows import ListRow, Tag
from ult_desktop.ui.kit.timeline import TimelineEntry, when_words

Told = tuple[int, TimelineEntry]


def nameless() -> str:
    return _("Tamu tanpa nama")


def visit_row(line: VisitRow, now: datetime) -> ListRow:
    """A line of today's list: who, from where, since when, what is still to be done."""
    return ListRow(
        id=line.id,
        title=line.name or nameless(),
        subtitle=line.institution or line.purpose or service_name(line) or _("Buku tamu belum diisi"),
        aside=line.label or format_time(to_datetime(line.began_at, now.tzinfo).time()),
        icon="user-round",
        tint="violet" if line.vulnerable else "blue",
        tags=_row_tags(line),
        groups=_groups(line),
        strong=line.ended_at is None and line.label is None,
        side_tone="danger" if line.cards else "",
        search=f"{line.phone} {line.purpose} {service_name(line)} {line.badge} {line.case_number}",
    )


def _row_tags(line: VisitRow) -> tuple[Tag, ...]:
    told = (
        Tag(_("kartu dipegang"), "danger") if line.cards else None,
        Tag(_("tag {number}").format(number=line.badge), "accent") if line.badge else None,
        Tag(state_words(line.state, line.ending, line.label), _tone(line)),
    )
    return tuple(tag for tag in told if tag is not None)


def _tone(line: VisitRow) -> str:
    if line.ended_at is not None:
        return "ok" if line.ending == Ending.DONE else "warn"
    return "primary" if line.label else "accent"


def state_words(state: str, ending: str, label: str | None) -> str:
    """Where a visitor is now."""
    if ending:
        return Ending(ending).word
    if label is None:
        return _("belum bernomor")
    return {
        TicketState.WAITING: _("menunggu"),
        TicketState.CALLED: _("dipanggil"),
        TicketState.SERVING: _("dilayani"),
        TicketState.HELD: _("ditunda"),
        TicketState.DONE: _("selesai di loket"),
        TicketState.NO_SHOW: _("tidak hadir"),
        TicketState.CANCELLED: _("nomor dibatalkan"),
    }[TicketState(state)]


def _groups(line: VisitRow) -> frozenset[str]:
    found = {
        "new": line.ended_at is None and line.label is None,
        "here": line.ended_at is None,
        "cards": line.cards > 0,
        "badges": bool(line.badge),
    }
    return frozenset(name for name, true in found.items() if true)


def visit_tags(card: VisitCard) -> tuple[Tag, ...]:
    visit = card.visit
    told = (
        Tag(visit.label, "primary", "ticket") if visit.label else None,
        Tag(_("kelompok rentan"), "priority", "heart-handshake") if visit.vulnerable else None,
        Tag(_("surat kuasa/tugas belum ada"), "danger", "triangle-alert") if card.lacks_letter else None,
        Tag(_("kartu dipegang"), "danger", "id-card") if held_cards(card) else None,
        Tag(Ending(visit.ending).word, "ok", "check") if visit.ending else None,
    )
    return tuple(tag for tag in told if tag is not None)


def held_cards(card: VisitCard) -> tuple[CardLoan, ...]:
    return tuple(each for each in card.cards if each.is_held)


def check_words(check: IdentityCheck) -> str:
    result = _("cocok") if check.matches else _("tidak cocok")
    parts = (check.kind.word, check.masked, result)
    words = " ".join(part for part in parts if part)
    return _("{check}, atas nama orang lain").format(check=words) if check.for_other else words


def visit_facts(card: VisitCard) -> list[Fact]:
    guest, acting = card.guest, card.representation
    facts = []
    if guest is not None:
        facts += [
            Fact(_("Kabupaten/kota"), guest.regency),
            Fact(_("Telepon"), guest.phone),
            Fact(_("Surel"), guest.email),
            Fact(_("Pekerjaan/jabatan"), guest.occupation),
            Fact(_("Menemui"), guest.meets),
            Fact(_("Nomor surat"), _joined(guest.letter_number, guest.letter_date)),
        ]
    return [
        *facts,
        Fact(_("Keperluan"), _purpose(card)),
        Fact(_("Layanan"), service_name(card)),
        Fact(_("Permohonan"), card.case_number),
        Fact(_("Identitas"), check_words(card.checks[0]) if card.checks else "", _check_tone(card)),
        Fact(_("Mewakili"), _joined(acting.principal, acting.relation) if acting else ""),
        *_lent_facts(card),
        Fact(_("Persyaratan"), _requirement_words(card), "danger" if _missing(card) else "ok"),
    ]


def _lent_facts(card: VisitCard) -> list[Fact]:
    here = ", ".join(_joined(each.kind.word, each.place) for each in held_cards(card))
    worn = ", ".join(each.number for each in card.badges if each.returned_at is None)
    return [Fact(_("Kartu dipegang"), here, "danger"), Fact(_("Tag tamu"), worn)]


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _check_tone(card: VisitCard) -> str:
    return "ok" if card.checks and card.checks[0].matches else "danger"


def _missing(card: VisitCard) -> tuple[str, ...]:
    return card.requirement_checks[0].missing if card.requirement_checks else ()


def _requirement_words(card: VisitCard) -> str:
    if not card.requirement_checks:
        return ""
    return _lacking(card, _missing(card))


def _purpose(card: VisitCard) -> str:
    """A purpose that is one of the office's services has its English name."""
    offered = {choice.value: choice.within(language()) for choice in card.purposes}
    return offered.get(card.visit.purpose, card.purpose)


def _lacking(card: VisitCard, missing: tuple[str, ...]) -> str:
    named = {words.id: words.within(language()) for words in card.requirements}
    items = tuple(named.get(each, each) for each in missing)
    return _("kurang: {items}").format(items=", ".join(items)) if items else _("lengkap")


def visit_story(card: VisitCard, now: datetime) -> list[TimelineEntry]:
    """Everything that was noted, in the order of time."""
    told: list[Told] = [*_comings(card, now), *_papers(card, now), *_lent(card, now)]
    return [entry for _at, entry in sorted(told, key=lambda pair: pair[0])]


def _timeline_entry(
    at: int, now: datetime, what: str, who: str = "", icon: str = "circle-dot", note: str = ""
) -> Told:
    return at, TimelineEntry(when_words(at, now), what, who, note, icon)


def _comings(card: VisitCard, now: datetime) -> list[Told]:
    visit = card.visit
    greeted = ", ".join(each.word for each in Courtesy if each in card.courtesies)
    told = [_timeline_entry(visit.began_at, now, _("Datang"), icon="door-open", note=greeted)]
    if card.guest is not None:
        by = _("oleh petugas") if card.guest.entered_by == "officer" else _("oleh pengunjung")
        told.append(_timeline_entry(card.guest.at, now, _("Buku tamu diisi"), by, "book-open"))
    if visit.ended_at is not None:
        words = _("Kunjungan berakhir: {how}").format(how=Ending(visit.ending).word)
        told.append(_timeline_entry(visit.ended_at, now, words, icon="log-out", note=visit.remark))
    return told


def _papers(card: VisitCard, now: datetime) -> list[Told]:
    acting = card.representation
    return [
        *(
            _timeline_entry(
                each.at, now, _("Identitas diperiksa"), each.officer, "badge-check", check_words(each)
            )
            for each in card.checks
        ),
        *(
            [_timeline_entry(acting.at, now, acting.kind.word, acting.officer, "file-check", acting.issuer)]
            if acting
            else []
        ),
        *(
            _timeline_entry(each.at, now, each.kind.word, each.officer, "file-text", each.number)
            for each in card.letters
        ),
        *(
            _timeline_entry(
                each.at,
                now,
                _("Persyaratan diperiksa"),
                each.officer,
                "clipboard-check",
                _lacking(card, each.missing),
            )
            for each in card.requirement_checks
        ),
        *(
            _timeline_entry(each.at, now, _("SPD ditandatangani"), each.officer, "pen-line", each.number)
            for each in card.spd
        ),
        *(
            _timeline_entry(each.at, now, _("Dokumen dilampirkan"), each.officer, "files", each.name)
            for each in card.documents
        ),
    ]


def _lent(card: VisitCard, now: datetime) -> list[Told]:
    told = []
    for each in card.cards:
        name = each.kind.word
        looked = each.lent_at == each.returned_at
        words = _("{card} dilihat, langsung dikembalikan") if looked else _("{card} dipegang")
        told.append(
            _timeline_entry(each.lent_at, now, words.format(card=name), each.lent_by, "id-card", each.place)
        )
        if each.returned_at is not None and not looked:
            back = _("{card} tidak kembali") if each.released else _("{card} dikembalikan")
            told.append(
                _timeline_entry(
                    each.returned_at, now, back.format(card=name), each.returned_to, "undo-2", each.released
                )
            )
    for badge in card.badges:
        given = _("Tag tamu {number} diberikan").format(number=badge.number)
        told.append(_timeline_entry(badge.given_at, now, given, badge.given_by, "award"))
        if badge.returned_at is not None:
            words = _("Tag tamu {number} hilang") if badge.lost else _("Tag tamu {number} kembali")
            told.append(
                _timeline_entry(badge.returned_at, now, words.format(number=badge.number), icon="undo-2")
            )
    return told
