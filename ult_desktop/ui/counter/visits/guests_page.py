"""The page Tamu: who came today, what each still needs, and what the office holds of theirs."""

from datetime import date
from functools import partial

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.figures.report import ReportPart
from ult_desktop.core.sheet import BlankForm, Sheet
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup, sheets
from ult_desktop.operations.blank_forms import blank_form
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.guest_book import book_sheet, book_table, unmasked_book
from ult_desktop.operations.visits.boards import VisitForms, VisitorBoard, count_arrivals, visitor_board
from ult_desktop.ui.counter.pages import WorkPage, choose_days, may_open, offer_paper, snapshot
from ult_desktop.ui.counter.visits.guest_words import visit_row
from ult_desktop.ui.counter.visits.paper_box import enter_paper
from ult_desktop.ui.counter.visits.visit_acts import VisitActs
from ult_desktop.ui.counter.visits.visit_view import VisitView
from ult_desktop.ui.kit import dialogs, lists

_KEYS = {"Ctrl+B": "guest", "Ctrl+I": "identity", "Ctrl+K": "card", "Ctrl+N": "number", "Ctrl+E": "end"}


class GuestsPage(WorkPage):
    """The page for reception and front office.

    It has guest book, number, identity, cards, letters, the end of a visit.

    Keys: Ctrl+B guest book, Ctrl+N number, Ctrl+I identity, Ctrl+K card, Ctrl+E end.
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
        self.visits.opened.connect(lambda _id: self.acts.do_first("guest"))
        for keys, act in _KEYS.items():
            self.key(keys, partial(self.acts.do_first, act))
        self.spd = self.add_head_button(
            _("Daftar SPD"), "printer", lambda: offer_paper(self.host, spd_of_today)
        )
        self.book = self.add_head_button(_("Buku tamu …"), "book-open", self._offer_book)
        self.book.setVisible(may_open(self.host))
        self.forms = self.add_head_button(_("Formulir kosong …"), "file-text", self._offer_forms)
        self.paper = self.add_head_button(_("Dari kertas …"), "history", partial(enter_paper, self.host))
        self._chosen: int | None = None

    def _offer_book(self) -> None:
        choose_days(
            self.host,
            _("Buku tamu masa yang mana?"),
            lambda days: offer_paper(self.host, partial(book_of, *days), partial(book_table_of, *days)),
        )

    def _offer_forms(self) -> None:
        dialogs.choose(
            self.host.window,
            self.theme,
            _("Formulir yang mana?"),
            [(form.word, form) for form in BlankForm],
            lambda form: offer_paper(self.host, partial(blank, form)),
        )

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(visitor_board, self._chosen), self._show)

    @override
    def open_subject(self, subject: object) -> None:
        self.visits.choose(int(str(subject)))

    def _show(self, board: VisitorBoard) -> None:
        self.visits.show_rows([visit_row(line, self.host.now()) for line in board.visits])
        if board.chosen is None or board.chosen.card.visit.id == self._chosen:
            self._show_forms(board.chosen)

    def _choose(self, visit_id: int | None) -> None:
        self._chosen = visit_id
        self.refresh()

    def _show_forms(self, forms: VisitForms | None) -> None:
        self.acts.show_forms(forms)
        self.view.show_card(forms.card if forms else None)
        self.view.show_actions(self.acts.actions())


def book_of(first: date, last: date, office: Office, actor: Actor) -> Sheet:
    """Make the guest book in clear; the log keeps that.

    Raises:
        UserError: as `unmasked_book`.
    """
    return book_sheet(unmasked_book(first, last, office, actor))


def book_table_of(first: date, last: date, office: Office, actor: Actor) -> ReportPart:
    """Make the guest book as a table for other programs, also in clear."""
    return book_table(unmasked_book(first, last, office, actor))


def blank(form: BlankForm, office: Office, _actor: Actor) -> Sheet:
    return office.read(lambda tx: blank_form(tx, form))


def spd_of_today(office: Office, _actor: Actor) -> Sheet:
    """Make the log of signed SPD of the office's day.

    Raises:
        UserError: none was signed today.
    """

    def look(tx: Transaction) -> Sheet:
        day = lookup.today(tx, office.clock())
        return sheets.spd_sheet(tx, day, day)

    return office.read(look)
