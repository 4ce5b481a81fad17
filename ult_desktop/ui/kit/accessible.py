"""The roles of widgets for screen readers, and announcements through them."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Role = QAccessible.Role
_ROLE, _DECORATION = "heard_as", "decoration"


def set_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Set the role of `widget` for screen readers.

    Call it where the widget is made, and set the accessible name there too: Qt asks for a role once.
    """
    # A property, because Qt makes the accessible interface itself, later, and hands only the widget over.
    widget.setProperty(_ROLE, role.value)


def set_decoration(widget: QWidget) -> None:
    """Mark a widget as decoration, which needs no accessible name: words next to it say what it shows."""
    set_role(widget, Role.Graphic)
    widget.setProperty(_DECORATION, True)


def is_decoration(widget: QWidget) -> bool:
    return bool(widget.property(_DECORATION))


def install_roles() -> None:
    """Install the roles, once per program, before its first window."""
    QAccessible.installFactory(_interface_of)


def _interface_of(_key: str, thing: QObject | None) -> QAccessibleInterface | None:
    """Return the accessible interface of a widget with a role; None leaves it to Qt.

    Qt calls this for every class that a widget derives from.
    """
    if not isinstance(thing, QWidget):
        return None
    role = thing.property(_ROLE)
    return None if role is None else QAccessibleWidget(thing, QAccessible.Role(role), "")


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader, if one runs, say `text` in the name of `widget`."""
    # An announcement and not an alert: it moves nobody's focus.
    # https://doc.qt.io/qt-6/qaccessibleannouncementevent.html
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
