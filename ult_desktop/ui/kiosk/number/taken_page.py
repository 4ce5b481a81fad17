"""The number fills the screen; a touch or a bar that empties leads home."""

from PySide6.QtCore import QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.ui.kiosk.number.number_slip import NumberSlip
from ult_desktop.ui.kiosk.number.paper import PaperNews, PaperPanel, PaperStep
from ult_desktop.ui.kiosk.parts.targets import set_button_words
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kit import Column, Row, Theme, widgets
from ult_desktop.ui.kit.widgets.painting import slanted


class Countdown(QWidget):
    """Shows the visitor how long the number stays.

    Signals:
        ended: the time is over.
    """

    ended = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._left = 1.0
        self._run = QVariantAnimation(self)
        self._run.setStartValue(1.0)
        self._run.setEndValue(0.0)
        self._run.valueChanged.connect(self._shrink)
        self._run.finished.connect(self.ended)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def start(self, milliseconds: int) -> None:
        self._run.stop()
        self._run.setDuration(milliseconds)
        self._run.start()

    def stop(self) -> None:
        self._run.stop()
        self._shrink(1.0)

    @property
    def running(self) -> bool:
        return self._run.state() is QVariantAnimation.State.Running

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(8))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colour = self._theme.color("header-ink-soft")
        half = self.height() / 2
        colour.setAlphaF(0.3)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(self.rect()), half, half)
        painter.setBrush(self._theme.color("header-ink"))
        painter.drawRoundedRect(QRectF(0, 0, self.width() * self._left, self.height()), half, half)

    def _shrink(self, left: float) -> None:
        self._left = left
        self.update()


class TakenPage(QWidget):
    """Shown at once, whatever the printer does.

    Signals:
        done: the visitor touched the screen, or the time is over.
        book_requested: the guest book is to be filled in for this number, the `Ticket`.
    """

    done = Signal()
    book_requested = Signal(object)

    def __init__(self, theme: Theme, times: KioskTimes) -> None:
        super().__init__()
        self._theme, self._times = theme, times
        self._pressed = False
        self._ticket: object = None
        self.slip = NumberSlip(theme)
        self.paper = PaperPanel(theme)
        self.countdown = Countdown(theme)
        self.ready = widgets.Button(theme, role="header")
        self.ready.setProperty("size", "big")
        self.ready.clicked.connect(self.done)
        self.book = widgets.Button(theme, icon_name="notebook-pen")
        self.book.clicked.connect(self._ask_book)
        self.countdown.ended.connect(self.done)
        self._halves = Column(theme, gap=48)
        self._halves.addWidget(self.slip, 3)
        self._halves.addWidget(self.paper, 2)
        foot = Row(theme, gap=32)
        foot.addWidget(self.countdown, 1)
        foot.addWidget(self.book)
        foot.addWidget(self.ready)
        column = Column(theme, self, gap=40, margins=(56, 64, 56, 40))
        column.addLayout(self._halves, 1)
        column.addLayout(foot)
        theme.changed.connect(self.update)

    def show_number(self, issued: IssuedTicket, news: PaperNews) -> None:
        self._ticket = issued.ticket
        self.slip.show_number(issued)
        set_button_words(self.book, _("Isi buku tamu"))
        self.ready.setText(_("Selesai"))
        self._pressed = False
        self.show_paper(news)

    def show_paper(self, news: PaperNews) -> None:
        """The paper got further; the time starts when there is nothing left to wait for."""
        self.paper.show_news(news)
        if news.step is PaperStep.PRINTING:
            self.countdown.stop()
        else:
            gone = news.step is PaperStep.NONE
            self.countdown.start(self._times.photo if gone else self._times.stay)

    def _ask_book(self) -> None:
        self.countdown.stop()  # whoever wants to write is not sent home
        self.book_requested.emit(self._ticket)

    def leave(self) -> None:
        self.countdown.stop()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = True

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed:
            self._pressed = False
            self.done.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        wide = event.size().width() > event.size().height()
        self._halves.setDirection(way.LeftToRight if wide else way.TopToBottom)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        colours = self._theme.color("header-from"), self._theme.color("header-to")
        QPainter(self).fillRect(box, slanted(box, *colours))
