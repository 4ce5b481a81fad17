"""The rail at the left: which counter, which page, and the switches of the window."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame

from ult_desktop.core.roles import Permission
from ult_desktop.i18n import _, language
from ult_desktop.ui.counter.actions import Action
from ult_desktop.ui.counter.situation import Situation
from ult_desktop.ui.counter.words import COUNTER_TONES, counter_name, counter_word
from ult_desktop.ui.layouts import Column, Row
from ult_desktop.ui.theme import Theme
from ult_desktop.ui.widgets.button import Button
from ult_desktop.ui.widgets.elided_label import ElidedLabel
from ult_desktop.ui.widgets.label import Label
from ult_desktop.ui.widgets.pill import Pill

_WIDTH = 188


class Rail(QFrame):
    """Only what the officer's roles allow stands here.

    Signals:
        page_requested: "queue" or "day".
        asked: an action was pressed (its name).
        language_requested: "id" or "en".
        leave_requested: the officer wants to sign out.
    """

    page_requested = Signal(str)
    asked = Signal(str)
    language_requested = Signal(str)
    leave_requested = Signal()

    def __init__(self, theme: Theme, table: dict[str, Action]) -> None:
        super().__init__()
        self._theme, self._table = theme, table
        self.setProperty("kind", "rail")
        self.counter = Label("", "heading")
        self.officer = ElidedLabel("", "body", "soft")
        self.state = Pill(theme)
        self.pages = {
            "queue": self._nav(_("Antrean"), "list-ordered", "Ctrl+1"),
            "day": self._nav(_("Hari ini"), "chart-column", "Ctrl+2"),
        }
        self.switch = self._nav("", "coffee")
        self.kiosks = self._nav("", "monitor-pause")
        self.close_day = self._nav(table["close_day"].text, "moon")
        self.contrast = self._nav(_("Kontras tinggi"), "contrast")
        self.leave = self._nav(_("Ganti petugas"), "log-out")
        self.languages = {code: Button(theme, code.upper(), "quiet") for code in ("id", "en")}
        self._lay_out(theme)
        self._wire()
        theme.changed.connect(self._rescale)
        self._rescale()

    def _nav(self, text: str, icon_name: str, key: str = "") -> Button:
        button = Button(self._theme, text, "nav", icon_name)
        if key:
            button.setShortcut(key)
            button.setToolTip(key)
        return button

    def _lay_out(self, theme: Theme) -> None:
        column = Column(theme, self, gap=4, margins=(12, 20, 12, 12))
        head = Column(theme, gap=4, margins=(12, 0, 0, 16))
        for widget in (self.counter, self.officer, self.state):
            head.addWidget(widget)
        column.addLayout(head)
        group = QButtonGroup(self)
        for button in self.pages.values():
            button.setCheckable(True)
            group.addButton(button)
            column.addWidget(button)
        self.pages["queue"].setChecked(True)
        column.addStretch()
        for button in (self.switch, self.kiosks, self.close_day, self.contrast):
            column.addWidget(button)
        self.contrast.setCheckable(True)
        tongues = Row(theme, gap=4)
        for button in self.languages.values():
            button.setCheckable(True)
            tongues.addWidget(button, 1)
        column.addLayout(tongues)
        column.addWidget(self.leave)

    def _wire(self) -> None:
        for name, button in self.pages.items():
            button.clicked.connect(lambda _checked=False, name=name: self.page_requested.emit(name))
        for code, button in self.languages.items():
            button.setChecked(code == language())
            button.clicked.connect(lambda _checked=False, code=code: self.language_requested.emit(code))
        self.switch.clicked.connect(lambda: self.asked.emit("switch_counter"))
        self.kiosks.clicked.connect(lambda: self.asked.emit("switch_kiosks"))
        self.close_day.clicked.connect(lambda: self.asked.emit("close_day"))
        self.contrast.clicked.connect(self._set_contrast)
        self.leave.clicked.connect(self.leave_requested)

    def show_situation(self, s: Situation) -> None:
        line = s.board.mine
        self.counter.setText(counter_name(line))
        self.officer.setText(s.actor.name)
        tone, icon_name = COUNTER_TONES[line.state]
        reason = f" · {line.pause_reason}" if line.pause_reason else ""
        self.state.show_status(counter_word(line.state) + reason, tone, icon_name)
        self._show_switch(may_pause=s.is_open and s.is_mine)
        self._show_kiosks(paused=bool(s.board.kiosk_pause))
        doors = (
            (self.switch, "switch_counter"),
            (self.kiosks, "switch_kiosks"),
            (self.close_day, "close_day"),
        )
        for button, name in doors:
            closed = self._table[name].closed_because(s)
            button.setEnabled(not closed)
            button.setToolTip(closed or self._table[name].key)
        self.kiosks.setVisible(s.actor.may(Permission.MANAGE_QUEUE))
        self.close_day.setVisible(s.actor.may(Permission.CLOSE_DAY))
        self.contrast.setChecked(self._theme.contrast == "kontras")

    def _show_kiosks(self, *, paused: bool) -> None:
        self.kiosks.setText(_("Buka kios") if paused else _("Jeda kios"))
        self.kiosks.set_icon("monitor-play" if paused else "monitor-pause")

    def _show_switch(self, *, may_pause: bool) -> None:
        self.switch.setText(_("Jeda loket") if may_pause else _("Buka loket"))
        self.switch.set_icon("coffee" if may_pause else "door-open")

    def _set_contrast(self) -> None:
        self._theme.set_contrast("kontras" if self.contrast.isChecked() else "light")

    def show_page(self, name: str) -> None:
        self.pages[name].setChecked(True)

    def _rescale(self) -> None:
        self.setFixedWidth(self._theme.px(_WIDTH))
