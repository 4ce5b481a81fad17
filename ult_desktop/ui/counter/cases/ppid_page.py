"""The page PPID: the register of public-information requests."""

from functools import partial

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.figures.report import ReportPart
from ult_desktop.db.cases.boards import PpidBoard, ppid_board, pressing
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.figures.registers import ppid_register
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import unmasked_register
from ult_desktop.reports.forms import ReportForm
from ult_desktop.ui.counter.cases import lists_boxes, ppid_words
from ult_desktop.ui.counter.cases.case_pane import CasePane
from ult_desktop.ui.counter.cases.ppid_year_box import choose_year, due_words
from ult_desktop.ui.counter.pages import WorkPage, snapshot, write_table
from ult_desktop.ui.kit import dialogs, lists, panels


class PpidPage(WorkPage):
    """The register of information requests.

    It has their clocks: 10 (+7) working days, objections 30; also as a file.
    """

    name, icon_name = "ppid", "landmark"
    line = "cases"
    needs = frozenset({Permission.HANDLE_PPID})
    title = staticmethod(lambda: _("PPID"))
    waiting = staticmethod(lambda tx, now, _actor: pressing(tx, now))

    @override
    def build(self) -> None:
        self.register = lists.RecordList(
            self.theme,
            _("Cari nomor, nama, informasi …"),
            filters=ppid_words.register_filters(),
            empty=(_("Belum ada permohonan informasi publik."), "landmark"),
            opens_first=True,
        )
        self.pane = CasePane(self.host)
        self.due = panels.Note(self.theme, "")
        self.body.addWidget(self.due)
        self.show_split(self.register, self.pane)
        self.exclusions = self.add_head_button(
            _("Informasi dikecualikan"), "lock", lambda: lists_boxes.ExclusionsBox(self.host).open()
        )
        self.year = self.add_head_button(
            _("Laporan tahunan …"), "clipboard-list", lambda: choose_year(self.host)
        )
        self.export = self.add_head_button(_("Simpan register"), "download", self._export)
        self.register.chosen.connect(lambda _case_id: self.refresh())

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(ppid_board, self.register.selected), self._show)

    @override
    def open_subject(self, subject: object) -> None:
        """Choose a request by the id of its case."""
        self.register.choose(subject)

    def _show(self, board: PpidBoard) -> None:
        self.due.say("" if board.due is None else due_words(board.due, self.host.now().date()))
        self.register.show_rows([ppid_words.register_row(line) for line in board.rows])
        if board.chosen is None or board.chosen.card.case.id == self.register.selected:
            self.pane.show_case(board.chosen)

    def _export(self) -> None:
        year = self.host.now().year

        def chosen(answer: tuple[int, ReportForm]) -> None:
            year, form = answer
            self.host.perform(
                partial(write_table, partial(register_of, year), form), told=_("Tersimpan: {label}")
            )

        options = [
            (words.format(year=each), (each, form))
            for each in (year, year - 1)
            for words, form in (
                (_("{year}, buku kerja Excel"), ReportForm.WORKBOOK),
                (_("{year}, daftar (CSV)"), ReportForm.LIST),
            )
        ]
        dialogs.choose(self.host.window, self.theme, _("Register tahun mana?"), options, chosen)


def register_of(year: int, office: Office, actor: Actor) -> ReportPart:
    """Make a year's register with the law's columns, in clear. The log keeps that it was opened."""
    zone = office.read(office_rows.zone)
    found = unmasked_register(year, office, actor)
    name = _("Register permohonan informasi {year}").format(year=year)
    return ppid_register(name, found, zone)
