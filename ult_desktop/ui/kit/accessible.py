"""The roles and announcements that screen readers are given."""

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
    """Mark a widget as decoration: words next to it say what it shows, and no name is missing."""
    set_role(widget, Role.Graphic)
    widget.setProperty(_DECORATION, True)


def is_decoration(widget: QWidget) -> bool:
    return bool(widget.property(_DECORATION))


def install_roles() -> None:
    """Install the roles, once per program, before its first window."""
    QAccessible.installFactory(_interface)


def _interface(_key: str, thing: QObject | None) -> QAccessibleInterface | None:
    """Return the interface of a widget, None to leave it to Qt.

    Qt asks for every class that a widget derives from.
    """
    if not isinstance(thing, QWidget):
        return None
    role = thing.property(_ROLE)
    return None if role is None else QAccessibleWidget(thing, QAccessible.Role(role), "")


def announce(widget: QWidget, text: str) -> None:
    """Have `text` said, in the name of `widget`; without a screen reader nothing happens."""
    # An announcement and not an alert: it moves nobody's focus.
    # https://doc.qt.io/qt-6/qaccessibleannouncementevent.html
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
