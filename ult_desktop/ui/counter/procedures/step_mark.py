"""The ring of a step and its piece of the vertical rail."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.kit import Theme, icons
from ult_desktop.ui.kit.accessible import set_decoration

_SIDE, _WIDTH, _TOP, _PEN = 32, 40, 8, 4
_TURN, _NOON = 16, 90 * 16  # Qt counts sixteenths of a degree, from three o'clock


class StepMark(QWidget):
    """A number in a ring that fills towards the standard; an icon when the step is over."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text, self._icon, self._tone, self._share = "", "", "soft", 0.0
        self._above, self._below = False, False
        set_decoration(self)  # the rail says the step and its state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.updateGeometry)

    def show_mark(self, text: str, icon_name: str, tone: str, share: float) -> None:
        """Show the mark, with `share` of the ring (0 to 1) filled. An icon takes the number's place."""
        if (self._text, self._icon, self._tone, self._share) != (text, icon_name, tone, share):
            self._text, self._icon, self._tone, self._share = text, icon_name, tone, share
            self.update()

    def show_rail(self, *, above: bool, below: bool) -> None:
        """Set whether the rail goes on to a step before and a step after this one."""
        self._above, self._below = above, below
        self.update()

    @property
    def share(self) -> float:
        return self._share

    @property
    def tone(self) -> str:
        return self._tone

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_WIDTH), self._theme.px(_SIDE + 2 * _TOP))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, pen = self._theme.px(_SIDE), self._theme.px(_PEN)
        left = (self.width() - side) / 2
        ring = QRectF(left, self._theme.px(_TOP), side, side)
        self._paint_rail(painter, ring)
        self._paint_ring(painter, ring.adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2), pen)
        self._paint_inside(painter, ring)

    def _ink(self) -> QColor:
        return self._theme.color("ink-soft" if self._tone == "soft" else self._tone)

    def _paint_rail(self, painter: QPainter, ring: QRectF) -> None:
        painter.setPen(QPen(self._theme.color("line"), self._theme.px(2)))
        middle = ring.center().x()
        if self._above:
            painter.drawLine(QPointF(middle, 0), QPointF(middle, ring.top()))
        if self._below:
            painter.drawLine(QPointF(middle, ring.bottom()), QPointF(middle, self.height()))

    def _paint_ring(self, painter: QPainter, ring: QRectF, width: int) -> None:
        over = bool(self._icon)
        painter.setBrush(self._theme.color("surface"))
        colour = self._ink() if over and self._tone != "soft" else self._theme.color("line")
        painter.setPen(QPen(colour, width / 2 if over else width))
        painter.drawEllipse(ring)
        if self._share > 0 and not over:
            painter.setPen(QPen(self._ink(), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawArc(ring, _NOON, -round(self._share * 360 * _TURN))

    def _paint_inside(self, painter: QPainter, ring: QRectF) -> None:
        if self._icon:
            side = round(ring.width() * 0.55)
            corner = ring.center() - QPointF(side / 2, side / 2)
            painter.drawPixmap(corner, icons.icon_pixmap(self._icon, self._ink(), side))
            return
        painter.setPen(self._ink())
        painter.setFont(self._theme.font("small", 700))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, self._text)
