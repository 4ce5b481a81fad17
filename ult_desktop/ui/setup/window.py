"""The wizard's window: which page is in sight, forward and back."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.base.windows import Windows
from ult_desktop.operations.office.setting_up import SetupResult
from ult_desktop.ui.counter.help import manual_box
from ult_desktop.ui.kit import layouts, panels, widgets
from ult_desktop.ui.kit.reading_order import move_keyboard
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.setup.draft import SetupDraft
from ult_desktop.ui.setup.finish_page import FinishPage
from ult_desktop.ui.setup.officers_page import OfficePage, OfficersPage
from ult_desktop.ui.setup.page import Page
from ult_desktop.ui.setup.place_page import BackupPage, PlacePage
from ult_desktop.ui.setup.station_page import PrinterPage, SoundPage, StationPage


class SetupWindow(QWidget):
    """The wizard of eight pages, of which each PC sees those that concern it.

    Enter goes on, Alt+Left goes back.

    Args:
        theme: of the face "counter".
        station_file: the path of the PC's settings.
        draft: what is known of the PC already.
        windows: the Windows of this PC.

    Signals:
        finished: the PC is a station; the `SetupResult`.
        left: the window was closed before that, and nothing was written.
    """

    finished = Signal(object)
    left = Signal()

    def __init__(
        self,
        theme: Theme,
        station_file: Path,
        draft: SetupDraft | None = None,
        windows: Windows | None = None,
    ) -> None:
        super().__init__()
        windows = windows or Windows()
        self._theme = theme
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("Siapkan PC ini"))
        self.draft = draft or SetupDraft()
        self.finish = FinishPage(theme, station_file, windows)
        self.pages: dict[str, Page] = {
            "place": PlacePage(theme, windows),
            "office": OfficePage(theme),
            "officers": OfficersPage(theme),
            "station": StationPage(theme),
            "printer": PrinterPage(theme),
            "sound": SoundPage(theme),
            "backup": BackupPage(theme),
            "finish": self.finish,
        }
        self._page_name = "place"
        self._is_finished = False
        self.stack = QStackedWidget()
        self.step = widgets.Label("", "small", "soft")
        self.title = widgets.Label("", "heading")
        self.back_button = widgets.Button(theme, _("Kembali"), "", "arrow-left")
        self.next_button = widgets.Button(theme, _("Lanjut"), "primary", "arrow-right")
        self._lay_out()
        self._wire()
        theme.apply(self)
        self._show("place")

    def _lay_out(self) -> None:
        column = layouts.Column(self._theme, self, gap=16, margins=(32, 24, 32, 24))
        head = layouts.Row(self._theme, gap=16)
        head.addWidget(widgets.Logo(self._theme, 56))
        names = layouts.Column(self._theme, gap=2)
        names.addWidget(self.step)
        names.addWidget(self.title)
        head.addLayout(names, 1)
        body = panels.Section(self._theme)
        body.body.addWidget(self.stack, 1)
        for page in self.pages.values():
            self.stack.addWidget(page)
        foot = layouts.Row(self._theme, gap=12)
        foot.addWidget(self.back_button)
        foot.addStretch()
        foot.addWidget(self.next_button)
        column.addLayout(head)
        column.addWidget(body, 1)
        column.addLayout(foot)

    def _wire(self) -> None:
        for page in self.pages.values():
            page.passed.connect(self._on_passed)
            page.running.connect(self._show_running)
        self.finish.done.connect(self._finish)
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        manual_box.open_by_key(self, self._theme, self._manual_page)

    def _manual_page(self) -> str:
        """Return the name of the manual's page about this path through the wizard."""
        place = self.pages["place"]
        return f"setup-{place.form.values()['kind'] if self.page is place else self.draft.kind}"

    @property
    def page(self) -> Page:
        return self.pages[self._page_name]

    def go_on(self) -> None:
        if self.next_button.isEnabled():
            self.page.go_on()

    def go_back(self) -> None:
        names = self._page_names()
        place = names.index(self._page_name)
        if place > 0 and self.finish.result is None and not self.finish.is_writing:
            self._show(names[place - 1])

    def _page_names(self) -> list[str]:
        """Return the pages that concern this PC, in their order, by the answers so far."""
        makes_office, mode = self.draft.makes_office, self.draft.mode
        concerns_this_pc = {
            "office": makes_office,
            "officers": makes_office,
            "printer": mode != "display",
            "sound": mode == "display",
            "backup": makes_office,
        }
        return [name for name in self.pages if concerns_this_pc.get(name, True)]

    def _on_passed(self, draft: SetupDraft) -> None:
        self.draft = draft
        names = self._page_names()
        self._show(names[names.index(self._page_name) + 1])

    def _show(self, name: str) -> None:
        self.page.leave()
        self._page_name = name
        names = self._page_names()
        self.stack.setCurrentWidget(self.page)
        words = _("Langkah {n} dari {all}").format(n=names.index(name) + 1, all=len(names))
        self.step.setText(words)
        self.title.setText(self.page.title)
        self.next_button.setText(_("Selesai") if name == "finish" else _("Lanjut"))
        self._show_running(running=False)
        self.page.enter(self.draft)

    def _show_running(self, running: bool) -> None:
        self.next_button.setEnabled(not running)
        self.back_button.setEnabled(self._page_name != "place" and not self.finish.is_writing)

    def _finish(self, result: SetupResult) -> None:
        self._is_finished = True
        self.finished.emit(result)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle a key for which the fields and buttons have no use."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif event.key() == Qt.Key.Key_Left and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.go_back()
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return move_keyboard(self, forward=next)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.finish.is_writing:  # soon the set-up is done, or why it failed is shown
            event.ignore()
            return
        self.page.leave()
        super().closeEvent(event)
        if not self._is_finished:
            self.left.emit()
