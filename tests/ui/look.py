"""Objections of an eye, as checks: text cut off, things outside or over one another, targets.

A widget may answer for itself: `fits() -> bool` for what it paints, `target_rect()` for the part of it
that is touched. The dynamic property `overlay` marks what lies over others on purpose, `may_elide` what
may end in "…".
"""

import time
from collections.abc import Callable, Iterator
from itertools import combinations

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QTabBar,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)

from tests.ui.heard import unheard
from ult_desktop.ui.kit.widgets.label import ElidedLabel

LEAVES = (QLabel, QAbstractButton, QLineEdit, QComboBox, QTextEdit)
TARGETS = (QAbstractButton, QLineEdit, QComboBox)
_ANY_HEIGHT = 100_000
_ROUNDS = 6
_PATIENCE_S = 1.0


def settle() -> None:
    """A layout hears of a change in one round, those around it in the next."""
    for _round in range(_ROUNDS):
        QCoreApplication.processEvents()


def assert_sound(widget: QWidget) -> None:
    """Fails with the list of everything wrong in the visible part of `widget`.

    What a late answer of the office lays out anew has a moment for it.
    """
    until = time.monotonic() + _PATIENCE_S
    while (found := list(faults(widget))) and time.monotonic() < until:
        settle()
    assert not found, f"{len(found)} faults of look:\n  " + "\n  ".join(found)


assert_nothing_clipped = assert_sound


def faults(widget: QWidget) -> Iterator[str]:
    yield from faults_of_text(widget)
    yield from _overlaps(widget)
    yield from unheard(widget)


def faults_of_text(widget: QWidget) -> Iterator[str]:
    """Return the texts that are cut off or outside."""
    for each in visible(widget):
        yield from _text_faults(each)
        yield from _own_faults(each)
        yield from _outside_faults(each)
        yield from _scroll_faults(each)


def visible(widget: QWidget) -> list[QWidget]:
    """`widget` and all in it that is shown, without what Qt puts into its own compound widgets."""
    inner = [each for each in widget.findChildren(QWidget) if each.isVisibleTo(widget)]
    return [widget, *(each for each in inner if not _is_qts_own(each))]


def _is_qts_own(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    name = widget.objectName()
    return name.startswith("qt_") or isinstance(parent, QComboBox | QTabBar | QLineEdit)


def _name(widget: QWidget) -> str:
    words = getattr(widget, "text", None)
    text = words() if callable(words) else ""
    return f"{type(widget).__name__} {widget.objectName()}{text!r}"


def _text_faults(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield from _label_faults(widget)
    elif isinstance(widget, QAbstractButton) and widget.text():
        yield from _button_faults(widget)
    elif isinstance(widget, QComboBox):
        yield from _combo_faults(widget)
    elif isinstance(widget, QLineEdit):
        yield from _field_faults(widget)
    elif isinstance(widget, QTabBar):
        total = sum(widget.tabSizeHint(i).width() for i in range(widget.count()))
        if total > widget.width() + 1:
            yield f"tabs need {total} px, have {widget.width()}"
    elif isinstance(widget, QTableView | QTreeView):
        yield from _item_faults(widget)


def _label_faults(label: QLabel) -> Iterator[str]:
    room, metrics = label.contentsRect().size(), label.fontMetrics()
    if not label.pixmap().isNull():
        picture = label.pixmap().deviceIndependentSize()
        if not label.hasScaledContents() and (
            picture.width() > room.width() + 1 or picture.height() > room.height() + 1
        ):
            yield f"picture of {_name(label)} is larger than its label"
    if not label.text():
        return
    flags = Qt.TextFlag.TextWordWrap if label.wordWrap() else Qt.TextFlag.TextExpandTabs
    box = QRect(0, 0, room.width() if label.wordWrap() else _ANY_HEIGHT, _ANY_HEIGHT)
    need = metrics.boundingRect(box, int(flags), label.text()).size()
    # The line's own height counts only as far as letters reach: tight layouts cut line spacing.
    if need.height() - metrics.leading() > room.height() + 1:
        yield f"{_name(label)} needs {need.height()} px of height, has {room.height()}"
    if isinstance(label, ElidedLabel):
        shortest = metrics.horizontalAdvance(label.text()[:3] + "…")
        if label.is_cut() and room.width() < shortest:
            yield f"{_name(label)} shows next to nothing in {room.width()} px"
    elif need.width() > room.width() + 1:
        yield f"{_name(label)} needs {need.width()} px of width, has {room.width()}"


def _button_faults(button: QAbstractButton) -> Iterator[str]:
    text = button.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
    need = button.fontMetrics().size(int(Qt.TextFlag.TextShowMnemonic), text)
    width = need.width()
    if not button.icon().isNull():
        width += button.iconSize().width() + 4
    room = _button_room(button)
    if width > room.width() + 1 or need.height() > room.height() + 1:
        yield (f"{_name(button)} needs {width}x{need.height()} px, has {room.width()}x{room.height()}")


def _button_room(button: QAbstractButton) -> QRect:
    option = QStyleOptionButton()
    element = QStyle.SubElement.SE_PushButtonContents
    if isinstance(button, QPushButton):
        button.initStyleOption(option)
    elif isinstance(button, QCheckBox):
        button.initStyleOption(option)
        element = QStyle.SubElement.SE_CheckBoxContents
    elif isinstance(button, QRadioButton):
        button.initStyleOption(option)
        element = QStyle.SubElement.SE_RadioButtonContents
    else:
        return button.contentsRect()
    return button.style().subElementRect(element, option, button)


def _combo_faults(combo: QComboBox) -> Iterator[str]:
    need = combo.fontMetrics().horizontalAdvance(combo.currentText())
    if need > combo.width() - 16 and not combo.property("may_elide"):
        yield f"combo {combo.currentText()!r} needs {need} px, has {combo.width()}"


def _field_faults(field: QLineEdit) -> Iterator[str]:
    room = field.contentsRect()
    if field.fontMetrics().height() > room.height() + 1:
        yield f"{_name(field)} is {room.height()} px high for text of {field.fontMetrics().height()}"
    hint = field.placeholderText()
    if field.fontMetrics().horizontalAdvance(hint) > room.width() - 8:
        yield f"hint {hint!r} does not fit into {room.width()} px"


def _item_faults(view: QTableView | QTreeView) -> Iterator[str]:
    model: QAbstractItemModel | None = view.model()
    if model is None or view.property("may_elide"):
        return
    if type(view.itemDelegate()) is not QStyledItemDelegate:
        return
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            box, text = view.visualRect(index), index.data()
            if not isinstance(text, str) or not view.viewport().rect().intersects(box):
                continue
            if view.fontMetrics().horizontalAdvance(text) > box.width() - 4:
                yield f"cell {text!r} does not fit into {box.width()} px"


def _own_faults(widget: QWidget) -> Iterator[str]:
    fits = getattr(widget, "fits", None)
    if callable(fits) and not fits():
        yield f"{_name(widget)} says that it does not fit into {widget.width()}x{widget.height()}"


def _outside_faults(widget: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or _scrolls(parent):
        return
    if widget.width() < 1 or widget.height() < 1:
        yield f"{_name(widget)} has no size"
    elif not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
        yield f"{_name(widget)} at {_box(widget.geometry())} sticks out of {_name(parent)}"


def _scrolls(viewport: QWidget) -> bool:
    area = viewport.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is viewport


def _scroll_faults(widget: QWidget) -> Iterator[str]:
    may = getattr(widget, "scrolls_sideways", False)  # a table of two dimensions is as wide as they are
    if not may and isinstance(widget, QAbstractScrollArea) and widget.horizontalScrollBar().maximum() > 0:
        yield f"{_name(widget)} scrolls sideways"


def _box(box: QRect) -> str:
    return f"({box.x()},{box.y()} {box.width()}x{box.height()})"


def area(widget: QWidget, inside: QWidget) -> QRect:
    """Where `widget` is seen in `inside`, cut by the scroll areas between."""
    own = getattr(widget, "target_rect", None)
    box = own() if callable(own) else widget.rect()
    box = QRect(widget.mapTo(inside, box.topLeft()), box.size())
    parent = widget.parentWidget()
    while parent is not None and parent is not inside:
        if _scrolls(parent):
            box &= QRect(parent.mapTo(inside, QPoint(0, 0)), parent.size())
        parent = parent.parentWidget()
    return box


def _on_an_overlay(widget: QWidget, inside: QWidget) -> bool:
    while widget is not inside:
        if widget.property("overlay"):
            return True
        parent = widget.parentWidget()
        if parent is None:
            return False
        widget = parent
    return False


def _overlaps(root: QWidget) -> Iterator[str]:
    leaves = [
        each
        for each in visible(root)
        if isinstance(each, LEAVES) and each is not root and not _on_an_overlay(each, root)
    ]
    boxes = [(each, area(each, root)) for each in leaves]
    for (one, box), (two, other) in combinations(boxes, 2):
        meet = box & other
        if meet.width() < 2 or meet.height() < 2:
            continue
        if not (one.isAncestorOf(two) or two.isAncestorOf(one)):
            yield f"{_name(one)} {_box(box)} lies over {_name(two)} {_box(other)}"


def targets(root: QWidget) -> list[QWidget]:
    """Return the touch targets: visible, and not merely a part of something larger to touch."""
    found = [each for each in visible(root) if isinstance(each, TARGETS) and each is not root]
    return [each for each in found if area(each, root).isValid()]


def assert_targets(
    root: QWidget, min_px: int, gap_px: int = 0, among: Callable[[QWidget], bool] | None = None
) -> None:
    """Every target at least `min_px` both ways and `gap_px` away from the next.

    `among` leaves things out, such as the keys of an on-screen keyboard.
    """
    boxes = [(each, area(each, root)) for each in targets(root) if among is None or among(each)]
    wrong = [
        f"{_name(each)} is only {box.width()}x{box.height()} px"
        for each, box in boxes
        if min(box.width(), box.height()) < min_px
    ]
    for (one, box), (two, other) in combinations(boxes, 2):
        apart = _distance(box, other)
        if apart < gap_px and not (one.isAncestorOf(two) or two.isAncestorOf(one)):
            wrong.append(f"{_name(one)} and {_name(two)} are {apart} px apart")
    assert not wrong, f"{len(wrong)} targets:\n  " + "\n  ".join(wrong)


def contrast(one: QColor, two: QColor) -> float:
    """The contrast ratio of WCAG 2: 1 (the same) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _distance(one: QRect, two: QRect) -> int:
    across = max(two.left() - one.right() - 1, one.left() - two.right() - 1)
    down = max(two.top() - one.bottom() - 1, one.top() - two.bottom() - 1)
    return max(across, down)
