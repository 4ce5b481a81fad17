"""How the share answers, as a small sign on whatever page is shown."""

from typing import NamedTuple

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.core.connection import Connection, connection_word
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.pill import Pill

_FROM_TOP, _FROM_SIDE = 12, 56  # base pixels


class ConnectionLook(NamedTuple):
    """Words, tone and icon of a state; never its colour alone."""

    words: str
    tone: str
    icon: str


def connection_look(connection: Connection) -> ConnectionLook:
    tone, icon = {
        Connection.ONLINE: ("ok", "wifi"),
        Connection.RECONNECTING: ("warn", "refresh-cw"),
        Connection.OFFLINE: ("danger", "cloud-off"),
    }[connection]
    return ConnectionLook(connection_word(connection), tone, icon)


class ConnectionBadge(Pill):
    """Stands where its page has room for it; hidden while all is well. It takes no touches."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._connection = Connection.ONLINE
        self.hide()

    def show_connection(self, connection: Connection) -> None:
        self._connection = connection
        self.retranslate()

    def retranslate(self) -> None:
        look = connection_look(self._connection)
        self.show_status("" if self._connection is Connection.ONLINE else look.words, look.tone, look.icon)


class FloatingBadge(ConnectionBadge):
    """Lies over its parent, in the top right corner: in the middle it would cover what stands there."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._under = parent
        self.setProperty("overlay", True)

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.place()

    def place(self) -> None:
        """Its parent has another size now, or shows something else."""
        self.adjustSize()
        self.move(self._under.width() - self.width() - self._theme.px(_FROM_SIDE), self._theme.px(_FROM_TOP))
        self.raise_()
