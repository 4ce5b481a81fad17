"""The lines of the rail: a page, or several that belong together and are tabs of one another."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabBar, QWidget
from typing_extensions import override

from ult_desktop.base import _, pgettext
from ult_desktop.ui.counter.pages.nav_buttons import NavEntry
from ult_desktop.ui.counter.pages.page import GROUPS, HeadedPanel
from ult_desktop.ui.kit import Theme, icons


class RailLine(NamedTuple):
    """A line of the rail with the pages behind it, in their order."""

    name: str
    title: str
    icon_name: str
    places: tuple[NavEntry, ...]

    @property
    def entry(self) -> NavEntry:
        first = self.places[0]
        return NavEntry(self.name, self.title, self.icon_name, first.group, first.widget)


def _shared() -> dict[str, tuple[str, str]]:
    """Return the name and icon of each line of several pages, by the `line` of its pages."""
    return {
        "guests": (_("Tamu"), "book-open"),
        "cases": (pgettext("many", "Permohonan"), "files"),
        "reports": (_("Laporan"), "chart-column"),
        "quality": (_("Mutu"), "badge-check"),
        "privacy": (_("Data pribadi"), "shield-check"),
    }


def lines_of(places: Iterable[NavEntry]) -> tuple[RailLine, ...]:
    """Return the lines in order of their groups. A page alone in its line keeps its own name."""
    together: dict[str, list[NavEntry]] = {}
    for place in sorted(places, key=lambda place: GROUPS.index(place.group)):
        together.setdefault(place.line or f"page {place.name}", []).append(place)
    return tuple(_line(name, tuple(found)) for name, found in together.items())


def _line(name: str, places: tuple[NavEntry, ...]) -> RailLine:
    only = places[0]
    if len(places) == 1:
        return RailLine(only.name, only.title, only.icon_name, places)
    return RailLine(name, *_shared()[name], places)


class PageTabs(QTabBar):
    """The tabs of the pages of one line, in the head of each of them.

    Ctrl+PgUp and Ctrl+PgDn go through them.

    Args:
        theme: colours and sizes.
        places: the pages of the line.
        here: the name of the page in whose head the tabs are, which stays the chosen one.

    Signals:
        page_requested: another page (its name).
    """

    page_requested = Signal(str)

    def __init__(self, theme: Theme, places: Sequence[NavEntry], here: str) -> None:
        super().__init__()
        self._theme, self._places = theme, places
        self._here = [place.name for place in places].index(here)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for place in places:
            self.addTab(place.title)
        self.setCurrentIndex(self._here)
        self.currentChanged.connect(self._ask)
        self._bind(places[self._here].widget)
        theme.changed.connect(self._tint)
        self._tint()

    def _bind(self, page: QWidget) -> None:
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(partial(self._step, step))

    def _step(self, step: int) -> None:
        self._ask((self._here + step) % len(self._places))

    def _ask(self, index: int) -> None:
        """Another page comes to the front, or asks first; the tab of this one stays down."""
        if index != self._here:
            self.setCurrentIndex(self._here)
            self.page_requested.emit(self._places[index].name)

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show after each page's name how much waits there."""
        for index, place in enumerate(self._places):
            count = counts.get(place.name, 0)
            self.setTabText(index, f"{place.title} · {count}" if count else place.title)

    def _tint(self) -> None:
        px, ink = self._theme.px, self._theme.color("ink-soft")
        self.setIconSize(QSize(px(22), px(18)))
        for index, place in enumerate(self._places):
            self.setTabIcon(index, icons.icon(place.icon_name, ink, px(18), apart=px(4)))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the size with every tab in full: the page is at least as wide."""
        return self.sizeHint()


def tabs_for(theme: Theme, line: RailLine) -> list[PageTabs]:
    """Make the tabs for the head of each page of the line; none for a line of one page."""
    made = []
    for place in line.places if len(line.places) > 1 else ():
        tabs = PageTabs(theme, line.places, place.name)
        if isinstance(place.widget, HeadedPanel):
            place.widget.put_in_head(tabs)
            made.append(tabs)
    return made
