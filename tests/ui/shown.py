"""The readers of windows for tests: facts and rows as they are shown, the theme, and whether all is done."""

from typing import Any, Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ult_desktop.ui.counter.window import CounterWindow
from ult_desktop.ui.kiosk.frame.still_there import Patience
from ult_desktop.ui.kiosk.window import KioskWindow
from ult_desktop.ui.kit.detail import Facts
from ult_desktop.ui.kit.lists.list_view import FilteredModel
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.office_link.tasks import Tasks


class _Themed(Protocol):
    _theme: Theme


class _AtWork(Protocol):
    _tasks: Tasks[Any]


class _Linked(Protocol):
    _link: Any


class _Tab(Protocol):
    _has_visitor: bool


def facts_of(facts: Facts) -> list[tuple[str, str]]:
    """Return the name and value of each fact in sight."""
    return [(name.text(), value.text()) for name, value in facts._lines if not name.isHidden()]


def rows_of(model: FilteredModel[Any]) -> list[Any]:
    """Return the rows of a list as it shows them: those that its search leaves."""
    return model._rows


def press_key(
    window: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key as the system hands it on: to the window in sight, before any widget in it."""
    QTest.keyClick(window.windowHandle(), key, held)


def theme_of(widget: _Themed) -> Theme:
    return widget._theme


def all_done(asked: _AtWork) -> bool:
    """Return whether the worker has answered everything that it was asked."""
    return asked._tasks.pending == 0


def link_of(window: _Linked) -> Any:  # noqa: ANN401  (an office's, or a kiosk's own)
    """Return the link of a window, or of a host of pages, to its office."""
    return window._link


def is_told(tab: _Tab) -> bool:
    """Return whether a tab knows the number at the counter by now."""
    return tab._has_visitor


def tick(window: CounterWindow) -> None:
    """Let the clock of a counter's window tick."""
    window._tick()


def ask_pin(kiosk: KioskWindow) -> None:
    """Ask for the PIN as the corner of the kiosk does."""
    kiosk._ask_pin()


def lock(kiosk: KioskWindow, *, on: bool) -> None:
    """Let the kiosk be locked, or not, as its station's settings say."""
    kiosk._is_locked = on


def timer_of(patience: Patience) -> QTimer:
    """Return the timer after whose end the kiosk goes back to its first page."""
    return patience._timer
