"""The keys that move from one part of the window to the next (docs/screens.md, "Counter")."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ult_desktop.ui.kit.panels import REGION
from ult_desktop.ui.kit.reading_order import stops


def go_to_next(ground: QWidget, step: int) -> None:
    """Move the focus by `step` parts, from left to right and around, to the first widget in the part."""
    parts = [part for part in _parts(ground) if _first(part) is not None]
    if not parts:
        return
    focus = QApplication.focusWidget()
    here = next((n for n, part in enumerate(parts) if focus is not None and part.isAncestorOf(focus)), None)
    target = _first(parts[0 if here is None else (here + step) % len(parts)])
    if target is not None:
        target.setFocus(Qt.FocusReason.TabFocusReason)


def _parts(ground: QWidget) -> list[QWidget]:
    marked = [each for each in ground.findChildren(QWidget) if each.property(REGION) and each.isVisible()]
    outer = [one for one in marked if any(one is not other and one.isAncestorOf(other) for other in marked)]
    innermost = [each for each in marked if each not in outer]  # Qt calls a widget its own ancestor
    return sorted(innermost, key=lambda part: part.mapTo(ground, QPoint(0, 0)).toTuple())


def _first(part: QWidget) -> QWidget | None:
    return next(iter(stops(part)), None)
