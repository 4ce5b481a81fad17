"""The whole picture of the lobby TV, with its head: mark, names that always fit, date and clock."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue.boards import Call, LobbyBoard
from ult_desktop.ui.display.calls.call_overlay import CallOverlay
from ult_desktop.ui.display.fit_text import FitText
from ult_desktop.ui.display.frame.main_area import MainArea
from ult_desktop.ui.display.frame.still_text import StillText
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.clock import Clock, Now
from ult_desktop.ui.kit.widgets.connection_badge import FloatingBadge
from ult_desktop.ui.kit.widgets.icon_tile import Logo
from ult_desktop.ui.kit.widgets.marquee import Marquee


class Head(QFrame):
    """Like the kiosk's header, but long names shrink: on a TV nobody can ask for the rest of them."""

    def __init__(self, theme: Theme, now: Now, unit: str) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("kind", "header")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.unit = FitText(theme, "title", 700, "header-ink", rows=2).shrinking_to(0.4).filling()
        self.office = FitText(theme, "small", 500, "header-ink-soft", rows=2).shrinking_to(0.5).filling()
        self.clock = Clock(theme, now, "heading")
        self.clock.align(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        names = Column(theme, gap=0)
        names.addWidget(self.unit, 3)
        names.addWidget(self.office, 2)
        row = Row(theme, self, 24, (40, 16, 40, 16))
        row.addWidget(Logo(theme))
        row.addLayout(names, 1)
        row.addWidget(self.clock)
        theme.changed.connect(self.update)
        self.show_names(unit, "")

    def show_names(self, unit: str, office: str) -> None:
        self.unit.set_text(unit)
        self.office.set_text(office)
        self.office.setVisible(bool(office))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._theme.contrast == "kontras":
            painter = QPainter(self)
            line = QRectF(0, self.height() - 2, self.width(), 2)
            painter.fillRect(line, self._theme.color("line"))
            painter.end()


class LobbyScreen(QWidget):
    """Header, media, calls, running text, and the call over all of it.

    Args:
        theme: of the face "display".
        now: the office's clock.
        running_text: of this station; empty: the office's own.
        moving: False when less motion is asked for.
    """

    def __init__(
        self, theme: Theme, now: Now, running_text: tuple[str, ...] = (), *, moving: bool = True
    ) -> None:
        super().__init__()
        self._theme, self._running_text = theme, running_text
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = Head(theme, now, _("Unit Layanan Terpadu"))
        self.stage = MainArea(theme, moving=moving)
        self.marquee = Marquee(theme) if moving else StillText(theme)
        self.marquee.show_messages(running_text or self._usual_text())
        column = Column(theme, self)
        column.addWidget(self.header)
        column.addWidget(self.stage, 1)
        column.addWidget(self.marquee)
        self.overlay = CallOverlay(theme, self, moving=moving)
        self.sign = FloatingBadge(theme, self)
        self._cut = False
        theme.apply(self)

    def show_board(self, board: LobbyBoard) -> None:
        self.header.show_names(board.office.unit, board.office.name)
        self.stage.show_board(board)
        self.marquee.show_messages(self._running_text or board.running_text or self._usual_text())

    def show_connection(self, connection: Connection) -> None:
        """The last state stays; a small word says that it may be old."""
        self._cut = connection is not Connection.ONLINE
        self.stage.calls.show_notice(_("menyambung kembali…") if self._cut else "")
        self._show_sign()

    def show_call(self, call: Call) -> None:
        self.overlay.show_call(call)
        self._show_sign()

    def clear_call(self) -> None:
        self.overlay.clear()
        self._show_sign()

    def _show_sign(self) -> None:
        """A call covers the small word; it is said over it. The lobby need not know how bad it is."""
        said = self._cut and self.overlay.call is not None
        self.sign.show_connection(Connection.RECONNECTING if said else Connection.ONLINE)

    @staticmethod
    def _usual_text() -> tuple[str, ...]:
        return (
            _("Silakan ambil nomor antrean di mesin yang tersedia"),
            _("Harap menunggu nomor antrean Anda dipanggil oleh petugas"),
            _("Seluruh layanan tidak dipungut biaya"),
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._theme.fit(self.width(), self.height())
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.overlay.setGeometry(self.rect())
        self.sign.place()
