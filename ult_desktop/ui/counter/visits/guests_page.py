"""The page Tamu: who came today, and the visits written on paper first."""

from datetime import date, datetime, time
from functools import partial
from itertools import pairwise
from typing import Any

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.cases.case import CaseOutcome, SubReason
from ult_desktop.core.cases.paper_visit import EnterPaperVisit
from ult_desktop.core.figures.report import ReportPart
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.sheet import BlankForm, Sheet
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.visits.commands import ReceiveVisitor
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.office import services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup, sheets
from ult_desktop.operations.blank_forms import blank_form
from ult_desktop.operations.cases.paper_visits import PaperOffer, paper_offer
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.guest_book import book_sheet, book_table, unmasked_book
from ult_desktop.operations.visits.boards import VisitForms, VisitorBoard, count_arrivals, visitor_board
from ult_desktop.ui.counter.pages import (
    FormBox,
    PageHost,
    WorkPage,
    choose_days,
    may_open,
    offer_paper,
    papers,
    snapshot,
)
from ult_desktop.ui.counter.visits.visit_acts import VisitActs, acts_before_reception
from ult_desktop.ui.counter.visits.visit_boxes import guest_questions
from ult_desktop.ui.counter.visits.visit_view import VisitView, arrival_rows, ticket_row_id
from ult_desktop.ui.counter.words import options_of
from ult_desktop.ui.kit import dialogs, lists
from ult_desktop.ui.kit.forms import CommandFields, DateField, TimeField
from ult_desktop.ui.kit.forms.form import Fields

_TIMES = ("came", "served", "left")  # fields of the paper's form, in the order in which they happened


def open_paper_box(host: PageHost) -> None:
    """Open the box for a visit written on paper, once its choices are read."""
    host.read(snapshot(paper_offer), lambda offer: PaperBox(host, offer).open())


class PaperBox(FormBox):
    """The box for a visit written on paper: times, guest, question, and outcome with its reason."""

    def __init__(self, host: PageHost, offer: PaperOffer) -> None:
        super().__init__(
            host,
            _("Dari kertas"),
            _build_fields(host, offer),
            command=partial(_to_command, host),
            verb=_("Catat belakangan"),
            message=_("Tercatat belakangan."),
            icon=("history", "blue"),
            words=_("Salin jam yang tertulis di kertas. Yang diketik di sini ditandai “dicatat belakangan”."),
            draft=host.draft("paper-visit"),
            check=_find_mistakes,
            known={"day": host.now().date()},
            wide=True,
        )
        self.form.field("outcome").changed.connect(self._show_fields_of_outcome)
        self._show_fields_of_outcome()

    def _show_fields_of_outcome(self) -> None:
        outcome = self.form.field("outcome").value()
        self.form.field("ground").set_shown(outcome == CaseOutcome.EXCLUDED)
        self.form.field("sub_reason").set_shown(outcome == CaseOutcome.UNAVAILABLE)
        self.form.field("answer").set_shown(bool(outcome))


def _build_fields(host: PageHost, offer: PaperOffer) -> Fields:
    theme, fields = host.theme, CommandFields(host.theme, EnterPaperVisit, host)
    ask = fields.ask
    officers = [(officer.login, officer.name) for officer in offer.officers]
    grounds = [(ground.key, ground.words) for ground in offer.grounds]
    # The paper does not ask whether the guest wants to be remembered.
    about_guest = [field for field in guest_questions(fields, offer.regencies) if field != "remember"]
    return (
        (
            DateField(theme, "day", _("Tanggal"), required=True, days=host),
            TimeField(theme, "came", _("Jam datang"), required=True),
        ),
        (
            TimeField(theme, "served", _("Mulai dilayani"), required=True),
            TimeField(theme, "left", _("Selesai")),
        ),
        *fields.in_pairs(*about_guest, "purpose"),
        (
            ask("service_id", options=services.choices(offer.services)),
            ask("served_by", options=officers, required=True),
        ),
        ask("detail", rows=2),
        (
            ask("outcome", options=options_of(CaseOutcome)),
            ask("ground", options=grounds, required=True),
            ask("sub_reason", options=options_of(SubReason), required=True),
        ),
        ask("answer", rows=2, required=True),
        ask("remark"),
    )


def _find_mistakes(values: dict[str, Any]) -> dict[str, str]:
    """Return what is wrong with a field, by the field's name."""
    mistakes: dict[str, str] = {}
    times = [(name, values[name]) for name in _TIMES if values[name] is not None]
    for (_before, earlier), (name, later) in pairwise(times):
        if later < earlier:
            mistakes[name] = _("Tidak boleh mendahului jam sebelumnya.")
    # Only a visit with a request that has no outcome yet may still last.
    if values["left"] is None and (values.get("outcome") or not values["detail"]):
        mistakes["left"] = _("Salin jam selesainya.")
    if values.get("outcome") and not values["detail"]:
        mistakes["detail"] = _("Salin permohonannya.")
    return mistakes


def _to_command(host: PageHost, values: dict[str, Any]) -> EnterPaperVisit:
    day, zone = values.pop("day"), host.now().tzinfo

    def stamp(clock: time | None) -> int | None:
        return None if clock is None else to_stamp(datetime.combine(day, clock, tzinfo=zone))

    came, served, left = (stamp(values.pop(name)) for name in _TIMES)
    outcome = values.pop("outcome", None)
    other_fields = {name: value for name, value in values.items() if value is not None}
    return EnterPaperVisit(
        began_at=came or 0,
        served_at=served or 0,
        ended_at=left,
        outcome=CaseOutcome(outcome) if outcome else None,
        **other_fields,
    )


_ACTS_THAT_RECEIVE = ("guest", "purpose", "identity")  # begin the visit of a ticket's holder first
_KEYS = {"Ctrl+B": "guest", "Ctrl+I": "identity", "Ctrl+D": "card", "Ctrl+N": "number", "Ctrl+E": "end"}


class GuestsPage(WorkPage):
    """The page for reception and front office: today's visits, and what can be done for each visitor.

    Holders of tickets whom nobody has received yet are in the list too. *Tamu baru* begins the visit of
    somebody whom the security desk did not record.

    Keys: Ctrl+T new guest, Ctrl+B guest book, Ctrl+N number, Ctrl+I identity, Ctrl+D card, Ctrl+E end.
    """

    name, icon_name, group = "guests", "book-open", "visitors"
    line = "guests"
    needs = frozenset({Permission.RECEIVE_VISITORS})
    title = staticmethod(lambda: _("Tamu"))
    waiting = staticmethod(lambda tx, now, _actor: count_arrivals(tx, now))

    @override
    def build(self) -> None:
        self.visits = lists.RecordList(
            self.theme,
            _("Cari nama, instansi, nomor …"),
            filters=(
                lists.Filter("here", _("Di sini")),
                lists.Filter("new", _("Baru"), tone="warn"),
                lists.Filter("cards", _("Kartu"), tone="danger"),
                lists.Filter("badges", _("Tag")),
                lists.Filter("", _("Semua")),
            ),
            empty=(_("Belum ada tamu hari ini."), "book-open"),
            opens_first=True,
        )
        self.view = VisitView(self.host, _("Pilih seorang tamu."))
        self.show_split(self.visits, self.view)
        self.acts = VisitActs(self.host)
        self.visits.chosen.connect(self._choose)
        for keys, act in _KEYS.items():
            self.key(keys, partial(self._do_act, act))
        self.papers_button = self.add_head_button(_("Kertas …"), "printer", self._offer_papers)
        receive = partial(self._receive, "guest")
        self.guest_button = self.add_head_button(_("Tamu baru"), "user-plus", receive, "primary")
        self.key("Ctrl+T", receive)
        self._chosen_visit_id: int | None = None
        self._chosen_ticket: Ticket | None = None  # of a holder whom nobody has received yet
        self._tickets_by_row: dict[object, Ticket] = {}
        # What to do once the page has been read again: the visit to choose and the act to do for it, or the
        # label of the ticket whose row to choose.
        self._next_visit_id: int | None = None
        self._next_act = self._next_label = ""

    def _do_act(self, act: str) -> None:
        """Do an act for the chosen visitor. The holder of a ticket is received first."""
        if self._chosen_ticket is None:
            self.acts.do_named(act)
        elif act in _ACTS_THAT_RECEIVE:
            self._receive(act, self._chosen_ticket.id)

    def _receive(self, act: str, ticket_id: int | None = None) -> None:
        """Begin the visit of somebody at reception, and do this act for it."""

        def on_received(visit: Visit) -> None:
            self._choose_and_do(visit.id, act)

        self.host.perform(ReceiveVisitor(ticket_id=ticket_id), on_received)

    def _choose_and_do(self, visit_id: int, act: str) -> None:
        self._next_visit_id, self._next_act = visit_id, act
        self.visits.choose(visit_id)
        self.refresh()

    def _offer_papers(self) -> None:
        """Offer the sheets to print, and the form for what was written on paper."""
        offers: list[tuple[str, dialogs.Act]] = [
            (_("Daftar SPD"), lambda: offer_paper(self.host, make_spd_log_of_today))
        ]
        if may_open(self.host):
            offers.append((_("Buku tamu …"), self._offer_book))
        offers.append((_("Formulir kosong …"), self._offer_forms))
        offers.append((_("Ketik dari kertas …"), partial(open_paper_box, self.host)))
        dialogs.choose(self.host.window, self.theme, _("Kertas"), offers, lambda offer: offer())

    def _offer_book(self) -> None:
        choose_days(
            self.host,
            _("Buku tamu masa yang mana?"),
            lambda days: offer_paper(
                self.host, partial(make_book_sheet, *days), partial(make_book_table, *days)
            ),
        )

    def _offer_forms(self) -> None:
        dialogs.choose(
            self.host.window,
            self.theme,
            _("Formulir yang mana?"),
            [(form.word, form) for form in BlankForm],
            # A form that is filled in by hand needs a whole page, not the ticket printer's strip.
            lambda form: papers.save(self.host, partial(papers.write_pdf, partial(make_blank_form, form))),
        )

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(visitor_board, self._chosen_visit_id), self._show_board)

    @override
    def open_subject(self, subject: object) -> None:
        """Choose a visit by its id, or the holder of a ticket by the ticket's label."""
        if str(subject).isdecimal():
            self._choose_and_do(int(str(subject)), act="")
        else:
            self._next_label = str(subject)
            self.refresh()

    def _show_board(self, board: VisitorBoard) -> None:
        self._tickets_by_row = {ticket_row_id(ticket): ticket for ticket in board.numbers}
        rows = arrival_rows(board.visits, board.numbers, self.host.now())
        label, self._next_label = self._next_label, ""
        for row in rows:
            if row.id == self._next_visit_id or (label and row.aside == label):
                self._choose_row(row)
        self.visits.show_rows(rows)
        ticket = self._chosen_ticket and self._tickets_by_row.get(ticket_row_id(self._chosen_ticket))
        if ticket is not None:
            self._show_ticket(ticket)
        # `show_rows` may have chosen another row: its board is being read, and this one is out of date.
        elif board.chosen is None or board.chosen.card.visit.id == self._chosen_visit_id:
            self._show_forms(board.chosen)

    def _choose_row(self, row: lists.ListRow) -> None:
        """Choose a row as soon as it is in the list. Drop the search and the filter that hide it."""
        if not self.visits.model.is_wanted(row):
            self.visits.search.clear()
            self.visits.filters.choose("here" if "here" in row.groups else "")
        self.visits.choose(row.id)

    def _choose(self, row_id: object) -> None:
        if row_id != self._next_visit_id:  # the officer chose somebody else meanwhile
            self._next_visit_id = None
        self._chosen_ticket = self._tickets_by_row.get(row_id)
        self._chosen_visit_id = row_id if isinstance(row_id, int) else None
        self.refresh()

    def _show_ticket(self, ticket: Ticket) -> None:
        self._chosen_ticket = ticket
        self.acts.show_forms(None)
        self.view.show_ticket(ticket)
        self.view.show_actions(
            acts_before_reception(self.host, ticket, lambda act: partial(self._receive, act, ticket.id))
        )

    def _show_forms(self, forms: VisitForms | None) -> None:
        self._chosen_ticket = None
        self.acts.show_forms(forms)
        self.view.show_card(forms.card if forms else None)
        self.view.show_actions(self.acts.actions())
        if forms is not None and forms.card.visit.id == self._next_visit_id:
            self._next_visit_id = None
            self.acts.do_named(self._next_act)


def make_book_sheet(first: date, last: date, office: Office, actor: Actor) -> Sheet:
    """Make the guest book of these days in clear text. The log records that it was opened.

    Raises:
        UserError: as `unmasked_book`.
    """
    return book_sheet(unmasked_book(first, last, office, actor))


def make_book_table(first: date, last: date, office: Office, actor: Actor) -> ReportPart:
    """Make the guest book of these days as a table for other programs, also in clear text."""
    return book_table(unmasked_book(first, last, office, actor))


def make_blank_form(form: BlankForm, office: Office, _actor: Actor) -> Sheet:
    return office.read(lambda tx: blank_form(tx, form))


def make_spd_log_of_today(office: Office, _actor: Actor) -> Sheet:
    """Make the log of the SPD (travel orders of officials) signed today.

    Raises:
        UserError: none was signed today.
    """

    def read_sheet(tx: Transaction) -> Sheet:
        day = lookup.today(tx, office.clock())
        return sheets.spd_sheet(tx, day, day)

    return office.read(read_sheet)
