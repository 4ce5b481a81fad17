"""A visit in words, and the view that shows it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

import msgspec

from ult_desktop.base import _, formats, language
from ult_desktop.core.fields import head_words
from ult_desktop.core.person import GuestFields, field_text
from ult_desktop.core.personal import is_masked
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.visits import custody, guest_book, identity
from ult_desktop.core.visits.visit import Courtesy, Ending
from ult_desktop.db.visits.guests import VisitRow
from ult_desktop.ui.counter.pages import PageHost, hide_timer, may_open, open_visit
from ult_desktop.ui.counter.words import service_name
from ult_desktop.ui.kit import lists, timeline
from ult_desktop.ui.kit.detail import Detail, Fact
from ult_desktop.ui.kit.timeline import Timeline
from ult_desktop.ui.kit.widgets import Button


def nameless() -> str:
    return _("Tamu tanpa nama")


def visit_row(line: VisitRow, now: datetime) -> lists.ListRow:
    """Make a line of today's list: who, from where, since when, what is still to be done."""
    return lists.ListRow(
        id=line.id,
        title=line.name or nameless(),
        subtitle=line.institution or line.purpose or service_name(line) or _("Buku tamu belum diisi"),
        aside=line.label or formats.format_time(to_datetime(line.began_at, now.tzinfo).time()),
        icon="user-round",
        tint="violet" if line.vulnerable else "blue",
        tags=_row_tags(line),
        groups=_groups(line),
        strong=line.ended_at is None and line.label is None,
        side_tone="danger" if line.cards else "",
        search=f"{line.phone} {line.purpose} {service_name(line)} {line.badge} {line.case_number}",
    )


def _row_tags(line: VisitRow) -> tuple[lists.Tag, ...]:
    tags = (
        lists.Tag(_("dicatat belakangan"), "accent") if line.belated else None,
        lists.Tag(_("kartu dipegang"), "danger") if line.cards else None,
        lists.Tag(_("tag {number}").format(number=line.badge), "accent") if line.badge else None,
        lists.Tag(state_words(line.state, line.ending, line.label), _tone(line)),
    )
    return tuple(tag for tag in tags if tag is not None)


_ENDED = {True: ("ok", "check"), False: ("warn", "circle-x")}
"""The tone and icon of a visit that is done, and of one that ended otherwise."""


def _tone(line: VisitRow) -> str:
    if line.ended_at is not None:
        return _ENDED[line.ending == Ending.DONE][0]
    return "primary" if line.label else "accent"


def state_words(state: str, ending: str, label: str | None) -> str:
    """Return the words for where a visitor is now."""
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
        "here": line.is_here,
        "cards": line.cards > 0,
        "badges": bool(line.badge),
    }
    return frozenset(name for name, true in found.items() if true)


def arrival_rows(visits: Sequence[VisitRow], numbers: Sequence[Ticket], now: datetime) -> list[lists.ListRow]:
    """Make the list of who came today, with the holders of numbers whom nobody received yet; newest first."""
    came = [
        *((line.began_at, visit_row(line, now)) for line in visits),
        *((ticket.issued_at, number_row(ticket, now)) for ticket in numbers),
    ]
    return [row for _at, row in sorted(came, key=lambda each: each[0], reverse=True)]


def number_row(ticket: Ticket, now: datetime) -> lists.ListRow:
    """Make a line of the holder of a number whom nobody received yet."""
    came = formats.format_time(to_datetime(ticket.issued_at, now.tzinfo).time())
    missed = ticket.state is TicketState.NO_SHOW
    return lists.ListRow(
        id=row_of_number(ticket),
        title=nameless(),
        subtitle=service_name(ticket),
        aside=ticket.label,
        icon="ticket",
        tint="violet" if ticket.priority else "blue",
        tags=number_tags(ticket),
        groups=frozenset() if missed else frozenset({"here"}),
        search=came,
    )


def row_of_number(ticket: Ticket) -> str:
    """Return the line's id, which is no visit's."""
    return f"nomor {ticket.id}"


def number_tags(ticket: Ticket) -> tuple[lists.Tag, ...]:
    return (lists.Tag(state_words(ticket.state, "", ticket.label), "primary"),)


def visit_tags(card: guest_book.VisitCard) -> tuple[lists.Tag, ...]:
    visit = card.visit
    tags = (
        lists.Tag(visit.label, "primary", "ticket") if visit.label else None,
        lists.Tag(_("kelompok rentan"), "priority", "heart-handshake") if visit.vulnerable else None,
        lists.Tag(_("surat kuasa/tugas belum ada"), "danger", "triangle-alert")
        if card.lacks_letter
        else None,
        lists.Tag(_("identitas tidak cocok"), "danger", "triangle-alert")
        if any(not check.matches for check in card.checks[:1])
        else None,
        lists.Tag(_("kartu dipegang"), "danger", "id-card") if held_cards(card) else None,
        lists.Tag(_("dicatat belakangan"), "accent", "history") if visit.belated else None,
        lists.Tag(Ending(visit.ending).word, *_ENDED[visit.ending == Ending.DONE]) if visit.ending else None,
    )
    return tuple(tag for tag in tags if tag is not None)


def held_cards(card: guest_book.VisitCard) -> tuple[custody.CardLoan, ...]:
    return tuple(each for each in card.cards if each.is_held)


def check_words(check: identity.IdentityCheck) -> str:
    result = _("cocok") if check.matches else _("tidak cocok")
    known_by = f"({check.known_by.word})" if check.known_by else ""
    parts = (check.kind.word, check.masked, known_by, result)
    words = " ".join(part for part in parts if part)
    return _("{check}, atas nama orang lain").format(check=words) if check.for_other else words


_ABOVE = frozenset({"name", "institution", "letter_number", "letter_date", "remember"})
_SAID_BY_GUEST = tuple(name for name in GuestFields.__struct_fields__ if name not in _ABOVE)


def visit_facts(card: guest_book.VisitCard) -> list[Fact]:
    guest, acting = card.guest, card.representation
    check, missing = (
        next(iter(card.checks), None),
        next((each.missing for each in card.requirement_checks), None),
    )
    facts = []
    if guest is not None:
        facts += [
            *(Fact(head_words(name), field_text(guest, name)) for name in _SAID_BY_GUEST),
            Fact(_("Yang dituju"), card.meets_absent, "warn"),
            Fact(_("Nomor surat"), _joined(guest.letter_number, guest.letter_date)),
        ]
    # A purpose that is a service of the office has its name in the language in force.
    offered = {choice.value: choice.within(language()) for choice in card.purposes}
    here = ", ".join(_joined(each.kind.word, each.place) for each in held_cards(card))
    worn = ", ".join(each.number for each in card.badges if each.returned_at is None)
    return [
        *facts,
        Fact(_("Keperluan"), offered.get(card.visit.purpose, card.purpose)),
        Fact(_("Layanan"), service_name(card)),
        Fact(_("Nomor permohonan"), card.case_number),
        Fact(
            _("Identitas"), check_words(check) if check else "", "ok" if check and check.matches else "danger"
        ),
        Fact(_("Mewakili"), _joined(acting.principal, acting.relation) if acting else ""),
        Fact(_("Kartu dipegang"), here, "danger"),
        Fact(_("Tag tamu"), worn),
        Fact(
            _("Persyaratan"),
            "" if missing is None else _lacking(card, missing),
            "danger" if missing else "ok",
        ),
    ]


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _lacking(card: guest_book.VisitCard, missing: tuple[str, ...]) -> str:
    named = {words.id: words.within(language()) for words in card.requirements}
    items = tuple(named.get(each, each) for each in missing)
    return _("kurang: {items}").format(items=", ".join(items)) if items else _("lengkap")


class Noted(NamedTuple):
    """A note on a visit at a moment (UTC ms): what, by whom, and a remark."""

    at: int
    what: str
    who: str = ""
    icon: str = "circle-dot"
    note: str = ""


def visit_story(card: guest_book.VisitCard, now: datetime) -> list[timeline.TimelineEntry]:
    """Return everything that was noted on the visit, in the order of time."""
    noted = sorted((*_comings(card), *_papers(card), *_lent(card)), key=lambda each: each.at)
    return [
        timeline.TimelineEntry(timeline.when_words(at, now), what, who, note, icon)
        for at, what, who, icon, note in noted
    ]


def _comings(card: guest_book.VisitCard) -> Iterator[Noted]:
    visit, guest = card.visit, card.guest
    yield Noted(visit.began_at, _("Datang"), icon="door-open", note=_received(card.courtesies))
    if guest is not None:
        by = _("oleh petugas") if guest.entered_by == "officer" else _("oleh pengunjung")
        yield Noted(guest.at, _("Buku tamu diisi"), by, "book-open")
    if visit.typed_at is not None:
        yield Noted(visit.typed_at, _("Dicatat belakangan dari kertas"), visit.typed_by, "history")
    if visit.ended_at is not None:
        words = _("Kunjungan berakhir: {how}").format(how=Ending(visit.ending).word)
        yield Noted(visit.ended_at, words, icon="log-out", note=visit.remark)


def _received(done: tuple[Courtesy, ...]) -> str:
    """Return what was left out at the entrance; "" if nobody received the visitor there."""
    missed = ", ".join(each.word.lower() for each in Courtesy if each not in done)
    if not done:
        return ""
    return _("Disambut, tanpa: {missed}").format(missed=missed) if missed else _("Disambut di pintu")


def _papers(card: guest_book.VisitCard) -> Iterator[Noted]:
    acting = card.representation
    for check in card.checks:
        words = check_words(check)
        yield Noted(check.at, _("Identitas diperiksa"), check.officer, "badge-check", words)
    if acting is not None:
        yield Noted(acting.at, acting.kind.word, acting.officer, "file-check", acting.issuer)
    for letter in card.letters:
        yield Noted(letter.at, letter.kind.word, letter.officer, "file-text", letter.number)
    for each in card.requirement_checks:
        words = _lacking(card, each.missing)
        yield Noted(each.at, _("Persyaratan diperiksa"), each.officer, "clipboard-check", words)
    for spd in card.spd:
        yield Noted(spd.at, _("SPD ditandatangani"), spd.officer, "pen-line", spd.number)
    for document in card.documents:
        yield Noted(document.at, _("Dokumen dilampirkan"), document.officer, "files", document.name)


def _lent(card: guest_book.VisitCard) -> Iterator[Noted]:
    for each in card.cards:
        looked = each.lent_at == each.returned_at
        words = _("{card} dilihat, langsung dikembalikan") if looked else _("{card} dipegang")
        yield Noted(each.lent_at, words.format(card=each.kind.word), each.lent_by, "id-card", each.place)
        if each.returned_at is not None and not looked:
            back = _("{card} tidak kembali") if each.released else _("{card} dikembalikan")
            words = back.format(card=each.kind.word)
            yield Noted(each.returned_at, words, each.returned_to, "undo-2", each.released)
    for badge in card.badges:
        given = _("Tag tamu {number} diberikan").format(number=badge.number)
        yield Noted(badge.given_at, given, badge.given_by, "award")
        if badge.returned_at is not None:
            words = _("Tag tamu {number} hilang") if badge.lost else _("Tag tamu {number} kembali")
            yield Noted(badge.returned_at, words.format(number=badge.number), icon="undo-2")


Line = TypeVar("Line", identity.IdentityCheck, identity.VisitorLetter)


def has_masks(card: guest_book.VisitCard) -> bool:
    """Return whether the card has anything masked."""
    guest, acting = card.guest, card.representation
    texts = [
        *((guest.phone, guest.email, guest.letter_number) if guest else ()),
        *((acting.principal, acting.issuer, acting.number) if acting else ()),
        *(check.number_tail for check in card.checks),
        *(text for letter in card.letters for text in (letter.number, letter.issuer, letter.subject)),
    ]
    return any(map(is_masked, texts))


def with_clear_fields(card: guest_book.VisitCard, clear: guest_book.VisitCard | None) -> guest_book.VisitCard:
    """Return `card` with what `clear` has of the same visit; what was written since then stays masked."""
    if clear is None or clear.visit.id != card.visit.id:
        return card
    guest, acting = card.guest, card.representation
    same_guest = guest and clear.guest and guest.at == clear.guest.at
    same_acting = acting and clear.representation and acting.at == clear.representation.at
    return msgspec.structs.replace(
        card,
        guest=clear.guest if same_guest else guest,
        representation=clear.representation if same_acting else acting,
        checks=_with_clear_lines(card.checks, clear.checks),
        letters=_with_clear_lines(card.letters, clear.letters),
    )


def _with_clear_lines(lines: tuple[Line, ...], clear: tuple[Line, ...]) -> tuple[Line, ...]:
    by_id = {line.id: line for line in clear}
    return tuple(by_id.get(line.id, line) for line in lines)


class VisitView(Detail):
    """The view that shows the card masked. The eye lifts the masks for a minute, and that is logged."""

    def __init__(self, host: PageHost, nobody: str) -> None:
        super().__init__(host.theme, (nobody, "user-round"))
        self._host = host
        self._card: guest_book.VisitCard | None = None
        self._clear: guest_book.VisitCard | None = None
        self.story = Timeline(host.theme)
        self.add_section(_("Catatan kunjungan"), self.story)
        self.eye = self.add_corner(Button(host.theme, _("Tampilkan"), "quiet", "eye"))
        self.eye.setToolTip(_("Tampilkan data pribadi selama satu menit; pembukaannya dicatat."))
        self.veil = self.add_corner(Button(host.theme, _("Samarkan"), "quiet", "eye-off"))
        self.eye.clicked.connect(self._lift)
        self.veil.clicked.connect(self.cover)
        self._minute = hide_timer(self, self.cover)

    def show_card(self, card: guest_book.VisitCard | None) -> None:
        if card is None or self._clear is None or card.visit.id != self._clear.visit.id:
            self._clear = None
        self._card = card
        if card is None:
            self.show_nothing()
        else:
            self._show(with_clear_fields(card, self._clear))

    def show_number(self, ticket: Ticket) -> None:
        """Show the holder of a number whom nobody received yet."""
        self.show_card(None)
        self.show_head(ticket.label, service_name(ticket), number_tags(ticket))
        self.show_facts(())
        taken = timeline.when_words(ticket.issued_at, self._host.now())
        self.story.show_entries([timeline.TimelineEntry(taken, _("Nomor diambil"), icon="ticket")])
        for button in (self.eye, self.veil):
            button.hide()

    def cover(self) -> None:
        """Put the masks back."""
        self._clear = None
        self._minute.stop()
        self.show_card(self._card)

    def _show(self, card: guest_book.VisitCard) -> None:
        now, guest = self._host.now(), card.guest
        self.show_head(card.name or nameless(), guest.institution if guest else "", visit_tags(card))
        self.show_facts(visit_facts(card))
        self.story.show_entries(visit_story(card, now))
        self.eye.setVisible(self._clear is None and has_masks(card) and may_open(self._host))
        self.veil.setVisible(self._clear is not None)

    def _lift(self) -> None:
        if self._card is not None:
            open_visit(self._host, self._card.visit.id, self._show_clear)

    def _show_clear(self, opened: OpenedVisit) -> None:
        if self._card is not None and opened.card.visit.id == self._card.visit.id:
            self._clear = opened.card
            self._minute.start()
            self._show(with_clear_fields(self._card, self._clear))
