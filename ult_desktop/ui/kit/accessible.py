"""What screen readers are given."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Role = QAccessible.Role
_ROLE, _DECORATION = "heard_as", "decoration"


def set_role(widget: QWidget, role: QAccessible.Role) -> None:
    """What `widget` is; to be said where it is made, for a role is asked once. Set its name beside it."""
    widget.setProperty(_ROLE, role.value)


def set_decoration(widget: QWidget) -> None:
    """What it shows is said in words beside it: no name is missing."""
    set_role(widget, Role.Graphic)
    widget.setProperty(_DECORATION, True)


def is_decoration(widget: QWidget) -> bool:
    return bool(widget.property(_DECORATION))


def install_roles() -> None:
    """Once a program, before its first window."""
    QAccessible.installFactory(_interface)


def _interface(_key: str, thing: QObject | None) -> QAccessibleInterface | None:
    """None leaves it to Qt: asked for every class that a widget is made of."""
    if not isinstance(thing, QWidget):
        return None
    role = thing.property(_ROLE)
    return None if role is None else QAccessibleWidget(thing, QAccessible.Role(role), "")


def announce(widget: QWidget, text: str) -> None:
    """Have `text` said, in the name of `widget`; without a screen reader nothing happens."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
