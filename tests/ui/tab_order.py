"""Tab is pressed until it is back at its beginning: each stop stands after the one before it, as words do."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ult_desktop.ui.kit.reading_order import takes_keys


def out_of_order(window: QWidget) -> Iterator[str]:
    """Each step of Tab up or to the left, but for the one back to the beginning, and what Tab does not reach.

    From the foot of one column to the head of the next is a step on.
    """
    here, met, back = QApplication.focusWidget(), list[QWidget](), 0
    able = _able(window)  # a row chosen on the way may open further buttons of its list
    while here is not None and here not in met:
        met.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
        following = QApplication.focusWidget()
        if following is not None and _is_back(_box(here, window), _box(following, window)):
            back += 1
            if back > 1:
                yield f"from {_told(here)} back to {_told(following)}"
        here = following
    if not met or here is not met[0]:
        yield f"from {_told(met[-1]) if met else 'nothing'} never back to the beginning"
    yield from (f"{_told(each)} is never met" for each in able & _able(window) - set(met))


def _able(window: QWidget) -> set[QWidget]:
    return {each for each in window.findChildren(QWidget) if takes_keys(each) and each.window() is window}


def _is_back(one: QRect, two: QRect) -> bool:
    if one.contains(two) or two.contains(one):
        return False
    above, below = two.bottom() <= one.top(), two.top() >= one.bottom()
    left, right = two.right() <= one.left(), two.left() >= one.right()
    return (above and not right) or (left and not below)


def _box(widget: QWidget, window: QWidget) -> QRect:
    own = getattr(widget, "target_rect", None)
    box = own() if callable(own) else widget.rect()
    return QRect(widget.mapTo(window, box.topLeft()), box.size())


def _told(widget: QWidget) -> str:
    words = getattr(widget, "text", None)
    return f"{type(widget).__name__} {widget.accessibleName() or (words() if callable(words) else '')!r}"
