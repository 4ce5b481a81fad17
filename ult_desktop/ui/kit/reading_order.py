"""The Tab order in which people read: by the layouts, and not by when each widget was made."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QBoxLayout, QGridLayout, QLayout, QScrollArea, QTabBar, QWidget

from ult_desktop.ui.kit.panels import REGION

_BACKWARDS = (QBoxLayout.Direction.RightToLeft, QBoxLayout.Direction.BottomToTop)


def move_keyboard(window: QWidget, *, forward: bool) -> bool:
    """Move the focus to the next widget (Tab) or the previous one (Shift+Tab), from an end to the other.

    Call it from `focusNextPrevChild`. Qt's own order is that in which the widgets were made: what a page
    makes later would come last.
    """
    focused = QApplication.focusWidget()
    if focused is not None and not takes_keys(focused) and _stay_near(window, focused):
        return True
    in_order = list(_in_reading_order(window, focused))
    if not forward:
        in_order.reverse()
    # The focused widget counts even if it takes no keys any more, like a button that has just been disabled.
    in_order = [widget for widget in in_order if widget is focused or takes_keys(widget)]
    if not in_order:
        return False
    index = in_order.index(focused) + 1 if focused in in_order else 0
    following = in_order[index % len(in_order)]
    following.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _scroll_to(following)
    return True


def _stay_near(window: QWidget, disabled: QWidget) -> bool:
    """Move the focus from a widget that takes no keys any more to its neighbour in the same part.

    In plain reading order it would go from the last button of a page to the line below the page.
    """
    part = _part_of(disabled, window)
    in_order = [widget for widget in _in_reading_order(window, disabled) if part.isAncestorOf(widget)]
    able = [widget for widget in in_order if takes_keys(widget)]
    if part is window or not able:
        return False
    index = in_order.index(disabled) if disabled in in_order else 0
    neighbour = next((widget for widget in able if in_order.index(widget) > index), able[-1])
    neighbour.setFocus(Qt.FocusReason.OtherFocusReason)
    return True


def _part_of(widget: QWidget, window: QWidget) -> QWidget:
    """Return the outermost ancestor of a widget that is a part of the window (`REGION`), else the window."""
    part, ancestor = window, widget.parentWidget()
    while ancestor is not None and ancestor is not window:
        if ancestor.property(REGION):
            part = ancestor
        ancestor = ancestor.parentWidget()
    return part


def _scroll_to(widget: QWidget) -> None:
    ancestor = widget.parentWidget()
    while ancestor is not None:
        if isinstance(ancestor, QScrollArea):
            ancestor.ensureWidgetVisible(widget)
        ancestor = ancestor.parentWidget()


def tab_stops(part: QWidget) -> list[QWidget]:
    """Return the widgets in `part` that Tab can stop at, in reading order."""
    return [widget for widget in _in_reading_order(part) if takes_keys(widget)]


def first_tab_stop(page: QWidget) -> QWidget:
    """Return the widget that gets the focus when a page opens.

    It is the page if it has a focus proxy, else its primary button, else the first widget in reading order.
    """
    if page.focusProxy() is not None:
        return page
    reachable = [widget for widget in tab_stops(page) if not isinstance(widget, QTabBar)]
    primary = (widget for widget in reachable if widget.property("role") == "primary")
    return next(primary, reachable[0] if reachable else page)


def takes_keys(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None


def _in_reading_order(widget: QWidget, focused: QWidget | None = None) -> Iterator[QWidget]:
    """Yield the visible widgets in reading order, and the focused one even if it has just been hidden."""
    yield widget
    layout = widget.layout()
    children = [child for child in widget.children() if isinstance(child, QWidget)]
    laid_out = [] if layout is None else list(_in_layout_order(layout, children))
    in_layout = set(laid_out)
    others = [child for child in children if child not in in_layout]
    for child in (*laid_out, *sorted(others, key=lambda other: (other.y(), other.x()))):
        has_focus = focused is not None and (child is focused or child.isAncestorOf(focused))
        if (has_focus or not child.isHidden()) and not child.isWindow():
            yield from _in_reading_order(child, focused)


def _in_layout_order(layout: QLayout, widgets: Sequence[QWidget]) -> Iterator[QWidget]:
    """Yield those of a parent's `widgets` that are in the layout or in one within it, in its order."""
    # WORKAROUND seen with PySide6 6.12: what `itemAt` gave counts as valid after Qt has deleted the item.
    # PySide takes the next object at that address for it, and the program crashes at any time afterwards.
    # So each part is asked for its index. https://github.com/renfald/tail-tagger/issues/7
    parts: dict[int, QWidget | QLayout] = {layout.indexOf(widget): widget for widget in widgets}
    for child in layout.children():
        if isinstance(child, QLayout):
            parts[layout.indexOf(child)] = child
    parts.pop(-1, None)  # the index of what is in another layout
    for index in sorted(parts, key=partial(_layout_position, layout)):
        part = parts[index]
        if isinstance(part, QWidget):
            yield part
        else:
            yield from _in_layout_order(part, widgets)


def _layout_position(layout: QLayout, index: int) -> tuple[int, int]:
    """Return the row and column of a layout's item, to sort by."""
    if isinstance(layout, QGridLayout):
        row, column, *_span = cast("tuple[int, int, int, int]", layout.getItemPosition(index))
        return row, column
    is_backward = isinstance(layout, QBoxLayout) and layout.direction() in _BACKWARDS
    return 0, -index if is_backward else index
