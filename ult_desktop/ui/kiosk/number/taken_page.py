"""The number just taken: as a slip of paper on the screen, and the page around the slip."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import _, counted, language
from ult_desktop.base.formats import capitalised
from ult_desktop.core.care.declarations import Alert
from ult_desktop.core.office.template import Words
from ult_desktop.core.queue.boards import IssuedTicket, what_next
from ult_desktop.core.queue.ticket import Help
from ult_desktop.core.queue.wait_range import WaitUntil, until_words
from ult_desktop.ui.kiosk.number.paper import LARGE, PaperNews, PaperPanel, PaperStep
from ult_desktop.ui.kiosk.parts.rolling import Rolling
from ult_desktop.ui.kiosk.parts.targets import set_button_words
from ult_desktop.ui.kiosk.parts.times import Countdown, KioskTimes
from ult_desktop.ui.kit import Column, Row, Theme, keep_room, typeset, widgets
from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.widgets.painting import diagonal_gradient

_SMALLEST = 12  # pixels
_ROOMY = 20  # times the height of its words: the window's width that has room for long words on buttons


class BigNumber(QWidget):
    """The number in large digits.

    It fits its text to its box, up to the face's `size`; the box may shrink to nothing.
    """

    def __init__(self, theme: Theme, text: str = "", size: str = "number") -> None:
        super().__init__()
        self._theme, self._text, self._colour, self._size = theme, text, "primary", size
        self._align = Qt.AlignmentFlag.AlignCenter
        self._wanted, self._least = 1.0, 0.25
        set_role(self, Role.StaticText)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.updateGeometry)

    def show_text(self, text: str, colour: str = "") -> None:
        self._text, self._colour = text, colour or self._colour
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def align(self, where: Qt.AlignmentFlag) -> None:
        self._align = where
        self.update()

    def give_way(self, least: float) -> None:
        """Let the number shrink for the words around it, down to the share `least` of its size.

        The number takes the height that those words leave.
        """
        self._wanted = self._least = least
        self.updateGeometry()

    def text(self) -> str:
        return self._text

    def fits(self) -> bool:
        metrics = QFontMetrics(self.text_font())
        wide = metrics.horizontalAdvance(self._text) <= self.width() + 1
        return wide and metrics.capHeight() <= self.height()

    def text_font(self) -> QFont:
        """Return the font that fits: weight 800, digits of one width."""
        pixels = self._theme.text(self._size)
        font = typeset.sans(pixels, 800)
        width = QFontMetrics(font).horizontalAdvance(self._text or "0")
        room = min(self.width() / max(1, width), self.height() / (pixels * 1.02))
        return typeset.sans(max(_SMALLEST, int(pixels * min(1.0, room))), 800)

    @override
    def sizeHint(self) -> QSize:
        pixels = self._theme.text(self._size)
        width = QFontMetrics(typeset.sans(pixels, 800)).horizontalAdvance(self._text or "A000")
        return QSize(width + 2, round(pixels * 1.1 * self._wanted))

    @override
    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(whole.width() // 4, round(whole.height() / self._wanted * self._least))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self.text_font()
        painter.setFont(font)
        painter.setPen(self._theme.color(self._colour))
        metrics = QFontMetrics(font)
        # Centred by the height of the digits, not of the line: the line has room for accents.
        line = metrics.capHeight()
        base = (self.height() + line) // 2
        spare = self.width() - metrics.horizontalAdvance(self._text)
        left = spare // 2
        if self._align & Qt.AlignmentFlag.AlignRight:
            left = spare
        elif self._align & Qt.AlignmentFlag.AlignLeft:
            left = 0
        painter.drawText(left, base, self._text)


class _Tear(QWidget):
    """The room of the line along which the slip is torn off. The slip draws the line from rim to rim."""

    def __init__(self, theme: Theme, slip: QWidget) -> None:
        super().__init__(slip)
        self._theme, self._slip = theme, slip
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.px(_TEAR))

    @override
    def moveEvent(self, event: QMoveEvent) -> None:
        # Qt repaints only what a moved child covered and covers now; the line reaches further.
        self._slip.update()


_NOTCH, _TEAR = 24, 18  # base pixels
_LEAST = 0.36  # of the number's size as drawn: it shrinks no further, and the words roll instead


class NumberSlip(QFrame):
    """The slip with number, service and queue, torn off at the dashed line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.caps = widgets.Label("", "strong", "soft", wrap=True)
        self.number = BigNumber(theme, size="slip")
        self.number.give_way(_LEAST)
        self.service = widgets.Label("", "title", wrap=True)
        self.priority = widgets.Pill(theme)
        self.ahead = widgets.Label("", "strong", wrap=True)
        self.wait = widgets.Label("", "body", "soft", wrap=True)
        self.following = widgets.Label("", "body", wrap=True)
        self.care = widgets.Label("", "body", "priority", wrap=True)
        for label in (self.caps, self.service, self.ahead, self.wait, self.following, self.care):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = Column(theme, self, gap=8, margins=(48, 20, 48, 20))
        column.addWidget(self.caps)
        column.addWidget(self.number, 1)
        column.addWidget(self.priority, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.service)
        self._tear = _Tear(theme, self)
        column.addWidget(self._tear)
        inner = QWidget()
        below = Column(theme, inner, gap=8)
        for label in (self.ahead, self.wait, self.following, self.care):
            below.addWidget(label)
        below.addStretch(1)
        self.rolling = Rolling(theme, inner)
        column.addWidget(self.rolling)
        self.care.hide()

    @property
    def letter(self) -> str:
        """The letter of the number's series."""
        return self.number.text()[:1]

    def show_care(self, wanted: Sequence[Help], alert: Alert | None, staffed: bool) -> None:
        """Show whether an officer comes to give the help that the visitor asked for."""
        self.care.setText(care_words(wanted, alert, staffed) if wanted and alert is not None else "")
        self.care.setVisible(bool(self.care.text()))

    def show_number(self, issued: IssuedTicket) -> None:
        ticket = issued.ticket
        self.caps.setText(_("Nomor antrean Anda"))
        self.number.show_text(ticket.label, "priority" if ticket.priority else "primary")
        self.service.setText(Words(ticket.service, ticket.service_en).within(language()))
        self.priority.show_status(_("Prioritas") if ticket.priority else "", "priority", "star")
        if issued.ahead is None:  # the kiosk was cut off and does not know
            self.ahead.setText(_("Silakan menunggu nomor Anda dipanggil."))
        else:
            self.ahead.setText(ahead_words(issued.ahead, bool(issued.counters)))
        self.following.setText(" ".join(what_next(issued)))
        self.wait.setText(wait_line(issued.wait))
        self.wait.setVisible(issued.wait is not None)
        self.rolling.begin()
        self.setAccessibleName(f"{self.caps.text()}: {ticket.label}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self._tear.geometry().center().y()
        radius, notch = self._theme.px(32), self._theme.px(_NOTCH)
        paper = QPainterPath()
        paper.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        for x in (0.0, float(self.width())):
            hole = QPainterPath()
            hole.addEllipse(QPointF(x, line), notch, notch)
            paper = paper.subtracted(hole)
        edge = QPen(self._theme.color("line"), 2)
        painter.setPen(edge if self._theme.is_high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("surface"))
        painter.drawPath(paper)
        dashes = QPen(self._theme.color("line-strong"), max(1, self._theme.px(3)), Qt.PenStyle.DashLine)
        painter.setPen(dashes)
        painter.drawLine(QPointF(notch * 2, line), QPointF(self.width() - notch * 2, line))


def care_words(wanted: Sequence[Help], alert: Alert, staffed: bool) -> str:
    """Return the words about the help, like "Kursi roda: petugas sudah diberi tahu."."""
    names = capitalised(", ".join(kind.word for kind in wanted))
    if alert.acknowledged_at is None and not staffed:
        return _("{help}: silakan ke meja petugas, tidak ada loket yang buka sekarang.").format(help=names)
    if alert.acknowledged_at is None:
        return _("{help}: petugas sudah diberi tahu.").format(help=names)
    officer = alert.acknowledged_by or _("Petugas")
    return _("{help}: {officer} menuju Anda.").format(help=names, officer=officer)


def wait_line(wait: WaitUntil | None) -> str:
    """Return the line about the expected wait; "" for None."""
    return _("Perkiraan menunggu {wait}").format(wait=until_words(wait)) if wait else ""


def ahead_words(ahead: int, callable_now: bool) -> str:
    """Return the words about the people ahead; `callable_now`: a counter that calls this service is open."""
    if not ahead:  # while no counter calls, nobody is next
        return _("Giliran Anda berikutnya") if callable_now else _("Anda yang pertama")
    return counted("{n} orang di depan Anda", ahead)


class TakenPage(QWidget):
    """The page of the number, shown at once, whatever the printer does.

    Without paper a tap outside the buttons does nothing.

    Signals:
        done: the visitor is done, or the time is over.
        waiting: the waiting time of the page begins again, as when the paper makes progress.
        book_requested: the visitor wants to fill in the guest book for this number, a `Ticket`.
    """

    done = Signal()
    waiting = Signal()
    book_requested = Signal(object)

    def __init__(self, theme: Theme, times: KioskTimes) -> None:
        super().__init__()
        self._theme, self._times = theme, times
        self._is_pressed = False
        self._issued: IssuedTicket | None = None
        self._care: Alert | None = None
        self._is_staffed = True
        self.slip = NumberSlip(theme)
        self.paper = PaperPanel(theme)
        self.countdown = Countdown(theme)
        self.ready_button = widgets.Button(theme, role="header")
        self.ready_button.setProperty("shape", "big")
        self.ready_button.clicked.connect(self.done)
        self.book_button = widgets.Button(theme, icon_name="notebook-pen")
        self.book_button.clicked.connect(self._ask_book)
        self.countdown.ended.connect(self.done)
        # The bar comes when the paper is out; the buttons beside it must not move under a finger then.
        keep_room(self.countdown)
        self._halves = Column(theme, gap=48)
        self._halves.addWidget(self.slip, 3)
        self._halves.addWidget(self.paper, 2)
        foot = Row(theme, gap=32)
        foot.addWidget(self.countdown, 1)
        for step in self.slip.rolling.steps:
            foot.addWidget(step)
        foot.addWidget(self.book_button)
        foot.addWidget(self.ready_button)
        self._column = Column(theme, self, gap=16, margins=(56, 16, 56, 16))
        self._column.addLayout(self._halves, 1)
        self._column.addLayout(foot)
        theme.changed.connect(self.update)

    def show_number(self, issued: IssuedTicket, news: PaperNews) -> None:
        self._issued, self._care, self._is_staffed, self._is_pressed = issued, None, True, False
        self.show_paper(news)
        self.retranslate()

    def show_care(self, alert: Alert | None, staffed: bool) -> None:
        """Show the alert about the help that this visitor wants; `staffed`: a counter is open."""
        self._care, self._is_staffed = alert, staffed
        self.retranslate()

    def retranslate(self) -> None:
        if self._issued is None:
            return
        self.slip.show_number(self._issued)
        self.slip.show_care(self._issued.ticket.help, self._care, self._is_staffed)
        self._arrange()
        self.paper.retranslate()
        roomy = self.window().width() >= _ROOMY * self._theme.text("body")
        self.book_button.set_icon("notebook-pen" if roomy else "")
        set_button_words(self.book_button, _("Isi buku tamu") if roomy else _("Buku tamu"))
        self.ready_button.setText(_("Selesai"))
        self._column.activate()  # the buttons are as wide as their words when first painted

    def show_paper(self, news: PaperNews) -> None:
        """Show the progress of the paper; the time starts when there is nothing left to wait for."""
        self.paper.show_news(news)
        self._count_down()

    def _count_down(self) -> None:
        self.countdown.setVisible(self.has_paper)
        if self.has_paper:
            # Large letters are read by eyes that need longer.
            self.countdown.start(self._times.stay_large if self._theme.text_step else self._times.stay)
        self.waiting.emit()

    def begin_again(self) -> None:
        """Begin the whole time again: somebody still hears the page read aloud."""
        if self.countdown.is_running:
            self._count_down()

    @property
    def has_paper(self) -> bool:
        return self.paper.step is PaperStep.TAKE

    def _ask_book(self) -> None:
        if self._issued is not None:
            self.book_requested.emit(self._issued.ticket)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begin the whole time again for a visitor who comes back from the display settings."""
        super().showEvent(event)
        self._count_down()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_pressed = True

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # Only if the press was on this page: the finger that chose the service is lifted here too.
        if self._is_pressed and self.has_paper:
            self.done.emit()
        self._is_pressed = False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        way, wide = QBoxLayout.Direction, self.width() > self.height()
        self._halves.setDirection(way.LeftToRight if wide else way.TopToBottom)
        narrow = wide and self._theme.growth > LARGE
        self.slip.caps.setVisible(not narrow)  # the number explains itself
        for place, share in enumerate((1, 1) if narrow else (3, 2)):
            self._halves.setStretch(place, share)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        colours = self._theme.color("header-from"), self._theme.color("header-to")
        QPainter(self).fillRect(box, diagonal_gradient(box, *colours))
