"""The view of one visit in full, masked or unmasked: who, what for, what was checked, which acts."""

from typing import TypeVar

import msgspec

from ult_desktop.base import _
from ult_desktop.core.personal import is_masked
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.core.visits import guest_book, identity
from ult_desktop.ui.counter.pages import PageHost, hide_timer, may_open, open_visit
from ult_desktop.ui.counter.visits.guest_words import nameless, visit_facts, visit_story, visit_tags
from ult_desktop.ui.kit.detail import Detail
from ult_desktop.ui.kit.timeline import Timeline
from ult_desktop.ui.kit.widgets import Button

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
    """`card` with what is known in clear of the same visit; what was written since then keeps its masks."""
    if clear is None or clear.visit.id != card.visit.id:
        return card
    guest, acting = card.guest, card.representation
    same_guest = guest and clear.guest and guest.at == clear.guest.at
    same_acting = acting and clear.representation and acting.at == clear.representation.at
    return msgspec.structs.replace(
        card,
        guest=clear.guest if same_guest else guest,
        representation=clear.representation if same_acting else acting,
        checks=_known(card.checks, clear.checks),
        letters=_known(card.letters, clear.letters),
    )


def _known(lines: tuple[Line, ...], clear: tuple[Line, ...]) -> tuple[Line, ...]:
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

    def cover(self) -> None:
        """Put the masks back."""
        self._clear = None
        self._minute.stop()
        self.show_card(self._card)

    def _show(self, card: guest_book.VisitCard) -> None:
        now, guest = self._host.now(), card.guest
        self.show_head(
            guest.name if guest else nameless(), guest.institution if guest else "", visit_tags(card)
        )
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
