"""The keyboard's way over a page: an arrow leads to the next target in its direction."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
ARROWS = frozenset(_WAYS)
_ASIDE = 3  # how much worse a step aside is than a step ahead


def next_target(window: QWidget, key: Qt.Key) -> QWidget | None:
    """The target that the arrow `key` leads to; the first one when nothing has the focus."""
    targets = [
        each
        for each in window.findChildren(QAbstractButton)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    here = window.focusWidget()
    if here not in targets:
        return min(targets, key=lambda each: _reading_order(_centre(each, window)), default=None)
    ahead = [
        (distance, order, each)
        for order, each in enumerate(targets)
        if each is not here
        and (distance := _distance(_centre(here, window), _centre(each, window), _WAYS[key])) > 0
    ]
    return min(ahead)[2] if ahead else None


def _centre(widget: QWidget, window: QWidget) -> QPoint:
    return widget.mapTo(window, widget.rect().center())


def _reading_order(point: QPoint) -> tuple[int, int]:
    return point.y(), point.x()


def _distance(here: QPoint, there: QPoint, way: tuple[int, int]) -> int:
    """How far `there` is in a direction; 0 when it does not lie ahead."""
    step = there - here
    ahead = step.x() * way[0] + step.y() * way[1]
    aside = abs(step.x() * way[1]) + abs(step.y() * way[0])
    return ahead + _ASIDE * aside if ahead > aside // 2 else 0
