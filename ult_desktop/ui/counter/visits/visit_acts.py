"""What can be done for the visitor shown, the next thing first, and why it cannot."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from textwrap import shorten

import msgspec
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.accountability.commands import TickStep
from ult_desktop.core.personal import is_masked
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.core.procedures.procedure import Step
from ult_desktop.core.visits.commands import ReturnBadge, ReturnCard
from ult_desktop.core.visits.custody import CardLoan
from ult_desktop.core.visits.guest_book import VisitCard
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.page import CaseWanted
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.pages.unmasking import open_visit
from ult_desktop.ui.counter.visits import identity_boxes, visit_boxes
from ult_desktop.ui.counter.visits.documents import new_folder
from ult_desktop.ui.counter.visits.guest_box import GuestBox
from ult_desktop.ui.counter.visits.guest_words import held_cards
from ult_desktop.ui.counter.visits.reading import VisitForms, open_copy
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.actions_row import DetailAction

Open = Callable[[PageHost, VisitForms], FormBox]
Act = Callable[[VisitForms], object]
_LONGEST_STEP = 40  # letters of a step's activity on its button


class VisitActs:
    """The acts on the visit shown last."""

    def __init__(self, host: PageHost) -> None:
        self._host = host
        self._forms: VisitForms | None = None
        boxes: dict[str, Open] = {
            "purpose": visit_boxes.purpose_box,
            "number": visit_boxes.number_box,
            "join": visit_boxes.join_box,
            "identity": identity_boxes.identity_box,
            "acting": identity_boxes.acting_box,
            "card": visit_boxes.card_box,
            "letter": identity_boxes.letter_box,
            "scan": identity_boxes.scan_box,
            "requirements": identity_boxes.requirements_box,
            "spd": identity_boxes.spd_box,
            "badge": visit_boxes.badge_box,
            "vulnerable": visit_boxes.vulnerable_box,
            "end": visit_boxes.end_box,
        }
        self._by_name: dict[str, Act] = {
            **{name: partial(self._open, box) for name, box in boxes.items()},
            "guest": self._guest,
            "card_back": self._card_back,
            "card_gone": self._card_gone,
            "badge_back": self._badge_back,
            "tick": self._tick,
            "document": self._document,
            "more": self._more,
            "case": lambda forms: host.open_page("cases", CaseWanted(forms.card.visit.id)),
        }

    def show_forms(self, forms: VisitForms | None) -> None:
        self._forms = forms

    def do(self, name: str) -> None:
        if self._forms is not None:
            self._by_name[name](self._forms)

    def do_first(self, name: str) -> None:
        """By key: only what is offered and open now."""
        if any(action.name == name and not action.why for action in (*self.actions(), *self.further())):
            self.do(name)

    def actions(self) -> list[DetailAction]:
        """What is done with most visitors; the rest stands behind “Lainnya …”."""
        if self._forms is None:
            return []
        card = self._forms.card
        over = _over(card)
        more = DetailAction("more", _("Lainnya …"), "ellipsis")
        end = DetailAction("end", _("Akhiri kunjungan"), "log-out", "danger", why=over)
        first = next_act(self._forms)
        step = _tick_actions(self._forms.tick, first)
        return [*_often(card, over, first), *step, *_badge_actions(card, over), more, end]

    def further(self) -> list[DetailAction]:
        """What only some visitors need."""
        card = self._forms.card if self._forms else None
        if card is None:
            return []
        may_open = card.visit.is_open and self._host.actor.may(Permission.WORK_CASES)
        case = [DetailAction("case", _("Catat permohonan"))] if may_open else []
        return [*case, *_further(card)]

    def at_the_door(self) -> list[DetailAction]:
        """What a security officer does for a visitor."""
        if self._forms is None:
            return []
        card = self._forms.card
        over = _over(card)
        care = DetailAction("vulnerable", _("Kelompok rentan"), "heart-handshake", "priority", why=over)
        return [care, *_badge_actions(card, over)]

    def _open(self, box: Open, forms: VisitForms) -> None:
        box(self._host, forms).open()

    def _guest(self, forms: VisitForms) -> None:
        """A line that is corrected must be seen in clear first."""
        guest = forms.card.guest
        if guest is not None and any(map(is_masked, (guest.phone, guest.email, guest.letter_number))):
            open_visit(self._host, forms.card.visit.id, partial(self._correct, forms))
        else:
            GuestBox(self._host, forms).open()

    def _correct(self, forms: VisitForms, opened: OpenedVisit) -> None:
        card = msgspec.structs.replace(forms.card, guest=opened.card.guest)
        GuestBox(self._host, msgspec.structs.replace(forms, card=card)).open()

    def _more(self, _forms: VisitForms) -> None:
        options = [(action.text, action.name) for action in self.further()]
        title = _("Yang lain untuk tamu ini")
        dialogs.choose(self._host.window, self._host.theme, title, options, lambda name: self.do(str(name)))

    def _card_back(self, forms: VisitForms) -> None:
        self._which(held_cards(forms.card), _("Kartu mana yang kembali?"), self._give_back)

    def _give_back(self, loan_id: int) -> None:
        self._host.perform(ReturnCard(loan_id=loan_id), told=_("Kartu dikembalikan."))

    def _card_gone(self, forms: VisitForms) -> None:
        self._which(
            held_cards(forms.card),
            _("Kartu mana yang tidak kembali?"),
            lambda loan_id: visit_boxes.release_box(self._host, loan_id).open(),
        )

    def _which(self, cards: tuple[CardLoan, ...], title: str, then: Callable[[int], object]) -> None:
        """The one card that is held, or the one that is chosen."""
        if len(cards) == 1:
            then(cards[0].id)
            return
        options = [(card.kind.word, card.id) for card in cards]
        dialogs.choose(
            self._host.window, self._host.theme, title, options, lambda chosen: then(int(str(chosen)))
        )

    def _badge_back(self, forms: VisitForms) -> None:
        out = [badge for badge in forms.card.badges if badge.returned_at is None]
        options: list[tuple[str, object]] = []
        for badge in out:
            options.append((_("{number} kembali").format(number=badge.number), ReturnBadge(loan_id=badge.id)))
            options.append(
                (_("{number} hilang").format(number=badge.number), ReturnBadge(loan_id=badge.id, lost=True))
            )

        def chosen(answer: object) -> None:
            if isinstance(answer, ReturnBadge):
                self._host.perform(answer, told=_("Tag tamu tercatat."))

        dialogs.choose(self._host.window, self._host.theme, _("Tag tamu"), options, chosen)

    def _tick(self, forms: VisitForms) -> None:
        if forms.tick is not None:
            command = TickStep(visit_id=forms.card.visit.id, step=forms.tick.step)
            self._host.perform(command, told=_("Langkah {n} selesai.").format(n=forms.tick.step))

    def _document(self, forms: VisitForms) -> None:
        options = [(document.name, document.id) for document in forms.card.documents]

        def chosen(answer: object) -> None:
            self._host.perform(partial(open_copy, int(str(answer)), new_folder()), _show_file)

        dialogs.choose(self._host.window, self._host.theme, _("Buka dokumen"), options, chosen)


def _show_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _over(card: VisitCard) -> str:
    return "" if card.visit.is_open else _("Kunjungan ini sudah berakhir.")


def next_act(forms: VisitForms) -> str:
    """What comes first now, in the order of the POS; "" when nothing presses."""
    card = forms.card
    wanted = {
        "acting": card.lacks_letter,
        "guest": card.guest is None,
        "number": card.visit.label is None,
        "tick": forms.tick is not None,
        "identity": not card.checks,
        "card_back": bool(held_cards(card)),
    }
    return next((name for name, true in wanted.items() if true), "")


def _often(card: VisitCard, over: str, first: str) -> list[DetailAction]:
    """Guest book, purpose, number, identity, card (POS Kaltara 1 and 2, Sumut tatap muka 2, 3 and 7)."""
    book = _("Ubah buku tamu") if card.guest is not None else _("Isi buku tamu")
    shown = {
        ("guest", book, "book-open"): True,
        ("purpose", _("Keperluan"), "message-circle"): True,
        ("number", _("Beri nomor"), "ticket"): card.visit.label is None,
        ("identity", _("Verifikasi identitas"), "badge-check"): True,
        ("acting", _("Catat surat kuasa/tugas"), "file-check"): card.lacks_letter,
        ("card", _("Kartu identitas"), "id-card"): not held_cards(card),
    }
    told = [
        DetailAction(*words, role="primary" if words[0] == first else "", why=over)
        for words, true in shown.items()
        if true
    ]
    back = DetailAction(
        "card_back", _("Kembalikan kartu"), "id-card", "primary" if first == "card_back" else ""
    )
    return [*told, back] if held_cards(card) else told


def _further(card: VisitCard) -> list[DetailAction]:
    here = card.visit.is_open
    wanted = {
        ("join", _("Sudah mengambil nomor di kios")): here and card.visit.label is None,
        ("vulnerable", _("Termasuk kelompok rentan")): here and not card.visit.vulnerable,
        ("acting", _("Datang atas nama orang lain")): here,
        ("requirements", _("Periksa persyaratan")): here,
        ("letter", _("Catat surat yang dibawa")): here,
        ("scan", _("Lampirkan pindaian atau foto")): here,
        ("spd", _("Tanda tangan SPD")): here,
        ("card", _("Pinjam kartu lain")): here and bool(held_cards(card)),
        ("card_gone", _("Kartu tidak kembali")): bool(held_cards(card)),
        ("document", _("Buka dokumen")): bool(card.documents),
    }
    return [DetailAction(name, text) for (name, text), true in wanted.items() if true]


def _tick_actions(step: Step | None, first: str) -> list[DetailAction]:
    """What only an officer sees happen (POS Sumut tatap muka 4: seated)."""
    if step is None:
        return []
    words = shorten(step.activity, _LONGEST_STEP, placeholder=" …")
    role = "primary" if first == "tick" else ""
    return [DetailAction("tick", _("Langkah {n}: {words}").format(n=step.step, words=words), "check", role)]


def _badge_actions(card: VisitCard, over: str) -> list[DetailAction]:
    if any(badge.returned_at is None for badge in card.badges):
        return [DetailAction("badge_back", _("Tag tamu kembali"), "undo-2")]
    return [DetailAction("badge", _("Tag tamu"), "award", why=over)]
