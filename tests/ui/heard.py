"""Objections of a screen reader to a window, from the tree that the system's assistive programs read.

The dynamic property `decoration` marks what is painted and says nothing that is not said beside it.
"""

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QComboBox, QLabel, QScrollArea, QWidget

from ult_desktop.ui.kit.accessible import is_decoration

ROLE = QAccessible.Role
NAME = QAccessible.Text.Name
_NO_ROLE = (ROLE.NoRole, ROLE.Client, ROLE.Window)


def below(one: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """`one` and all that can be met from it, in the order in which it is read."""
    yield one
    for number in range(one.childCount()):
        child = one.child(number)
        if child.isValid() and not child.state().invisible:
            yield from below(child)


def unheard(window: QWidget) -> Iterator[str]:
    """Each thing to press or to type into without a name, a role or a size; each painting without words."""
    for each in below(QAccessible.queryAccessibleInterface(window)):
        widget = each.object()
        if isinstance(widget, QWidget):
            yield from _silent_parts(each, widget)
            if isinstance(widget, QAbstractItemView):
                yield from _silent_rows(widget)
        yield from _twins(each)


def _silent_parts(one: QAccessibleInterface, widget: QWidget) -> Iterator[str]:
    name = one.text(NAME).strip()
    if _operable(widget):
        if not name:
            yield f"{_told(widget)} is operated and has no name"
        if one.role() in _NO_ROLE:
            yield f"{_told(widget)} {name!r} is operated and has no role"
        if not one.state().offscreen and (one.rect().width() < 1 or one.rect().height() < 1):
            yield f"{_told(widget)} {name!r} is operated and has no size"
    elif isinstance(widget, QScrollArea) and not name and _is_a_stop(widget):
        yield f"{_told(widget)} is scrolled with the keys and has no name"
    elif not name and _paints_alone(widget) and not is_decoration(widget):
        yield f"{_told(widget)} is painted and says nothing"


def _operable(widget: QWidget) -> bool:
    if isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QAbstractItemView):
        return False  # scrolled with the keys: it needs no role
    if isinstance(widget.parentWidget(), QAbstractScrollArea | QComboBox) or isinstance(widget, QLabel):
        return False  # the whole has the name
    return _is_a_stop(widget)


def _is_a_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()


def _paints_alone(widget: QWidget) -> bool:
    """Return whether a widget draws by hand, and nothing in it could say what is drawn."""
    words = getattr(widget, "text", None)
    said = words() if callable(words) else words
    if isinstance(said, str) and not said.strip():
        return False  # it has nothing to say now
    by_hand = any("paintEvent" in vars(kind) for kind in type(widget).mro() if _is_ours(kind))
    return by_hand and not any(each.isVisible() for each in widget.findChildren(QWidget))


def _is_ours(kind: type) -> bool:
    return kind.__module__.startswith("ult_desktop.")


def _silent_rows(view: QAbstractItemView) -> Iterator[str]:
    said = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
    model, root = view.model(), view.rootIndex()
    silent = [
        row
        for row in range(model.rowCount(root))
        if not any(model.index(row, 0, root).data(role) for role in said)
    ]
    if silent:
        yield f"{_told(view)}: rows {silent} say nothing"


def _twins(parent: QAccessibleInterface) -> Iterator[str]:
    """Two of a kind side by side with one name: nobody who only hears knows which is which."""
    children = (parent.child(number) for number in range(parent.childCount()))
    names = Counter(
        (each.role().name, each.text(NAME))
        for each in children
        if each.isValid() and not each.state().invisible
        if isinstance(widget := each.object(), QWidget) and _operable(widget)
    )
    for (role, name), times in names.items():
        if times > 1:
            yield f"{times} of the role {role} side by side are called {name!r}"


def _told(widget: QWidget) -> str:
    chain, parent = [type(widget).__name__], widget.parentWidget()
    while parent is not None and len(chain) < 4:
        chain.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(chain)
