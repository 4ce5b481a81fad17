"""A list in a dialog over the page, with what can be done about its rows."""

from collections.abc import Callable

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.lists.record_list import RecordList
from ult_desktop.ui.kit.widgets.button import Button

_HEIGHT, _WIDTH = 280, 720


class ListBox(Box):
    """Reads again at every change of the office. A subclass says what (`refresh`) and adds the acts."""

    def __init__(self, desk: PageHost, title: str, icon: tuple[str, str], rows: RecordList) -> None:
        super().__init__(desk.window, desk.theme, title, icon)
        self.desk, self.rows = desk, rows
        self._about_a_row: list[Button] = []
        px = desk.theme.px
        self.setMinimumWidth(min(px(_WIDTH), desk.window.width()))
        rows.setMinimumHeight(px(_HEIGHT))
        self.words.addWidget(rows, 1)
        self.body.setStretchFactor(self.words, 1)
        rows.chosen.connect(self._open_acts)
        desk.changed.connect(self.refresh)

    def add_act(
        self, text: str, icon_name: str, act: Callable[[], object], role: str = "", *, about_row: bool = True
    ) -> Button:
        """A button that leaves the list open; `about_row`: closed until a row is chosen."""
        button = Button(self.theme, text, role, icon_name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: act())
        self.buttons.addWidget(button)
        if about_row:
            self._about_a_row.append(button)
            button.setEnabled(False)
        return button

    def refresh(self) -> None:
        """Fetch the rows."""
        raise NotImplementedError

    @override
    def open(self) -> None:
        self.add_button(_("Tutup"), "quiet", lambda: None)
        self.refresh()
        super().open()
        self.rows.focus_search()

    def _open_acts(self, row_id: object) -> None:
        for button in self._about_a_row:
            button.setEnabled(row_id is not None)
