"""The Tab order as people read: from widget to widget in the layouts, whenever each widget was made."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QBoxLayout, QGridLayout, QLayout, QScrollArea, QTabBar, QWidget

from ult_desktop.ui.kit.panels import REGION

_BACKWARDS = (QBoxLayout.Direction.RightToLeft, QBoxLayout.Direction.BottomToTop)


def move_keyboard(window: QWidget, *, forward: bool) -> bool:
    """Move the keyboard's focus to the next widget (Tab) or the previous one (Shift+Tab), around at the ends.

    Call it from `focusNextPrevChild`. Qt would go in the order in which the widgets were made, and what a
    page makes later would come last.
    """
    focused = QApplication.focusWidget()
    if focused is not None and not takes_keys(focused) and _stay_near(window, focused):
        return True
    in_order = list(_read(window, focused))
    if not forward:
        in_order.reverse()
    # The focused widget counts even if it takes no keys any more, like a button that has just been disabled:
    # the next widget is counted from it.
    in_order = [each for each in in_order if each is focused or takes_keys(each)]
    if not in_order:
        return False
    place = in_order.index(focused) + 1 if focused in in_order else 0
    following = in_order[place % len(in_order)]
    following.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _bring_into_sight(following)
    return True


def _stay_near(window: QWidget, disabled: QWidget) -> bool:
    """Move the focus from a widget that takes no keys any more to its neighbour in the same part.

    Left to the order of reading, it would fall from the last button of a page into the line below the page.
    """
    part = _part_of(disabled, window)
    in_order = [each for each in _read(window, disabled) if part.isAncestorOf(each)]
    able = [each for each in in_order if takes_keys(each)]
    if part is window or not able:
        return False
    place = in_order.index(disabled) if disabled in in_order else 0
    neighbour = next((each for each in able if in_order.index(each) > place), able[-1])
    neighbour.setFocus(Qt.FocusReason.OtherFocusReason)
    return True


def _part_of(widget: QWidget, window: QWidget) -> QWidget:
    """Return the outermost part of the window (`REGION`) around a widget; the window if there is none."""
    part, around = window, widget.parentWidget()
    while around is not None and around is not window:
        if around.property(REGION):
            part = around
        around = around.parentWidget()
    return part


def _bring_into_sight(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def stops(ground: QWidget) -> list[QWidget]:
    """Return the widgets in `ground` that the keyboard can stop at, in the order of reading."""
    return [each for each in _read(ground) if takes_keys(each)]


def start_of(page: QWidget) -> QWidget:
    """Return the widget where the keyboard begins.

    It is the page if it has a focus proxy, else its primary button, else the first widget in reading order.
    """
    if page.focusProxy() is not None:
        return page
    reachable = [each for each in stops(page) if not isinstance(each, QTabBar)]
    primary = (each for each in reachable if each.property("role") == "primary")
    return next(primary, reachable[0] if reachable else page)


def takes_keys(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isEnabled() and widget.isVisible() and widget.focusProxy() is None


def _read(widget: QWidget, focused: QWidget | None = None) -> Iterator[QWidget]:
    """Yield all widgets in sight, as people read, and the focused one, which may just have been hidden."""
    yield widget
    layout = widget.layout()
    inside = [each for each in widget.children() if isinstance(each, QWidget)]
    placed = [] if layout is None else list(_in_places(layout, inside))
    known = set(placed)
    others = [each for each in inside if each not in known]
    for child in (*placed, *sorted(others, key=lambda each: (each.y(), each.x()))):
        has_focus = focused is not None and (child is focused or child.isAncestorOf(focused))
        if (has_focus or not child.isHidden()) and not child.isWindow():
            yield from _read(child, focused)


def _in_places(layout: QLayout, widgets: Sequence[QWidget]) -> Iterator[QWidget]:
    """Yield those of a parent's `widgets` that lie in the layout or in one within it, in its order."""
    # WORKAROUND seen with PySide6 6.12: what `itemAt` gave counts as valid after Qt has deleted the item.
    # PySide takes the next object at that address for it, and the program crashes at any time afterwards.
    # So each part is asked for its place. https://github.com/renfald/tail-tagger/issues/7
    parts: dict[int, QWidget | QLayout] = {layout.indexOf(each): each for each in widgets}
    for each in layout.children():
        if isinstance(each, QLayout):
            parts[layout.indexOf(each)] = each
    parts.pop(-1, None)  # the place of what lies in another layout
    for place in sorted(parts, key=partial(_order, layout)):
        part = parts[place]
        if isinstance(part, QWidget):
            yield part
        else:
            yield from _in_places(part, widgets)


def _order(layout: QLayout, place: int) -> tuple[int, int]:
    if isinstance(layout, QGridLayout):
        row, column, *_span = cast("tuple[int, int, int, int]", layout.getItemPosition(place))
        return row, column
    backward = isinstance(layout, QBoxLayout) and layout.direction() in _BACKWARDS
    return 0, -place if backward else place
