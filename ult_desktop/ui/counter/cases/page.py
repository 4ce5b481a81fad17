"""The page Permohonan: the cases of visitors, of callers and of online requests, in one list."""

from collections.abc import Sequence
from functools import partial

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _, pgettext
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.case_views import SEES_EVERY_CHANNEL, CaseFilter, channel_seen_by
from ult_desktop.core.online.online_request import OnlineSource, Recap
from ult_desktop.db.cases.boards import CasesBoard, cases_board, cases_waiting
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.online.request_lists import RequestLists
from ult_desktop.operations.visits.returning_visitors import query_by_phone
from ult_desktop.ui.counter.cases import case_forms, case_pane, lists_boxes
from ult_desktop.ui.counter.cases.case_pane import CasePane
from ult_desktop.ui.counter.lists.list_panel import ImportPanel
from ult_desktop.ui.counter.online import acts
from ult_desktop.ui.counter.pages import CaseWanted, WorkPage
from ult_desktop.ui.kit import Row, Theme, lists, panels, widgets


class RecapStrip(QWidget):
    """The strip of counts: pengajuan, dalam proses, ditutup, total (docs/domain.md, "Public recap")."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.year = widgets.Label("", "small", "soft")
        self.pills = tuple(widgets.Pill(theme, "", tone) for tone in ("accent", "primary", "ok"))
        self.total = widgets.Label("", "small", "soft")
        row = Row(theme, self, gap=8)
        row.addWidget(self.year)
        for pill in self.pills:
            row.addWidget(pill)
        row.addWidget(self.total)
        row.addStretch()

    def show_recap(self, recap: Recap) -> None:
        self.year.setText(_("Tahun {year}").format(year=recap.year))
        words = (
            _("Pengajuan {n}").format(n=recap.new),
            _("Dalam proses {n}").format(n=recap.in_progress),
            _("Ditutup {n}").format(n=recap.closed),
        )
        for pill, text in zip(self.pills, words, strict=True):
            pill.show_status(text, pill.tone())
        self.total.setText(_("Total {n}").format(n=recap.total))


_REFRESH_MS = 60_000


class CasesPage(WorkPage):
    """The page of all cases of the office: the open ones, and with the filter "Semua" the closed ones too.

    An officer who only takes in letters sees the online requests alone. While the page is in sight, it is
    read again each minute, because its clocks run on.
    """

    name, icon_name = "cases", "files"
    line = "cases"
    needs = SEES_EVERY_CHANNEL | {Permission.TAKE_IN_REQUESTS}
    title = staticmethod(lambda: pgettext("many", "Permohonan"))
    waiting = staticmethod(cases_waiting)

    @override
    def build(self) -> None:
        self.cases = lists.RecordList(
            self.theme,
            _("Cari nomor, nama, instansi, isi …"),
            filters=_filters(),
            empty=(_("Tidak ada permohonan di daftar ini."), "files"),
            own_search=False,  # the office is searched, not only the rows that are here
            opens_first=True,
        )
        self.pane = CasePane(self.host)
        self.recap, self.files_note = RecapStrip(self.theme), panels.Note(self.theme, "")
        self.body.addWidget(self.recap)
        self.body.addWidget(self.files_note)
        self.split = self.show_split(self.cases, self.pane)
        sources = [(source, source.word, RequestLists(source)) for source in OnlineSource]
        self.import_panel = ImportPanel(self.host, sources, tuple(OnlineSource))
        self.import_panel.back_requested.connect(self.show_cases)
        self.import_panel.back_requested.connect(self.cases.view.setFocus)
        self.import_panel.hide()
        self.body.addWidget(self.import_panel, 1)
        self._filter, self._text = case_pane.OPEN, ""
        self._chosen_id: int | None = None
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._add_buttons()
        self.cases.chosen.connect(self._choose)
        self.cases.searched.connect(self._search)
        self.cases.filtered.connect(self._set_filter)
        self.cases.filters.choose(case_pane.OPEN)

    def _add_buttons(self) -> None:
        actor = self.host.actor
        if actor.may(Permission.MANAGE_OFFICE):
            self.classes_button = self.add_head_button(
                pgettext("many", "Jenis pengaduan"),
                "megaphone",
                lambda: lists_boxes.ComplaintClassesBox(self.host).open(),
            )
        if actor.may(Permission.WORK_CASES) or actor.may(Permission.ANSWER_ESCALATIONS):
            self.bank_button = self.add_head_button(_("Bank jawaban"), "library", self._open_bank)
            self.bank_button.setToolTip("Ctrl+B")
            self.key("Ctrl+B", self._open_bank)
        if actor.may(Permission.TAKE_IN_REQUESTS):
            self.type_button = self.add_head_button(_("Catat permintaan"), "pen-line", self.type_in)
            self.type_button.setToolTip("Ctrl+N")
            self.key("Ctrl+N", self.type_in)
        if actor.may(Permission.HANDLE_ONLINE):
            self.import_button = self.add_head_button(_("Impor daftar"), "upload", self.show_import)
            self.import_button.setToolTip("Ctrl+I")
            self.key("Ctrl+I", self.show_import)

    def type_in(self) -> None:
        """Open the box for a request that came by letter, message or e-mail."""
        self.show_cases()
        acts.type_in(self.host, lambda request: self.open_subject(request.case_id))

    def show_import(self) -> None:
        """Show the panel that imports a list of online requests, instead of the cases."""
        self._show_import_panel(shown=True)
        self.import_panel.setFocus()

    def show_cases(self) -> None:
        self._show_import_panel(shown=False)
        self.refresh()

    def _show_import_panel(self, *, shown: bool) -> None:
        self.split.setHidden(shown)
        self.import_panel.setVisible(shown)

    @override
    def refresh(self) -> None:
        channel = channel_seen_by(self.host.actor)
        case_filter = CaseFilter(open_only=self._filter != case_pane.EVERY, text=self._text, channel=channel)
        officer_id = self.host.actor.officer_id or 0
        self.fetch(partial(read_cases, officer_id, case_filter, self._chosen_id), self._show_board)

    @override
    def open_subject(self, subject: object) -> None:
        """Show a case by its id, or ask for the request of a visitor who has none yet.

        A closed case is shown too, though it is not in the list.
        """
        if isinstance(subject, CaseWanted):
            case_forms.ask_what_is_wanted(self.host, subject.visit_id)
            return
        self._show_import_panel(shown=False)
        case_id = int(str(subject))
        self.cases.choose(case_id)
        self._choose(case_id)

    def _open_bank(self) -> None:
        lists_boxes.AnswerBankBox(self.host).open()

    def _search(self, text: str) -> None:
        self._text = text
        self.refresh()

    def _set_filter(self, name: str) -> None:
        # Closed cases are read for "Semua" alone; the other filters choose among the rows that are there.
        needs_reading = case_pane.EVERY in (name, self._filter)
        self._filter = name
        self.recap.setVisible(name == case_pane.ONLINE)
        if needs_reading:
            self.refresh()

    def _show_board(self, board: CasesBoard) -> None:
        has_closed = self._filter == case_pane.EVERY
        make_row = partial(case_pane.case_row, now=self.host.now(), mine=board.mine, has_closed=has_closed)
        self.recap.show_recap(board.recap)
        names = "; ".join(board.left_files) if self.host.actor.may(Permission.HANDLE_ONLINE) else ""
        self.files_note.say(_("Menunggu di folder daftar: {names}.").format(names=names) if names else "")
        self.cases.show_rows([make_row(case, board.clocks.get(case.id)) for case in board.rows])
        # A board that was read before the last choice has the case of an earlier one.
        if board.chosen is None or board.chosen.card.case.id == self._chosen_id:
            self.pane.show_case(board.chosen)

    def _choose(self, case_id: int | None) -> None:
        self._chosen_id = case_id
        self.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()


def _filters() -> Sequence[lists.Filter]:
    return (
        lists.Filter(case_pane.OPEN, _("Terbuka")),
        lists.Filter("mine", _("Milik saya")),
        lists.Filter("escalated", _("Diteruskan")),
        lists.Filter("answered", _("Jawaban siap")),
        lists.Filter("overdue", _("Lewat waktu"), "danger"),
        lists.Filter(case_pane.ONLINE, _("Daring")),
        lists.Filter(case_pane.EVERY, _("Semua")),
    )


def read_cases(officer_id: int, case_filter: CaseFilter, chosen: int | None, office: Office) -> CasesBoard:
    """Read the board on the worker thread.

    Phone numbers are sealed: one that is typed is searched for by its blind index, a keyed hash of it.
    """

    def read(tx: Transaction, phone_index: str) -> CasesBoard:
        with_index = msgspec.structs.replace(case_filter, phone_index=phone_index)
        return cases_board(tx, office.clock(), officer_id, with_index, chosen)

    return query_by_phone(office, case_filter.text, read)
