"""A visit in words, and the view that shows it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

import msgspec

from ult_desktop.base import _, formats, language, pgettext
from ult_desktop.core.fields import head_words
from ult_desktop.core.person import GuestFields, field_text
from ult_desktop.core.personal import is_masked
from ult_desktop.core.privacy.subject_words import day_word
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


def unnamed_guest() -> str:
    return _("Tamu tanpa nama")


def visit_row(visit: VisitRow, now: datetime) -> lists.ListRow:
    """Make a row of today's list: who, from where, since when, what is still to be done."""
    return lists.ListRow(
        id=visit.id,
        title=visit.name or unnamed_guest(),
        subtitle=visit.institution or visit.purpose or service_name(visit) or _("Buku tamu belum diisi"),
        aside=visit.label or formats.format_time(to_datetime(visit.began_at, now.tzinfo).time()),
        icon="user-round",
        tint="violet" if visit.vulnerable else "blue",
        tags=_row_tags(visit),
        groups=_groups(visit),
        strong=visit.ended_at is None and visit.label is None,
        side_tone="danger" if visit.cards else "",
        search=f"{visit.phone} {visit.purpose} {service_name(visit)} {visit.badge} {visit.case_number}",
    )


def _row_tags(visit: VisitRow) -> tuple[lists.Tag, ...]:
    tone = "primary" if visit.label else "accent"
    if visit.ended_at is not None:
        tone = ending_look(visit.ending).tone
    tags = (
        lists.Tag(_("dicatat belakangan"), "accent") if visit.belated else None,
        lists.Tag(_("kartu dipegang"), "danger") if visit.cards else None,
        lists.Tag(_("tag {number}").format(number=visit.badge), "accent") if visit.badge else None,
        lists.Tag(state_words(visit.state, visit.ending, visit.label), tone),
    )
    return tuple(tag for tag in tags if tag is not None)


class EndingLook(NamedTuple):
    """The tone and icon of a tag that says how a visit ended."""

    tone: str
    icon_name: str


def ending_look(ending: str) -> EndingLook:
    return EndingLook("ok", "check") if ending == Ending.DONE else EndingLook("warn", "circle-x")


def state_words(state: str, ending: str, label: str | None) -> str:
    """Return the words for where a visitor is now.

    `state` and `label` are those of their ticket (`label` is None without one), `ending` how the visit ended
    ("" while it lasts).
    """
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


def _groups(visit: VisitRow) -> frozenset[str]:
    """Return the names of the list's filters that show this row."""
    belongs = {
        "new": visit.ended_at is None and visit.label is None,
        "here": visit.is_here,
        "cards": visit.cards > 0,
        "badges": bool(visit.badge),
    }
    return frozenset(name for name, is_in in belongs.items() if is_in)


def arrival_rows(visits: Sequence[VisitRow], numbers: Sequence[Ticket], now: datetime) -> list[lists.ListRow]:
    """Make the rows of who came today, newest first.

    `numbers` are the tickets whose holders nobody has received yet.
    """
    arrivals = [
        *((visit.began_at, visit_row(visit, now)) for visit in visits),
        *((ticket.issued_at, ticket_row(ticket, now)) for ticket in numbers),
    ]
    return [row for _at, row in sorted(arrivals, key=lambda arrival: arrival[0], reverse=True)]


def ticket_row(ticket: Ticket, now: datetime) -> lists.ListRow:
    """Make the row of a ticket whose holder nobody received yet."""
    came = formats.format_time(to_datetime(ticket.issued_at, now.tzinfo).time())
    missed = ticket.state is TicketState.NO_SHOW
    return lists.ListRow(
        id=ticket_row_id(ticket),
        title=unnamed_guest(),
        subtitle=service_name(ticket),
        aside=ticket.label,
        icon="ticket",
        tint="violet" if ticket.priority else "blue",
        tags=ticket_tags(ticket),
        groups=frozenset() if missed else frozenset({"here"}),
        search=came,
    )


def ticket_row_id(ticket: Ticket) -> str:
    """Return the row's id: a text, so that no visit has it."""
    return f"nomor {ticket.id}"


def ticket_tags(ticket: Ticket) -> tuple[lists.Tag, ...]:
    return (lists.Tag(state_words(ticket.state, "", ticket.label), "primary"),)


def visit_tags(card: guest_book.VisitCard) -> tuple[lists.Tag, ...]:
    visit, tags = card.visit, []
    if visit.label:
        tags.append(lists.Tag(visit.label, "primary", "ticket"))
    if visit.vulnerable:
        tags.append(lists.Tag(_("kelompok rentan"), "priority", "heart-handshake"))
    if card.lacks_letter:
        tags.append(lists.Tag(_("surat kuasa/tugas belum ada"), "danger", "triangle-alert"))
    if card.checks and not card.checks[0].matches:  # the newest check is the first
        tags.append(lists.Tag(_("identitas tidak cocok"), "danger", "triangle-alert"))
    if held_cards(card):
        tags.append(lists.Tag(_("kartu dipegang"), "danger", "id-card"))
    if visit.belated:
        tags.append(lists.Tag(_("dicatat belakangan"), "accent", "history"))
    if visit.ending:
        tags.append(lists.Tag(Ending(visit.ending).word, *ending_look(visit.ending)))
    return tuple(tags)


def held_cards(card: guest_book.VisitCard) -> tuple[custody.CardLoan, ...]:
    """Return the identity cards that the office holds during this visit."""
    return tuple(loan for loan in card.cards if loan.is_held)


def describe_check(check: identity.IdentityCheck) -> str:
    result = _("cocok") if check.matches else _("tidak cocok")
    known_by = f"({check.known_by.word})" if check.known_by else ""
    parts = (check.kind.word, check.masked_number, known_by, result)
    words = " ".join(part for part in parts if part)
    return _("{check}, atas nama orang lain").format(check=words) if check.for_other else words


# In the head of the view, or in one fact with another field; `remember` is not shown.
_SHOWN_ELSEWHERE = frozenset({"name", "institution", "letter_number", "letter_date", "remember"})
_GUEST_FACTS = tuple(name for name in GuestFields.__struct_fields__ if name not in _SHOWN_ELSEWHERE)


def visit_facts(card: guest_book.VisitCard) -> list[Fact]:
    """Return what the detail of a visit shows below its head."""
    guest, acting = card.guest, card.representation
    check = card.checks[0] if card.checks else None
    missing = card.requirement_checks[0].missing if card.requirement_checks else None
    facts = []
    if guest is not None:
        facts += [
            *(Fact(head_words(name), field_text(guest, name)) for name in _GUEST_FACTS),
            Fact(_("Yang dituju"), card.meets_absent, "warn"),
            Fact(_("Nomor surat"), guest.letter_number),
            Fact(_("Tanggal surat"), day_word(guest.letter_date)),
        ]
    # A purpose that is a service of the office has its name in the language in force.
    purpose_names = {choice.value: choice.within(language()) for choice in card.purposes}
    held_words = ", ".join(_join_nonempty(loan.kind.word, loan.place) for loan in held_cards(card))
    badge_numbers = ", ".join(badge.number for badge in card.badges if badge.returned_at is None)
    return [
        *facts,
        Fact(_("Keperluan"), purpose_names.get(card.visit.purpose, card.purpose)),
        Fact(_("Layanan"), service_name(card)),
        Fact(_("Nomor permohonan"), card.case_number),
        Fact(
            _("Identitas"),
            describe_check(check) if check else "",
            "ok" if check and check.matches else "danger",
        ),
        Fact(_("Mewakili"), _join_nonempty(acting.principal, acting.relation) if acting else ""),
        Fact(_("Kartu dipegang"), held_words, "danger"),
        Fact(_("Tag tamu"), badge_numbers),
        Fact(
            _("Persyaratan"),
            "" if missing is None else _requirement_words(card, missing),
            "danger" if missing else "ok",
        ),
    ]


def _join_nonempty(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _requirement_words(card: guest_book.VisitCard, missing: tuple[str, ...]) -> str:
    """Return which requirements are missing. Each is an id of one of the service's, or an officer's words."""
    names = {requirement.indonesian: requirement.within(language()) for requirement in card.requirements}
    items = [names.get(item, item) for item in missing]
    return _("kurang: {items}").format(items=", ".join(items)) if items else _("lengkap")


class VisitNote(NamedTuple):
    """A note on a visit: when it was made (UTC ms), what it says, by whom, and a remark."""

    at: int
    what: str
    who: str = ""
    icon: str = "circle-dot"
    note: str = ""


def visit_story(card: guest_book.VisitCard, now: datetime) -> list[timeline.TimelineEntry]:
    """Return everything that was noted on the visit, in the order of time."""
    notes = (*_arrival_notes(card), *_paper_notes(card), *_custody_notes(card))
    return [
        timeline.TimelineEntry(timeline.when_words(note.at, now), note.what, note.who, note.note, note.icon)
        for note in sorted(notes, key=lambda note: note.at)
    ]


def _arrival_notes(card: guest_book.VisitCard) -> Iterator[VisitNote]:
    visit, guest = card.visit, card.guest
    missed = ", ".join(courtesy.word.lower() for courtesy in Courtesy if courtesy not in card.courtesies)
    welcome = _("Disambut, tanpa: {missed}").format(missed=missed) if missed else _("Disambut di pintu")
    if not card.courtesies:  # nobody welcomed them at the entrance
        welcome = ""
    yield VisitNote(visit.began_at, _("Datang"), icon="door-open", note=welcome)
    if guest is not None:
        who = _("oleh petugas") if guest.entered_by == "officer" else _("oleh pengunjung")
        yield VisitNote(guest.at, _("Buku tamu diisi"), who, "book-open")
    if visit.typed_at is not None:
        yield VisitNote(visit.typed_at, _("Dicatat belakangan dari kertas"), visit.typed_by, "history")
    if visit.ended_at is not None:
        words = _("Kunjungan berakhir: {how}").format(how=Ending(visit.ending).word)
        yield VisitNote(visit.ended_at, words, icon="log-out", note=visit.remark)


def _paper_notes(card: guest_book.VisitCard) -> Iterator[VisitNote]:
    acting = card.representation
    for check in card.checks:
        words = describe_check(check)
        yield VisitNote(check.at, _("Identitas diperiksa"), check.officer, "badge-check", words)
    if acting is not None:
        yield VisitNote(acting.at, acting.kind.word, acting.officer, "file-check", acting.issuer)
    for letter in card.letters:
        yield VisitNote(letter.at, letter.kind.word, letter.officer, "file-text", letter.number)
    for checked in card.requirement_checks:
        words = _requirement_words(card, checked.missing)
        yield VisitNote(checked.at, _("Persyaratan diperiksa"), checked.officer, "clipboard-check", words)
    for spd in card.spd:
        yield VisitNote(spd.at, _("SPD ditandatangani"), spd.officer, "pen-line", spd.number)
    for document in card.documents:
        yield VisitNote(document.at, _("Dokumen dilampirkan"), document.officer, "files", document.name)


def _custody_notes(card: guest_book.VisitCard) -> Iterator[VisitNote]:
    for loan in card.cards:
        was_only_seen = loan.lent_at == loan.returned_at
        words = _("{card} dilihat, langsung dikembalikan") if was_only_seen else _("{card} dipegang")
        yield VisitNote(loan.lent_at, words.format(card=loan.kind.word), loan.lent_by, "id-card", loan.place)
        if loan.returned_at is not None and not was_only_seen:
            words = _("{card} tidak kembali") if loan.released else _("{card} dikembalikan")
            words = words.format(card=loan.kind.word)
            yield VisitNote(loan.returned_at, words, loan.returned_to, "undo-2", loan.released)
    for badge in card.badges:
        words = _("Tag tamu {number} diberikan").format(number=badge.number)
        yield VisitNote(badge.given_at, words, badge.given_by, "award")
        if badge.returned_at is not None:
            words = _("Tag tamu {number} hilang") if badge.lost else _("Tag tamu {number} kembali")
            yield VisitNote(badge.returned_at, words.format(number=badge.number), icon="undo-2")


def has_masked_text(card: guest_book.VisitCard) -> bool:
    """Return whether any text of the card is masked."""
    guest, acting = card.guest, card.representation
    texts = [
        *((guest.phone, guest.email, guest.letter_number) if guest else ()),
        *((acting.principal, acting.issuer, acting.number) if acting else ()),
        *(check.number_tail for check in card.checks),
        *(text for letter in card.letters for text in (letter.number, letter.issuer, letter.subject)),
    ]
    return any(map(is_masked, texts))


def merge_clear_fields(
    card: guest_book.VisitCard, clear: guest_book.VisitCard | None
) -> guest_book.VisitCard:
    """Return `card` with the texts of `clear`, the same visit opened; what was written later stays masked."""
    if clear is None or clear.visit.id != card.visit.id:
        return card
    guest, acting = card.guest, card.representation
    same_guest = guest and clear.guest and guest.at == clear.guest.at
    same_acting = acting and clear.representation and acting.at == clear.representation.at
    return msgspec.structs.replace(
        card,
        guest=clear.guest if same_guest else guest,
        representation=clear.representation if same_acting else acting,
        checks=_replace_by_id(card.checks, clear.checks),
        letters=_replace_by_id(card.letters, clear.letters),
    )


Record = TypeVar("Record", identity.IdentityCheck, identity.VisitorLetter)


def _replace_by_id(records: tuple[Record, ...], clear: tuple[Record, ...]) -> tuple[Record, ...]:
    """Return the records, each as it is in `clear` if it is there."""
    clear_by_id = {record.id: record for record in clear}
    return tuple(clear_by_id.get(record.id, record) for record in records)


class VisitView(Detail):
    """The view of a visit's card, masked. A button unmasks it for a minute, which the log records."""

    def __init__(self, host: PageHost, nobody: str) -> None:
        super().__init__(host.theme, (nobody, "user-round"))
        self._host = host
        self._card: guest_book.VisitCard | None = None
        self._clear: guest_book.VisitCard | None = None  # the card unmasked, for a minute
        self.story = Timeline(host.theme)
        self.add_section(_("Catatan kunjungan"), self.story)
        self.unmask_button = self.add_corner(Button(host.theme, _("Tampilkan"), "quiet", "eye"))
        self.unmask_button.setToolTip(_("Tampilkan data pribadi selama satu menit; pembukaannya dicatat."))
        self.mask_button = self.add_corner(Button(host.theme, _("Samarkan"), "quiet", "eye-off"))
        self.unmask_button.clicked.connect(self._request_unmasking)
        self.mask_button.clicked.connect(self.show_masked)
        self._minute = hide_timer(self, self.show_masked)

    def show_card(self, card: guest_book.VisitCard | None) -> None:
        if card is None or self._clear is None or card.visit.id != self._clear.visit.id:
            self._clear = None
        self._card = card
        if card is None:
            self.show_nothing()
        else:
            self._show(merge_clear_fields(card, self._clear))

    def show_ticket(self, ticket: Ticket) -> None:
        """Show a ticket whose holder nobody received yet."""
        self.show_card(None)
        self.show_head(ticket.label, service_name(ticket), ticket_tags(ticket))
        self.show_facts(())
        taken = timeline.when_words(ticket.issued_at, self._host.now())
        self.story.show_entries(
            [timeline.TimelineEntry(taken, pgettext("one", "Nomor diambil"), icon="ticket")]
        )
        for button in (self.unmask_button, self.mask_button):
            button.hide()

    def show_masked(self) -> None:
        """Put the masks back."""
        self._clear = None
        self._minute.stop()
        self.show_card(self._card)

    def _show(self, card: guest_book.VisitCard) -> None:
        now, guest = self._host.now(), card.guest
        self.show_head(card.name or unnamed_guest(), guest.institution if guest else "", visit_tags(card))
        self.show_facts(visit_facts(card))
        self.story.show_entries(visit_story(card, now))
        self.unmask_button.setVisible(self._clear is None and has_masked_text(card) and may_open(self._host))
        self.mask_button.setVisible(self._clear is not None)

    def _request_unmasking(self) -> None:
        if self._card is not None:
            open_visit(self._host, self._card.visit.id, self._show_clear)

    def _show_clear(self, opened: OpenedVisit) -> None:
        if self._card is not None and opened.card.visit.id == self._card.visit.id:
            self._clear = opened.card
            self._minute.start()
            self._show(merge_clear_fields(self._card, self._clear))
