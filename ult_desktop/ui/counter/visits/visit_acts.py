"""The acts for the visitor shown: which are offered, which comes next, and why one is closed."""

from collections.abc import Callable
from functools import partial

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.personal import is_masked
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.core.procedures.commands import TickStep
from ult_desktop.core.procedures.short_steps import short_words
from ult_desktop.core.queue.commands import ComeBack
from ult_desktop.core.queue.ticket import OPEN_STATES, Ticket, TicketState
from ult_desktop.core.visits import commands, guest_book
from ult_desktop.core.visits.visit import Guest
from ult_desktop.operations.visits.boards import VisitForms
from ult_desktop.ui.counter.appointments import booking_box
from ult_desktop.ui.counter.pages import CaseWanted, FormBox, PageHost, may_open, open_visit
from ult_desktop.ui.counter.visits import documents, visit_boxes, visit_view
from ult_desktop.ui.counter.visits.visit_boxes import FollowUpBox, GuestBox
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.detail import DetailAction

Act = Callable[[PageHost, VisitForms], object]


class VisitActs:
    """The acts on the visit shown last."""

    def __init__(self, host: PageHost) -> None:
        self._host = host
        self._forms: VisitForms | None = None

    def show_forms(self, forms: VisitForms | None) -> None:
        self._forms = forms

    def do_first(self, name: str) -> None:
        """Do the act of that name, if it is offered and open now."""
        act = next((each for each in self.actions() if each.name == name and not each.why), None)
        if act is not None:
            act.do()

    def actions(self) -> list[DetailAction]:
        """Return the acts for most visitors, then those that only some need."""
        if self._forms is None:
            return []
        over = _over(self._forms.card)
        return [
            *self._usual_acts(self._forms, over),
            *self._step_act(self._forms),
            *self._badge_act(self._forms.card, over),
            *self._further_acts(self._forms),
        ]

    def _further_acts(self, forms: VisitForms) -> list[DetailAction]:
        """Return the acts that only some visitors need."""
        card, form = forms.card, self._form
        here, held = card.visit.is_open, bool(visit_view.held_cards(card))
        may_open_case = here and self._host.actor.may(Permission.WORK_CASES)
        wanted = (
            (may_open_case, "case", _("Catat permohonan"), self._do(_open_case)),
            (
                self._host.actor.may(Permission.KEEP_APPOINTMENTS),
                "book",
                _("Buat janji temu"),
                self._do(_book),
            ),
            (
                here and card.visit.label is None,
                "join",
                _("Sudah mengambil nomor di kios"),
                form(visit_boxes.join_box),
            ),
            (
                here and not card.case_number,
                "follow_up",
                _("Lanjutan dari permohonan …"),
                self._do(lambda host, forms: FollowUpBox(host, forms).open()),
            ),
            (
                here and not card.visit.vulnerable,
                "vulnerable",
                _("Termasuk kelompok rentan"),
                form(visit_boxes.vulnerable_box),
            ),
            (here, "acting", _("Datang atas nama orang lain"), form(visit_boxes.acting_box)),
            (here, "requirements", _("Periksa persyaratan"), form(visit_boxes.requirements_box)),
            (here, "letter", _("Catat surat yang dibawa"), form(visit_boxes.letter_box)),
            (here, "scan", _("Lampirkan pindaian atau foto"), form(visit_boxes.scan_box)),
            (here, "spd", _("Tanda tangan SPD"), form(visit_boxes.spd_box)),
            (here and held, "card", _("Pinjam kartu lain"), form(visit_boxes.card_box)),
            (held, "card_gone", _("Kartu tidak kembali"), self._do(_release_card)),
            (
                bool(card.documents) and may_open(self._host),
                "document",
                _("Buka dokumen"),
                self._do(_open_document),
            ),
        )
        acts = [DetailAction(name, text, "", do) for shown, name, text, do in wanted if shown]
        return [*acts, *number_acts(self._host, forms.number), *([self._end_act("")] if here else [])]

    def at_the_door(self) -> list[DetailAction]:
        """Return the acts of a security officer for a visitor."""
        if self._forms is None:
            return []
        over = _over(self._forms.card)
        care = self._form(visit_boxes.vulnerable_box)
        words = _("Kelompok rentan")
        return [
            DetailAction("vulnerable", words, "heart-handshake", care, "priority", over),
            *self._badge_act(self._forms.card, over),
            self._end_act(over),
        ]

    def _end_act(self, over: str) -> DetailAction:
        form = self._form(visit_boxes.end_box)
        return DetailAction("end", _("Akhiri kunjungan"), "log-out", form, "danger", over)

    def _do(self, act: Act) -> Callable[[], object]:
        assert self._forms is not None  # noqa: S101  (acts exist only while a visit is shown)
        return partial(act, self._host, self._forms)

    def _form(self, box: Callable[[PageHost, VisitForms], FormBox]) -> Callable[[], object]:
        return self._do(lambda host, forms: box(host, forms).open())

    def _usual_acts(self, forms: VisitForms, over: str) -> list[DetailAction]:
        """Return the acts for most visitors.

        They are guest book, purpose, number, identity, card (POS Kaltara 1 and 2, Sumut tatap muka 2, 3 and
        7).
        """
        card, first, form = forms.card, next_act(forms), self._form
        held = bool(visit_view.held_cards(card))
        book = _("Ubah buku tamu") if card.guest is not None else _("Isi buku tamu")
        number, identity = visit_boxes.number_box, visit_boxes.identity_box
        acting, card_box = visit_boxes.acting_box, visit_boxes.card_box
        acts = (
            (True, "guest", book, "book-open", self._do(_sign_guest_book)),
            (True, "purpose", _("Keperluan"), "message-circle", form(visit_boxes.purpose_box)),
            (card.visit.label is None, "number", _("Beri nomor"), "ticket", form(number)),
            (True, "identity", _("Verifikasi identitas"), "badge-check", form(identity)),
            (card.lacks_letter, "acting", _("Catat surat kuasa/tugas"), "file-check", form(acting)),
            (not held, "card", _("Kartu identitas"), "id-card", form(card_box)),
            (held, "card_back", _("Kembalikan kartu"), "id-card", self._do(_return_card)),
        )
        return [
            DetailAction(
                name, text, icon, do, "primary" if name == first else "", "" if name == "card_back" else over
            )
            for shown, name, text, icon, do in acts
            if shown
        ]

    def _step_act(self, forms: VisitForms) -> list[DetailAction]:
        """Return the step that only an officer sees happen (POS Sumut tatap muka 4: seated)."""
        step = forms.tick
        if step is None:
            return []
        text = _("Langkah {n}: {words}").format(n=step.step, words=short_words(step.activity))
        role = "primary" if next_act(forms) == "tick" else ""
        command = TickStep(visit_id=forms.card.visit.id, step=step.step)
        message = _("Langkah {n} selesai.").format(n=step.step)
        return [
            DetailAction("tick", text, "check", partial(self._host.perform, command, message=message), role)
        ]

    def _badge_act(self, card: guest_book.VisitCard, over: str) -> list[DetailAction]:
        if any(badge.returned_at is None for badge in card.badges):
            back = self._do(_return_badge)
            return [DetailAction("badge_back", _("Tag tamu kembali"), "undo-2", back)]
        give = self._form(visit_boxes.badge_box)
        return [DetailAction("badge", _("Tag tamu"), "award", give, why=over)]


def number_acts(host: PageHost, number: Ticket | None) -> list[DetailAction]:
    """Return the acts on a number itself: back into the queue, and its paper once more."""
    if number is None:
        return []
    back = partial(host.perform, ComeBack(ticket_id=number.id), message=_("{label} masuk antrean lagi."))
    acts = []
    if number.state is TicketState.NO_SHOW and host.actor.may(Permission.MANAGE_QUEUE):
        acts.append(DetailAction("come_back", _("Datang kembali"), "rotate-ccw", back))
    if host.can_reprint and number.state in OPEN_STATES:
        again = partial(host.reprint, number)
        acts.append(DetailAction("reprint", _("Cetak ulang"), "printer", again, is_aside=True))
    return acts


def acts_before(
    host: PageHost, number: Ticket, receive: Callable[[str], Callable[[], object]]
) -> list[DetailAction]:
    """Return the acts for the holder of a number whom nobody received yet.

    `receive` makes the function that begins the visit, and then does the act of that name.
    """
    return [
        DetailAction("guest", _("Isi buku tamu"), "book-open", receive("guest"), "primary"),
        DetailAction("purpose", _("Keperluan"), "message-circle", receive("purpose")),
        DetailAction("identity", _("Verifikasi identitas"), "badge-check", receive("identity")),
        *number_acts(host, number),
    ]


def next_act(forms: VisitForms) -> str:
    """Return the act that comes first now, in the order of the POS; "" when none is pressing."""
    card = forms.card
    wanted = {
        "acting": card.lacks_letter,
        "guest": card.guest is None,
        "number": card.visit.label is None,
        "tick": forms.tick is not None,
        "identity": not card.checks,
        "card_back": bool(visit_view.held_cards(card)),
    }
    return next((name for name, true in wanted.items() if true), "")


def _over(card: guest_book.VisitCard) -> str:
    """Return why most acts are closed once the visit is over; "" while it lasts."""
    return "" if card.visit.is_open else _("Kunjungan ini sudah berakhir.")


def _open_case(host: PageHost, forms: VisitForms) -> None:
    host.open_page("cases", CaseWanted(forms.card.visit.id))


def _book(host: PageHost, forms: VisitForms) -> None:
    """Book for the guest.

    Their number is opened in clear first; a visitor without a guest book line is asked.
    """
    guest, service_id = forms.card.guest, forms.card.visit.service_id

    def book(known: Guest | None) -> None:
        name, phone = (known.name, known.phone) if known is not None else ("", "")
        booking_box.book(host, booking_box.Expected(name=name, phone=phone, service_id=service_id))

    if guest is not None and is_masked(guest.phone):
        open_visit(host, forms.card.visit.id, lambda opened: book(opened.card.guest))
    else:
        book(guest)


def _sign_guest_book(host: PageHost, forms: VisitForms) -> None:
    """Open the guest book. A line that is corrected is opened in clear first."""
    guest = forms.card.guest

    def correct(opened: OpenedVisit) -> None:
        card = msgspec.structs.replace(forms.card, guest=opened.card.guest)
        GuestBox(host, msgspec.structs.replace(forms, card=card)).open()

    if guest is not None and any(map(is_masked, (guest.phone, guest.email, guest.letter_number))):
        open_visit(host, forms.card.visit.id, correct)
    else:
        GuestBox(host, forms).open()


def _return_card(host: PageHost, forms: VisitForms) -> None:
    def give_back(loan_id: int) -> None:
        host.perform(commands.ReturnCard(loan_id=loan_id), message=_("Kartu dikembalikan."))

    _which_card(host, forms, _("Kartu mana yang kembali?"), give_back)


def _release_card(host: PageHost, forms: VisitForms) -> None:
    def release(loan_id: int) -> None:
        visit_boxes.release_box(host, loan_id).open()

    _which_card(host, forms, _("Kartu mana yang tidak kembali?"), release)


def _which_card(host: PageHost, forms: VisitForms, title: str, then: Callable[[int], object]) -> None:
    """Call `then` with the only held card, or with the card that the officer chooses."""
    options = [(card.kind.word, card.id) for card in visit_view.held_cards(forms.card)]
    if len(options) == 1:
        then(options[0][1])
    else:
        dialogs.choose(host.window, host.theme, title, options, then)


def _return_badge(host: PageHost, forms: VisitForms) -> None:
    options = []
    for badge in forms.card.badges:
        if badge.returned_at is None:
            back, lost = _("{number} kembali"), _("{number} hilang")
            options.append((back.format(number=badge.number), commands.ReturnBadge(loan_id=badge.id)))
            options.append(
                (lost.format(number=badge.number), commands.ReturnBadge(loan_id=badge.id, lost=True))
            )

    def chosen(command: commands.ReturnBadge) -> None:
        host.perform(command, message=_("Tag tamu tercatat."))

    dialogs.choose(host.window, host.theme, _("Tag tamu"), options, chosen)


def _open_document(host: PageHost, forms: VisitForms) -> None:
    options = [(document.name, document.id) for document in forms.card.documents]
    title = _("Buka dokumen")
    dialogs.choose(host.window, host.theme, title, options, partial(documents.open_document, host))
