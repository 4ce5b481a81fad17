"""The rail at the left: which counter, which page, and the switches of the window."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from ult_desktop.base import _, language
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.ui.counter.actions.actions import Action
from ult_desktop.ui.counter.actions.reasons import Situation
from ult_desktop.ui.counter.pages.nav_buttons import NavEntry, PageButtons
from ult_desktop.ui.counter.words import COUNTER_TONES, counter_name
from ult_desktop.ui.kit import Column, Row, Theme, widgets
from ult_desktop.ui.kit.panels import REGION

_WIDTH = 212


class Rail(QFrame):
    """The rail. It holds only what the officer's roles allow.

    Signals:
        page_requested: a page (its name).
        asked: an action was pressed (its name).
        language_requested: "id" or "en".
        leave_requested: the officer wants to sign out.
        own_requested: the officer wants their own menu.
        manual_requested: the officer wants the manual's page of what is in sight.
    """

    page_requested = Signal(str)
    asked = Signal(str)
    language_requested = Signal(str)
    leave_requested = Signal()
    own_requested = Signal()
    manual_requested = Signal()

    def __init__(self, theme: Theme, table: dict[str, Action], places: Sequence[NavEntry]) -> None:
        super().__init__()
        self._theme, self._table = theme, table
        self.setProperty("kind", "rail")
        self.setProperty(REGION, True)
        self.counter = widgets.Label("", "heading")
        self.officer = widgets.ElidedLabel("", "body", "soft")
        self.state = widgets.Pill(theme)
        self.pages = PageButtons(theme, places)
        self.switch = self._nav("", "coffee")
        self.kiosks = self._nav("", "monitor-pause")
        self.close_day = self._nav(table["close_day"].text, "moon")
        self.contrast = self._square("contrast", _("Kontras tinggi"))
        self.own = self._square("user-cog", _("Setelan saya"))
        self.manual = self._square("circle-question-mark", _("Buku petunjuk (F1)"))
        self.leave = self._nav(_("Ganti petugas"), "log-out")
        self.languages = {code: widgets.Button(theme, code.upper(), "quiet") for code in ("id", "en")}
        self._lay_out(theme)
        self._wire()
        theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def _nav(self, text: str, icon_name: str) -> widgets.Button:
        return widgets.Button(self._theme, text, "nav", icon_name)

    def _square(self, icon_name: str, told: str) -> widgets.Button:
        button = widgets.Button(self._theme, "", "quiet", icon_name)
        button.setToolTip(told)
        button.setAccessibleName(told)
        return button

    def _lay_out(self, theme: Theme) -> None:
        column = Column(theme, self, gap=2, margins=(8, 10, 8, 8))
        head = Column(theme, gap=2, margins=(16, 0, 4, 6))
        for widget in (self.counter, self.officer, self.state):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        for button in (self.switch, self.kiosks, self.close_day):
            column.addWidget(button)
        switches = Row(theme, gap=4)
        for button in (self.contrast, *self.languages.values()):
            button.setCheckable(True)
        for button in (self.contrast, *self.languages.values(), self.own, self.manual):
            button.setProperty("shape", "square")
            switches.addWidget(button, 1)
        column.addLayout(switches)
        column.addWidget(self.leave)

    def _wire(self) -> None:
        self.pages.page_requested.connect(self.page_requested)
        self._show_language()
        for code, button in self.languages.items():
            button.clicked.connect(lambda _checked=False, code=code: self._ask_for_language(code))
        self.switch.clicked.connect(lambda: self.asked.emit("switch_counter"))
        self.kiosks.clicked.connect(lambda: self.asked.emit("switch_kiosks"))
        self.close_day.clicked.connect(lambda: self.asked.emit("close_day"))
        self.contrast.clicked.connect(self._set_contrast)
        self.leave.clicked.connect(self.leave_requested)
        self.own.clicked.connect(self.own_requested)
        self.manual.clicked.connect(self.manual_requested)

    def _ask_for_language(self, code: str) -> None:
        """Until the window has another one the button of the old one stays down."""
        self.language_requested.emit(code)
        self._show_language()

    def _show_language(self) -> None:
        for code, button in self.languages.items():
            button.setChecked(code == language())

    def show_situation(self, s: Situation) -> None:
        line = s.board.mine
        self.counter.setText(counter_name(line))
        self.officer.setText(s.actor.name)
        tone, icon_name = COUNTER_TONES[line.state]
        reason = f" · {line.pause_reason}" if line.pause_reason else ""
        self.state.show_status(line.state.word + reason, tone, icon_name)
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

    def show_officer(self, actor: Actor) -> None:
        """Show an officer without a counter, and hide everything of a counter."""
        self.counter.setText(_("Tanpa loket"))
        self.officer.setText(actor.name)
        for widget in (self.state, self.switch, self.kiosks, self.close_day):
            widget.hide()

    def _show_kiosks(self, *, paused: bool) -> None:
        self.kiosks.setText(_("Buka kios") if paused else _("Jeda kios"))
        self.kiosks.set_icon("monitor-play" if paused else "monitor-pause")

    def _show_switch(self, *, may_pause: bool) -> None:
        self.switch.setText(_("Jeda loket") if may_pause else _("Buka loket"))
        self.switch.set_icon("coffee" if may_pause else "door-open")

    def _set_contrast(self) -> None:
        self._theme.set_contrast("kontras" if self.contrast.isChecked() else "light")

    def show_page(self, name: str) -> None:
        self.pages.show_page(name)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many things wait on each page, by its name."""
        self.pages.show_counts(counts)

    def _follow_theme(self) -> None:
        self.setFixedWidth(max(_WIDTH, self._theme.words_px(_WIDTH)))  # five switches next to each other
        self.contrast.setChecked(self._theme.contrast == "kontras")
