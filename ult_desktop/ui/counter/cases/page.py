"""The page Permohonan."""

from collections.abc import Sequence
from functools import partial

import msgspec
from typing_extensions import override

from ult_desktop.base import _, pgettext
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.case_views import CaseFilter
from ult_desktop.db.cases.boards import CasesBoard, cases_board, cases_waiting
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.visits.returning_visitors import by_person
from ult_desktop.ui.counter.cases import case_forms, case_pane, lists_boxes
from ult_desktop.ui.counter.cases.case_pane import CasePane
from ult_desktop.ui.counter.pages import CaseWanted, WorkPage
from ult_desktop.ui.kit import lists


class CasesPage(WorkPage):
    """The page of all cases of the office: the open ones, and past ones by search."""

    name, icon_name = "cases", "files"
    line = "cases"
    needs = frozenset({Permission.WORK_CASES, Permission.ANSWER_ESCALATIONS, Permission.HANDLE_PPID})
    title = staticmethod(lambda: pgettext("many", "Permohonan"))
    waiting = staticmethod(lambda tx, now, actor: cases_waiting(tx, now, actor.officer_id or 0))

    @override
    def build(self) -> None:
        self.cases = lists.RecordList(
            self.theme,
            _("Cari nomor, nama, instansi, isi …"),
            filters=_filters(),
            empty=(_("Tidak ada permohonan di daftar ini."), "files"),
            own_search=False,
            opens_first=True,
        )
        self.pane = CasePane(self.host)
        self.show_split(self.cases, self.pane)
        self._group, self._text = case_pane.OPEN, ""
        self._chosen: int | None = None
        self._add_buttons()
        self.cases.chosen.connect(self._choose)
        self.cases.searched.connect(self._search)
        self.cases.filtered.connect(self._filter)
        self.cases.filters.choose(case_pane.OPEN)

    def _add_buttons(self) -> None:
        actor = self.host.actor
        if actor.may(Permission.MANAGE_OFFICE):
            box = lists_boxes.ComplaintClassesBox
            self.classes = self.add_head_button(
                pgettext("many", "Jenis pengaduan"), "megaphone", lambda: box(self.host).open()
            )
        if actor.may(Permission.WORK_CASES) or actor.may(Permission.ANSWER_ESCALATIONS):
            self.bank = self.add_head_button(_("Bank jawaban"), "library", self._open_bank)
            self.bank.setToolTip("Ctrl+B")
            self.key("Ctrl+B", self._open_bank)

    @override
    def refresh(self) -> None:
        wanted = CaseFilter(open_only=self._group != case_pane.EVERY, text=self._text)
        officer_id = self.host.actor.officer_id or 0
        self.fetch(partial(read_cases, officer_id, wanted, self._chosen), self._show)

    @override
    def open_subject(self, subject: object) -> None:
        """Show a case by its id, or ask for the request of a visitor who has none yet.

        A closed case is shown too, though it is not in the list.
        """
        if isinstance(subject, CaseWanted):
            case_forms.ask_what_is_wanted(self.host, subject.visit_id)
            return
        case_id = int(str(subject))
        self.cases.choose(case_id)
        self._choose(case_id)

    def _open_bank(self) -> None:
        lists_boxes.AnswerBankBox(self.host).open()

    def _search(self, text: str) -> None:
        self._text = text
        self.refresh()

    def _filter(self, group: str) -> None:
        # Closed cases are read for "Semua" alone; the other filters sort out the rows that are there.
        needs_reading = case_pane.EVERY in (group, self._group)
        self._group = group
        if needs_reading:
            self.refresh()

    def _show(self, board: CasesBoard) -> None:
        row = partial(
            case_pane.case_row, now=self.host.now(), mine=board.mine, every=self._group == case_pane.EVERY
        )
        self.cases.show_rows([row(line) for line in board.rows])
        if board.chosen is None or board.chosen.card.case.id == self._chosen:
            self.pane.show_case(board.chosen)

    def _choose(self, case_id: int | None) -> None:
        self._chosen = case_id
        self.refresh()


def _filters() -> Sequence[lists.Filter]:
    return (
        lists.Filter(case_pane.OPEN, _("Terbuka")),
        lists.Filter("mine", _("Milik saya")),
        lists.Filter("escalated", _("Diteruskan")),
        lists.Filter("answered", _("Jawaban siap")),
        lists.Filter("overdue", _("Lewat waktu"), "danger"),
        lists.Filter(case_pane.EVERY, _("Semua")),
    )


def read_cases(officer_id: int, wanted: CaseFilter, chosen: int | None, office: Office) -> CasesBoard:
    """Read the board on the worker thread."""

    def read(tx: Transaction, index: str) -> CasesBoard:
        asked = msgspec.structs.replace(wanted, phone_index=index)
        return cases_board(tx, office.clock(), officer_id, asked, chosen)

    return by_person(office, wanted.text, read)
