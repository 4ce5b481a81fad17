"""The rail on the left of the counter window: its pages, their keys and badges."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QTabBar
from typing_extensions import override

from ult_desktop.base import _, language, pgettext
from ult_desktop.base.i18n import languages
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.boards import CounterBoard
from ult_desktop.ui.counter.actions.actions import Action
from ult_desktop.ui.counter.actions.reasons import Situation
from ult_desktop.ui.counter.pages.nav_buttons import NavEntry, PageButtons
from ult_desktop.ui.counter.pages.page import GROUPS, HeadedPanel
from ult_desktop.ui.counter.words import COUNTER_TONES, counter_name
from ult_desktop.ui.kit import Column, Row, Theme, icons, widgets
from ult_desktop.ui.kit.panels import REGION

_WIDTH = 212  # base pixels


class Rail(QFrame):
    """The rail: the counter and its officer, buttons for the pages that their roles allow, and for settings.

    Signals:
        page_requested: a page (its name).
        action_requested: an action was pressed (its name).
        language_requested: a language (its code).
        leave_requested: the officer wants to sign out.
        own_settings_requested: the officer wants their own settings.
        manual_requested: the officer wants the manual's page about the page in sight.
        palette_requested: the officer wants the search over everything.
    """

    page_requested = Signal(str)
    action_requested = Signal(str)
    language_requested = Signal(str)
    leave_requested = Signal()
    own_settings_requested = Signal()
    manual_requested = Signal()
    palette_requested = Signal()

    def __init__(self, theme: Theme, table: dict[str, Action], entries: Sequence[NavEntry]) -> None:
        super().__init__()
        self._theme, self._table = theme, table
        self.setProperty("kind", "rail")
        self.setProperty(REGION, True)
        self.counter = widgets.Label("", "heading")
        self.officer = widgets.ElidedLabel("", "body", "soft")
        self.state = widgets.Pill(theme)
        self.pages = PageButtons(theme, entries)
        self.switch = widgets.Button(theme, "", "nav", "coffee")
        self.search = widgets.Button(theme, _("Cari"), "nav", "search")
        self.search.setToolTip("Ctrl+K")
        self.contrast = self._make_square_button("contrast", _("Kontras tinggi"))
        self.own_settings = self._make_square_button("user-cog", _("Setelan saya"))
        self.manual = self._make_square_button("circle-question-mark", _("Buku petunjuk (F1)"))
        self.leave = widgets.Button(theme, _("Ganti petugas"), "nav", "log-out")
        self.languages = {code: widgets.Button(theme, code.upper(), "quiet") for code in languages()}
        self._lay_out(theme)
        self._connect_signals()
        theme.changed.connect(self._follow_theme)
        self._follow_theme()

    def _make_square_button(self, icon_name: str, words: str) -> widgets.Button:
        button = widgets.Button(self._theme, "", "quiet", icon_name)
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button

    def _lay_out(self, theme: Theme) -> None:
        column = Column(theme, self, gap=2, margins=(8, 10, 8, 8))
        head = Column(theme, gap=2, margins=(16, 0, 4, 6))
        for widget in (self.counter, self.officer, self.state):
            head.addWidget(widget)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        for button in (self.search, self.switch):
            column.addWidget(button)
        switches = Row(theme, gap=4)
        for button in (self.contrast, *self.languages.values()):
            button.setCheckable(True)
        for button in (self.contrast, *self.languages.values(), self.own_settings, self.manual):
            button.setProperty("shape", "square")
            switches.addWidget(button, 1)
        column.addLayout(switches)
        column.addWidget(self.leave)

    def _connect_signals(self) -> None:
        self.pages.page_requested.connect(self.page_requested)
        self._show_language()
        for code, button in self.languages.items():
            button.clicked.connect(lambda _checked=False, code=code: self.language_requested.emit(code))
            # The button of the language in force stays down until the window changes it.
            button.clicked.connect(self._show_language)
        self.switch.clicked.connect(lambda: self.action_requested.emit("switch_counter"))
        self.search.clicked.connect(self.palette_requested)
        self.contrast.clicked.connect(self._set_contrast)
        self.leave.clicked.connect(self.leave_requested)
        self.own_settings.clicked.connect(self.own_settings_requested)
        self.manual.clicked.connect(self.manual_requested)

    def _show_language(self) -> None:
        for code, button in self.languages.items():
            button.setChecked(code == language())

    def show_situation(self, s: Situation) -> None:
        line = s.board.mine
        self.counter.setText(counter_name(line))
        self.officer.setText(s.actor.name)
        self._show_state(s.board)
        may_pause = s.is_open and s.is_mine
        self.switch.setText(_("Jeda loket") if may_pause else _("Buka loket"))
        self.switch.set_icon("coffee" if may_pause else "door-open")
        action = self._table["switch_counter"]
        closed = action.closed_because(s)
        self.switch.setEnabled(not closed)
        self.switch.setToolTip(closed or action.key)

    def _show_state(self, board: CounterBoard) -> None:
        """Show whether the counter takes visitors, or, when nobody waits any more, that the day is closed."""
        line, end = board.mine, board.end
        if end.closed and not board.has_open_numbers:
            words = _("hari ditutup {time}").format(time=end.closed)
            self.state.show_status(words, "primary", "moon")
            return
        reason = f" · {line.pause_reason}" if line.pause_reason else ""
        self.state.show_status(line.state.word + reason, *COUNTER_TONES[line.state])

    def show_officer(self, actor: Actor) -> None:
        """Show an officer without a counter, and hide everything of a counter."""
        self.counter.setText(_("Tanpa loket"))
        self.officer.setText(actor.name)
        self.state.hide()
        self.switch.hide()

    def _set_contrast(self) -> None:
        self._theme.set_contrast("kontras" if self.contrast.isChecked() else "light")

    def _follow_theme(self) -> None:
        self.setFixedWidth(max(_WIDTH, self._theme.words_px(_WIDTH)))  # fits five switches in a line
        self.contrast.setChecked(self._theme.is_high_contrast)


class RailLine(NamedTuple):
    """A line of the rail, and the pages that it leads to, in their order."""

    name: str
    title: str
    icon_name: str
    entries: tuple[NavEntry, ...]

    @property
    def entry(self) -> NavEntry:
        first = self.entries[0]
        return NavEntry(self.name, self.title, self.icon_name, first.group, first.widget)


def _shared_lines() -> dict[str, tuple[str, str]]:
    """Return the title and icon of each line of several pages, by the `line` of its pages."""
    return {
        "guests": (_("Tamu"), "book-open"),
        "cases": (pgettext("many", "Permohonan"), "files"),
        "reports": (_("Laporan"), "chart-column"),
        "quality": (_("Mutu"), "badge-check"),
        "privacy": (_("Data pribadi"), "shield-check"),
    }


def lines_of(entries: Iterable[NavEntry]) -> tuple[RailLine, ...]:
    """Return the lines in order of their groups. A page alone in its line keeps its own name."""
    by_line: dict[str, list[NavEntry]] = {}
    for entry in sorted(entries, key=lambda entry: GROUPS.index(entry.group)):
        by_line.setdefault(entry.line or f"page {entry.name}", []).append(entry)
    lines = []
    for name, of_line in by_line.items():
        if len(of_line) == 1:
            only = of_line[0]
            lines.append(RailLine(only.name, only.title, only.icon_name, (only,)))
        else:
            title, icon_name = _shared_lines()[name]
            lines.append(RailLine(name, title, icon_name, tuple(of_line)))
    return tuple(lines)


class PageTabs(QTabBar):
    """The tabs of the pages of one line, in the head of each of them. Ctrl+PgUp and Ctrl+PgDn switch pages.

    Args:
        theme: colours and sizes.
        entries: the pages of the line.
        name: the name of the page in whose head the tabs are. Its tab stays the chosen one.

    Signals:
        page_requested: another page (its name).
    """

    page_requested = Signal(str)

    def __init__(self, theme: Theme, entries: Sequence[NavEntry], name: str) -> None:
        super().__init__()
        self._theme, self._entries = theme, entries
        self._own_index = [entry.name for entry in entries].index(name)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for entry in entries:
            self.addTab(entry.title)
        self.setCurrentIndex(self._own_index)
        self.currentChanged.connect(self._request_page)
        page = entries[self._own_index].widget
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(partial(self._step, step))
        theme.changed.connect(self._tint)
        self._tint()

    def _step(self, step: int) -> None:
        self._request_page((self._own_index + step) % len(self._entries))

    def _request_page(self, index: int) -> None:
        """Ask for another page. This page's own tab stays chosen here: the other page has tabs of its own."""
        if index != self._own_index:
            self.setCurrentIndex(self._own_index)
            self.page_requested.emit(self._entries[index].name)

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show after each page's name how much waits there."""
        for index, entry in enumerate(self._entries):
            count = counts.get(entry.name, 0)
            self.setTabText(index, f"{entry.title} · {count}" if count else entry.title)

    def _tint(self) -> None:
        px, ink = self._theme.px, self._theme.color("ink-soft")
        self.setIconSize(QSize(px(22), px(18)))
        for index, entry in enumerate(self._entries):
            self.setTabIcon(index, icons.icon(entry.icon_name, ink, px(18), apart=px(4)))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the size with every tab in full: the page is at least as wide."""
        return self.sizeHint()


def tabs_for(theme: Theme, line: RailLine) -> list[PageTabs]:
    """Put tabs into the head of each page of the line, and return them; none for a line of one page."""
    if len(line.entries) == 1:
        return []
    tab_bars = []
    for entry in line.entries:
        tabs = PageTabs(theme, line.entries, entry.name)
        if isinstance(entry.widget, HeadedPanel):
            entry.widget.put_in_head(tabs)
            tab_bars.append(tabs)
    return tab_bars
