"""A pill for a state, and the pills that show the state of the connection to visitors."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.connection import Connection, connection_word
from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.icons import icon_pixmap
from ult_desktop.ui.kit.theme import Theme

_SLACK = 2  # pixels: Qt rounds widths, and without it words that just fit would end in “…”
_FROM_TOP, _FROM_SIDE = 12, 56  # base pixels from the corner


class Pill(QWidget):
    """A pill that shows a state in words, with a colour and maybe an icon."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        tone: str = "ok",
        icon_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._text, self._tone, self._icon = theme, text, tone, icon_name
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_role(self, Role.StaticText)
        self.setAccessibleName(text)
        theme.changed.connect(self.updateGeometry)

    def show_status(self, text: str, tone: str = "ok", icon_name: str = "") -> None:
        self._text, self._tone, self._icon = text, tone, icon_name
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def fits(self) -> bool:
        return self.width() >= self.sizeHint().width() - _SLACK

    def tone(self) -> str:
        return self._tone

    def text_font(self) -> QFont:
        return self._theme.font("small", 600)

    def _pad(self) -> int:
        return round(QFontMetrics(self.text_font()).height() * 0.6)

    def _icon_room(self) -> int:
        return round(QFontMetrics(self.text_font()).height() * 1.2) if self._icon else 0

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.text_font())
        width = metrics.horizontalAdvance(self._text) + 2 * self._pad() + self._icon_room()
        return QSize(width + _SLACK, round(metrics.height() * 1.4))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().height() * 2, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._theme.color(f"{self._tone}-soft-ink")
        painter.setPen(ink if self._theme.is_high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"{self._tone}-soft"))
        half = self.height() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), half, half)
        pad, room = self._pad(), self._icon_room()
        if self._icon:
            side = round(room * 0.8)
            top = (self.height() - side) // 2
            painter.drawPixmap(pad, top, icon_pixmap(self._icon, ink, side))
        painter.setPen(ink)
        painter.setFont(self.text_font())
        area = self.rect().adjusted(pad + room, 0, -pad, 0)
        metrics = QFontMetrics(self.text_font())
        shown = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, area.width() + _SLACK // 2)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class ConnectionLook(NamedTuple):
    """The words, tone and icon of a state of the connection."""

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
    """The pill for the connection within a visitor's page; hidden while the connection is there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._connection = Connection.ONLINE
        self.hide()

    def show_connection(self, connection: Connection) -> None:
        self._connection = connection
        self.retranslate()

    def retranslate(self) -> None:
        words, tone, icon = connection_look(self._connection)
        if self._connection is Connection.ONLINE:
            words = ""
        elif self._connection is Connection.RECONNECTING:
            words = _("memperbarui…")  # as on the lobby's screen: visitors know of no connection
        self.show_status(words, tone, icon)


class FloatingBadge(ConnectionBadge):
    """The pill for the connection over its parent, in the top right corner."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._under = parent
        self.setProperty("overlay", True)

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.place()

    def place(self) -> None:
        """Move to the corner, after the parent's size or content has changed."""
        self.adjustSize()
        self.move(self._under.width() - self.width() - self._theme.px(_FROM_SIDE), self._theme.px(_FROM_TOP))
        self.raise_()
