"""The acts for the visitor shown: which are offered, which is most pressing, and why one is closed."""

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

    def do_named(self, name: str) -> None:
        """Do the act of that name, if it is offered and not closed now."""
        for act in self.actions():
            if act.name == name and not act.why_not:
                act.do()
                return

    def actions(self) -> list[DetailAction]:
        """Return the acts for most visitors, then those that only some need."""
        forms = self._forms
        if forms is None:
            return []
        return [
            *self._usual_acts(forms),
            *self._step_act(forms),
            self._badge_act(forms.card),
            *self._further_acts(forms),
        ]

    def security_acts(self) -> list[DetailAction]:
        """Return the acts of a security officer for a visitor."""
        if self._forms is None:
            return []
        card = self._forms.card
        declare = self._box_opener(visit_boxes.vulnerable_box)
        return [
            DetailAction(
                "vulnerable", _("Kelompok rentan"), "heart-handshake", declare, "priority", why_closed(card)
            ),
            self._badge_act(card),
            self._end_act(why_closed(card)),
        ]

    def _bind(self, act: Act) -> Callable[[], object]:
        """Return a function that does `act` for the visit shown now."""
        assert self._forms is not None  # noqa: S101  (acts exist only while a visit is shown)
        return partial(act, self._host, self._forms)

    def _box_opener(self, box: Callable[[PageHost, VisitForms], FormBox]) -> Callable[[], object]:
        """Return a function that opens the box for the visit shown now."""
        return self._bind(lambda host, forms: box(host, forms).open())

    def _usual_acts(self, forms: VisitForms) -> list[DetailAction]:
        """Return the acts for most visitors.

        They are guest book, purpose, number, identity, card (POS Kaltara 1 and 2, Sumut tatap muka 2, 3 and
        7).
        """
        card, open_box, pressing = forms.card, self._box_opener, most_pressing_act(forms)
        closed = why_closed(card)

        def act(name: str, text: str, icon_name: str, do: Callable[[], object], why: str) -> DetailAction:
            return DetailAction(name, text, icon_name, do, "primary" if name == pressing else "", why)

        book = _("Ubah buku tamu") if card.guest is not None else _("Isi buku tamu")
        identity_box = open_box(visit_boxes.identity_box)
        acts = [
            act("guest", book, "book-open", self._bind(_sign_guest_book), closed),
            act("purpose", _("Keperluan"), "message-circle", open_box(visit_boxes.purpose_box), closed),
        ]
        if card.visit.label is None:
            acts.append(act("number", _("Beri nomor"), "ticket", open_box(visit_boxes.number_box), closed))
        acts.append(act("identity", _("Verifikasi identitas"), "badge-check", identity_box, closed))
        if card.lacks_letter:
            letter_box = open_box(visit_boxes.acting_box)
            acts.append(act("acting", _("Catat surat kuasa/tugas"), "file-check", letter_box, closed))
        if visit_view.held_cards(card):  # goes back even when the visit is over
            acts.append(act("card_back", _("Kembalikan kartu"), "id-card", self._bind(_return_card), ""))
        else:
            acts.append(act("card", _("Kartu identitas"), "id-card", open_box(visit_boxes.card_box), closed))
        return acts

    def _step_act(self, forms: VisitForms) -> list[DetailAction]:
        """Return the act for the step that only an officer sees happen (POS Sumut tatap muka 4: seated)."""
        step = forms.tick
        if step is None:
            return []
        text = _("Langkah {n}: {words}").format(n=step.step, words=short_words(step.activity))
        role = "primary" if most_pressing_act(forms) == "tick" else ""
        command = TickStep(visit_id=forms.card.visit.id, step=step.step)
        message = _("Langkah {n} selesai.").format(n=step.step)
        return [
            DetailAction("tick", text, "check", partial(self._host.perform, command, message=message), role)
        ]

    def _badge_act(self, card: guest_book.VisitCard) -> DetailAction:
        if any(badge.returned_at is None for badge in card.badges):
            return DetailAction("badge_back", _("Tag tamu kembali"), "undo-2", self._bind(_return_badge))
        give = self._box_opener(visit_boxes.badge_box)
        return DetailAction("badge", _("Tag tamu"), "award", give, why_not=why_closed(card))

    def _further_acts(self, forms: VisitForms) -> list[DetailAction]:
        """Return the acts that only some visitors need."""
        card, do, open_box = forms.card, self._bind, self._box_opener
        is_here, has_held = card.visit.is_open, bool(visit_view.held_cards(card))
        may = self._host.actor.may

        def act(name: str, text: str, do: Callable[[], object]) -> DetailAction:
            return DetailAction(name, text, "", do)

        follow_up = do(lambda host, forms: FollowUpBox(host, forms).open())
        requirements, card_box = visit_boxes.requirements_box, visit_boxes.card_box
        offers = (  # whether the act is offered now, and the act
            (is_here and may(Permission.WORK_CASES), act("case", _("Catat permohonan"), do(_open_case))),
            (may(Permission.KEEP_APPOINTMENTS), act("book", _("Buat janji temu"), do(_book))),
            (
                is_here and card.visit.label is None,
                act("join", _("Sudah mengambil nomor di kios"), open_box(visit_boxes.join_box)),
            ),
            (is_here and not card.case_number, act("follow_up", _("Lanjutan dari permohonan …"), follow_up)),
            (
                is_here and not card.visit.vulnerable,
                act("vulnerable", _("Termasuk kelompok rentan"), open_box(visit_boxes.vulnerable_box)),
            ),
            (is_here, act("acting", _("Datang atas nama orang lain"), open_box(visit_boxes.acting_box))),
            (is_here, act("requirements", _("Periksa persyaratan"), open_box(requirements))),
            (is_here, act("letter", _("Catat surat yang dibawa"), open_box(visit_boxes.letter_box))),
            (is_here, act("scan", _("Lampirkan pindaian atau foto"), open_box(visit_boxes.scan_box))),
            (is_here, act("spd", _("Tanda tangan SPD"), open_box(visit_boxes.spd_box))),
            (is_here and has_held, act("card", _("Pinjam kartu lain"), open_box(card_box))),
            (has_held, act("card_gone", _("Kartu tidak kembali"), do(_release_card))),
            (
                bool(card.documents) and may_open(self._host),
                act("document", _("Buka dokumen"), do(_open_document)),
            ),
        )
        acts = [offered for is_offered, offered in offers if is_offered]
        return [*acts, *ticket_acts(self._host, forms.number), *([self._end_act()] if is_here else [])]

    def _end_act(self, why: str = "") -> DetailAction:
        end = self._box_opener(visit_boxes.end_box)
        return DetailAction("end", _("Akhiri kunjungan"), "log-out", end, "danger", why)


def ticket_acts(host: PageHost, ticket: Ticket | None) -> list[DetailAction]:
    """Return the acts on a ticket itself: put it back into the queue, print it once more."""
    if ticket is None:
        return []
    acts = []
    if ticket.state is TicketState.NO_SHOW and host.actor.may(Permission.MANAGE_QUEUE):
        back = partial(host.perform, ComeBack(ticket_id=ticket.id), message=_("{label} masuk antrean lagi."))
        acts.append(DetailAction("come_back", _("Datang kembali"), "rotate-ccw", back))
    if host.can_reprint and ticket.state in OPEN_STATES:
        again = partial(host.reprint, ticket)
        acts.append(DetailAction("reprint", _("Cetak ulang"), "printer", again, is_aside=True))
    return acts


def acts_before_reception(
    host: PageHost, ticket: Ticket, receive: Callable[[str], Callable[[], object]]
) -> list[DetailAction]:
    """Return the acts for the holder of a ticket whom nobody received yet.

    `receive(name)` returns a function that begins the visit, and then does the act of that name.
    """
    return [
        DetailAction("guest", _("Isi buku tamu"), "book-open", receive("guest"), "primary"),
        DetailAction("purpose", _("Keperluan"), "message-circle", receive("purpose")),
        DetailAction("identity", _("Verifikasi identitas"), "badge-check", receive("identity")),
        *ticket_acts(host, ticket),
    ]


def most_pressing_act(forms: VisitForms) -> str:
    """Return the name of the act that comes first now, in the order of the POS; "" when none is pressing."""
    card = forms.card
    is_pressing = {
        "acting": card.lacks_letter,
        "guest": card.guest is None,
        "number": card.visit.label is None,
        "tick": forms.tick is not None,
        "identity": not card.checks,
        "card_back": bool(visit_view.held_cards(card)),
    }
    return next((name for name, pressing in is_pressing.items() if pressing), "")


def why_closed(card: guest_book.VisitCard) -> str:
    """Return why most acts are closed once the visit is over; "" while it lasts."""
    return "" if card.visit.is_open else _("Kunjungan ini sudah berakhir.")


def _open_case(host: PageHost, forms: VisitForms) -> None:
    host.open_page("cases", CaseWanted(forms.card.visit.id))


def _book(host: PageHost, forms: VisitForms) -> None:
    """Open the box that books an appointment, filled with the guest's name and phone number if known.

    A masked phone number is opened in clear first.
    """
    guest, service_id = forms.card.guest, forms.card.visit.service_id

    def book(known: Guest | None) -> None:
        name, phone = (known.name, known.phone) if known is not None else ("", "")
        booking_box.book(host, booking_box.KnownVisitor(name=name, phone=phone, service_id=service_id))

    if guest is not None and is_masked(guest.phone):
        open_visit(host, forms.card.visit.id, lambda opened: book(opened.card.guest))
    else:
        book(guest)


def _sign_guest_book(host: PageHost, forms: VisitForms) -> None:
    """Open the guest book. Masked fields of an entry that is corrected are opened in clear first."""
    guest = forms.card.guest

    def open_in_clear(opened: OpenedVisit) -> None:
        card = msgspec.structs.replace(forms.card, guest=opened.card.guest)
        GuestBox(host, msgspec.structs.replace(forms, card=card)).open()

    if guest is not None and any(map(is_masked, (guest.phone, guest.email, guest.letter_number))):
        open_visit(host, forms.card.visit.id, open_in_clear)
    else:
        GuestBox(host, forms).open()


def _return_card(host: PageHost, forms: VisitForms) -> None:
    def give_back(loan_id: int) -> None:
        host.perform(commands.ReturnCard(loan_id=loan_id), message=_("Kartu dikembalikan."))

    _choose_card(host, forms, _("Kartu mana yang kembali?"), give_back)


def _release_card(host: PageHost, forms: VisitForms) -> None:
    def release(loan_id: int) -> None:
        visit_boxes.release_box(host, loan_id).open()

    _choose_card(host, forms, _("Kartu mana yang tidak kembali?"), release)


def _choose_card(host: PageHost, forms: VisitForms, title: str, then: Callable[[int], object]) -> None:
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
            returned = _("{number} kembali").format(number=badge.number)
            lost = _("{number} hilang").format(number=badge.number)
            options.append((returned, commands.ReturnBadge(loan_id=badge.id)))
            options.append((lost, commands.ReturnBadge(loan_id=badge.id, lost=True)))

    def record(command: commands.ReturnBadge) -> None:
        host.perform(command, message=_("Tag tamu tercatat."))

    dialogs.choose(host.window, host.theme, _("Tag tamu"), options, record)


def _open_document(host: PageHost, forms: VisitForms) -> None:
    options = [(document.name, document.id) for document in forms.card.documents]
    title = _("Buka dokumen")
    dialogs.choose(host.window, host.theme, title, options, partial(documents.open_document, host))
