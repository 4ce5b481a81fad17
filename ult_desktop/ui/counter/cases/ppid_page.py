"""The page PPID: the register of public-information requests."""

from collections.abc import Callable
from functools import partial

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.cases.case_pane import CasePane
from ult_desktop.ui.counter.cases.lists_boxes import ExclusionsBox
from ult_desktop.ui.counter.cases.ppid_reading import (
    RegisterRow,
    count_pressing,
    read_register,
    write_register,
)
from ult_desktop.ui.counter.cases.ppid_words import register_filters, register_row
from ult_desktop.ui.counter.cases.reading import CaseView, view_case
from ult_desktop.ui.counter.pages.page import WorkPage
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.lists.record_list import RecordList
from ult_desktop.ui.kit.widgets.button import Button


class PpidPage(WorkPage):
    """Requests with their clocks: 10 (+7) working days, objections 30; the register as a file."""

    name = "ppid"
    icon_name = "landmark"
    group = "requests"
    needs = frozenset({Permission.HANDLE_PPID})

    @classmethod
    @override
    def title(cls) -> str:
        return _("PPID")

    @override
    def build(self) -> None:
        self.register = RecordList(
            self.theme,
            _("Cari nomor, nama, informasi …"),
            filters=register_filters(),
            empty=(_("Belum ada permohonan informasi publik."), "landmark"),
        )
        self.pane = CasePane(self.host)
        self.show_split(self.register, self.pane)
        self.exclusions = self.add_head_button(
            Button(self.theme, _("Informasi dikecualikan"), icon_name="lock")
        )
        self.export = self.add_head_button(Button(self.theme, _("Simpan register"), icon_name="download"))
        self.exclusions.clicked.connect(lambda: ExclusionsBox(self.host).open())
        self.export.clicked.connect(self._export)
        self.register.chosen.connect(self._choose)

    @override
    def refresh(self) -> None:
        self.fetch(read_register, self._show)
        self._choose(self.register.selected)

    @override
    def open_subject(self, subject: object) -> None:
        """The id of a request's case."""
        self.register.choose(subject)

    @override
    def badge_query(self) -> Callable[[Office], int]:
        return count_pressing

    def _show(self, found: tuple[RegisterRow, ...]) -> None:
        self.register.show_rows([register_row(line) for line in found])

    def _choose(self, case_id: object) -> None:
        if case_id is None:
            self.pane.show_case(None)
        else:
            self.fetch(partial(view_case, int(str(case_id))), self._show_case)

    def _show_case(self, view: CaseView | None) -> None:
        if view is None or view.card.case.id == self.register.selected:
            self.pane.show_case(view)

    def _export(self) -> None:
        year = self.host.now().year
        options: list[tuple[str, object]] = [(str(each), each) for each in (year, year - 1)]

        def chosen(answer: object) -> None:
            self.host.perform(partial(write_register, int(str(answer))), told=_("Tersimpan: {label}"))

        dialogs.choose(self.host.window, self.theme, _("Register tahun mana?"), options, chosen)
