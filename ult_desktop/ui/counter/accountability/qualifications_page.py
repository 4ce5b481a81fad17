"""The page Kualifikasi: which officers have the qualifications that a procedure asks of those who do it."""

from collections.abc import Sequence
from functools import partial
from itertools import product

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.accountability.commands import ConfirmQualification, WithdrawQualification
from ult_desktop.core.accountability.qualifications import since_words
from ult_desktop.core.procedures.document import qualification_lines
from ult_desktop.operations.accountability.qualifications import RequiredQualification, required_of_everybody
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages import FormBox, WorkPage, ask_words, snapshot
from ult_desktop.ui.counter.procedures.document_box import open_procedure
from ult_desktop.ui.kit import Column, Row, Theme, lists, widgets
from ult_desktop.ui.kit.detail import Detail, DetailAction, Fact
from ult_desktop.ui.kit.forms import DateField, TextField
from ult_desktop.ui.kit.forms.form import Values


def tag_of(qualification: RequiredQualification) -> lists.Tag:
    return lists.Tag(_("dikonfirmasi"), "ok") if qualification.is_met else lists.Tag(_("belum"), "warn")


def facts_of(qualification: RequiredQualification) -> list[Fact]:
    facts = [Fact(_("Yang diminta"), "\n".join(qualification_lines(qualification.procedure)))]
    last = qualification.last
    if last is None:
        return facts
    facts += [
        Fact(_("Terpenuhi sejak"), since_words(last)),
        Fact(_("Bukti"), last.evidence),
        Fact(_("Dikonfirmasi oleh"), last.confirmed_by),
    ]
    if not last.holds:
        facts += [Fact(_("Ditarik oleh"), last.withdrawn_by), Fact(_("Alasan"), last.reason)]
    return facts


_NAME, _CELL, _MARGIN = 180, 112, 8  # base pixels: width of the names, least width of a cell, its margin
_HEAD_LINES = 4  # lines that a procedure's title may take


class QualificationMatrix(QTableWidget):
    """The table of officers (rows) and procedures (columns).

    A cell is empty where the officer has no part in the procedure.

    Signals:
        chosen: another cell is the current one, or other cells are selected.
        acted: the officer pressed Space or Enter on the current cell, or double-clicked it.
    """

    chosen = Signal()
    acted = Signal()
    scrolls_sideways = True  # every other widget must fit the window's width (the tests' `look.py`)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._by_cell: dict[tuple[int, int], RequiredQualification] = {}
        self.setAccessibleName(_("Petugas dan POS"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        heads = self.horizontalHeader()
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap))
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        heads.setMinimumSectionSize(theme.words_px(_CELL))
        names = self.verticalHeader()
        names.setFixedWidth(theme.words_px(_NAME))
        names.setTextElideMode(Qt.TextElideMode.ElideRight)
        names.setDefaultSectionSize(names.fontMetrics().lineSpacing() + 3 * theme.px(_MARGIN))
        self.currentCellChanged.connect(lambda *_cells: self.chosen.emit())
        self.itemSelectionChanged.connect(self.chosen)
        self.cellDoubleClicked.connect(lambda *_cell: self.acted.emit())

    @property
    def current(self) -> RequiredQualification | None:
        return self._by_cell.get((self.currentRow(), self.currentColumn()))

    @property
    def lacking(self) -> tuple[RequiredQualification, ...]:
        """The qualifications in the selected cells that are not confirmed.

        If the current cell is not selected (Ctrl and a click unselect it), that cell alone counts.
        """
        current, selected = self.currentIndex(), self.selectedIndexes()
        indexes = selected if current in selected else [current]
        cells = sorted((index.row(), index.column()) for index in indexes)
        return tuple(
            self._by_cell[cell] for cell in cells if cell in self._by_cell and not self._by_cell[cell].is_met
        )

    def show_qualifications(self, qualifications: Sequence[RequiredQualification]) -> None:
        """Show the qualifications. The same qualification stays current.

        The selection stays while each cell has the same qualification.
        """
        current, ids_before = self.current, self._ids_by_cell()
        names, titles = dict[str, str](), dict[str, str]()  # of rows by login, of columns by procedure
        for qualification in qualifications:
            officer, procedure = qualification.officer, qualification.procedure
            names[officer.login], titles[procedure.id] = officer.name, procedure.title
        logins, procedure_ids = list(names), list(titles)
        self._by_cell = {}
        for qualification in qualifications:
            row = logins.index(qualification.officer.login)
            self._by_cell[row, procedure_ids.index(qualification.procedure.id)] = qualification
        self.setRowCount(len(names))
        self.setColumnCount(len(titles))
        self.setVerticalHeaderLabels([*names.values()])
        self.setHorizontalHeaderLabels([*titles.values()])
        for row, column in product(range(len(names)), range(len(titles))):
            self.setItem(row, column, self._make_cell(self._by_cell.get((row, column))))
        lines = _HEAD_LINES * self.horizontalHeader().fontMetrics().lineSpacing()
        self.horizontalHeader().setFixedHeight(lines + 2 * self._theme.px(_MARGIN))
        # Qt unselects all other cells when a cell is made the current one.
        if self._ids_by_cell() != ids_before:
            if current is not None:
                self.choose(current.id)
            elif self._by_cell:
                self.setCurrentCell(*min(self._by_cell))
        self.chosen.emit()

    def _ids_by_cell(self) -> dict[tuple[int, int], str]:
        return {cell: qualification.id for cell, qualification in self._by_cell.items()}

    def _make_cell(self, qualification: RequiredQualification | None) -> QTableWidgetItem:
        item = QTableWidgetItem("")
        item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        if qualification is None:
            item.setBackground(self._theme.color("ground"))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _("tidak diminta"))
        else:
            item.setText("✓" if qualification.is_met else tag_of(qualification).text)
            item.setForeground(self._theme.color("ok-soft-ink" if qualification.is_met else "warn-soft-ink"))
            item.setBackground(self._theme.color("ok-soft" if qualification.is_met else "warn-soft"))
            about = (
                f"{qualification.officer.name}, {qualification.procedure.title}: {tag_of(qualification).text}"
            )
            item.setData(Qt.ItemDataRole.AccessibleTextRole, about)
        return item

    def choose(self, qualification_id: object) -> None:
        """Make the cell of a qualification the current one."""
        for cell, qualification in self._by_cell.items():
            if qualification.id == qualification_id:
                self.setCurrentCell(*cell)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.acted.emit()
        else:
            super().keyPressEvent(event)


class QualificationsPage(WorkPage):
    """The page on which the head confirms an officer's qualifications, or withdraws a confirmation.

    It shows the officers who have a part in a procedure that asks for qualifications.
    """

    name, icon_name, group = "qualifications", "user-check", "quality"
    line = "quality"
    needs = frozenset({Permission.CONFIRM_QUALIFICATIONS})
    title = staticmethod(lambda: _("Kualifikasi"))

    @override
    def build(self) -> None:
        self.matrix = QualificationMatrix(self.theme)
        self.detail = Detail(self.theme, (_("Tidak ada POS berlaku yang meminta kualifikasi."), "user-check"))
        hint = _("Panah memilih, Spasi mengonfirmasi atau menarik. Beberapa sel sekaligus: Shift dan panah.")
        self.hint = widgets.Label(hint, "small", "soft", wrap=True)
        sides, matrix_and_hint = Row(self.theme, gap=16), Column(self.theme, gap=8)
        matrix_and_hint.addWidget(self.matrix, 1)
        matrix_and_hint.addWidget(self.hint)
        sides.addLayout(matrix_and_hint, 3)
        sides.addWidget(self.detail, 2)
        self.body.addLayout(sides, 1)
        self.setFocusProxy(self.matrix)
        self.matrix.chosen.connect(self._show_chosen)
        self.matrix.acted.connect(self._act)

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(required_of_everybody), self._show)

    def _show(self, qualifications: tuple[RequiredQualification, ...]) -> None:
        # An officer without a password has never signed in, and does no step.
        self.matrix.show_qualifications(
            [qualification for qualification in qualifications if qualification.officer.password_hash]
        )

    @property
    def chosen(self) -> RequiredQualification | None:
        return self.matrix.current

    @override
    def open_subject(self, subject: object) -> None:
        self.matrix.choose(subject)

    def _show_chosen(self) -> None:
        qualification = self.chosen
        self.matrix.setVisible(self.matrix.rowCount() > 0)
        self.hint.setVisible(self.matrix.rowCount() > 0)
        self.detail.setVisible(qualification is not None or not self.matrix.rowCount())
        if qualification is None:
            self.detail.show_nothing()
            return
        self.detail.show_head(
            qualification.officer.name, qualification.procedure.title, (tag_of(qualification),)
        )
        self.detail.show_facts(facts_of(qualification))
        read = partial(open_procedure, self.host, qualification.procedure)
        confirm = DetailAction("confirm", _("Konfirmasi …"), "check", self._act, "primary")
        withdraw = DetailAction("withdraw", _("Tarik …"), "x", self._act, "danger")
        self.detail.show_actions(
            [
                confirm if self.matrix.lacking else withdraw,
                DetailAction("read", _("Baca POS"), "file-text", read),
            ]
        )

    def _act(self) -> None:
        """Confirm the qualifications that are lacking; if none is, withdraw the current one."""
        if self.matrix.lacking:
            self._confirm(self.matrix.lacking)
        elif self.chosen is not None:
            self._withdraw(self.chosen)

    def _confirm(self, qualifications: Sequence[RequiredQualification]) -> None:
        """Ask since when, and for the evidence, which is the same for all of these."""
        names = ", ".join(dict.fromkeys(qualification.officer.name for qualification in qualifications))
        FormBox(
            self.host,
            _("Konfirmasi kualifikasi {name}").format(name=names),
            (
                DateField(self.theme, "since", _("Terpenuhi sejak"), required=True, days=self.host),
                TextField(self.theme, "evidence", _("Bukti: ijazah, pelatihan, pengalaman"), required=True),
            ),
            command=lambda values: partial(_confirm_each, qualifications, values),
            verb=_("Konfirmasi"),
            message=_("Kualifikasi dikonfirmasi."),
            icon=("user-check", "green"),
            words=", ".join(dict.fromkeys(qualification.procedure.title for qualification in qualifications)),
            draft=self.host.draft("qualification", qualifications[0].id),
        ).open()

    def _withdraw(self, qualification: RequiredQualification) -> None:
        ask_words(
            self.host,
            _("Tarik konfirmasi"),
            lambda reason: WithdrawQualification(
                login=qualification.officer.login, procedure_id=qualification.procedure.id, reason=reason
            ),
            question=_("Mengapa {name} tidak lagi memenuhi kualifikasi?").format(
                name=qualification.officer.name
            ),
            verb=_("Tarik"),
            message=_("Konfirmasi ditarik."),
        )


def _confirm_each(
    qualifications: Sequence[RequiredQualification], values: Values, office: Office, actor: Actor
) -> None:
    """Confirm each qualification, on the worker thread."""
    for qualification in qualifications:
        office.perform(
            ConfirmQualification(
                login=qualification.officer.login, procedure_id=qualification.procedure.id, **values
            ),
            actor,
        )
