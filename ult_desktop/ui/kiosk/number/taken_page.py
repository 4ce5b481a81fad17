"""The page of the number just taken; once the paper is out, a tap or the end of the time bar leads home."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.care.declarations import Alert
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.ui.kiosk.number.number_slip import NumberSlip
from ult_desktop.ui.kiosk.number.paper import LARGE, PaperNews, PaperPanel, PaperStep
from ult_desktop.ui.kiosk.parts.countdown import Countdown
from ult_desktop.ui.kiosk.parts.targets import set_button_words
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kit import Column, Row, Theme, keep_room, widgets
from ult_desktop.ui.kit.widgets.painting import slanted

_ROOMY = 20  # times the height of its words: the window's width that has room for long words on buttons


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
        self._pressed = False
        self._issued: IssuedTicket | None = None
        self._care: Alert | None = None
        self._staffed = True
        self.slip = NumberSlip(theme)
        self.paper = PaperPanel(theme)
        self.countdown = Countdown(theme)
        self.ready = widgets.Button(theme, role="header")
        self.ready.setProperty("shape", "big")
        self.ready.clicked.connect(self.done)
        self.book = widgets.Button(theme, icon_name="notebook-pen")
        self.book.clicked.connect(self._ask_book)
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
        foot.addWidget(self.book)
        foot.addWidget(self.ready)
        self._column = Column(theme, self, gap=16, margins=(56, 16, 56, 16))
        self._column.addLayout(self._halves, 1)
        self._column.addLayout(foot)
        theme.changed.connect(self.update)

    def show_number(self, issued: IssuedTicket, news: PaperNews) -> None:
        self._issued, self._care, self._staffed, self._pressed = issued, None, True, False
        self.show_paper(news)
        self.retranslate()

    def show_care(self, alert: Alert | None, staffed: bool) -> None:
        """Show the alert about the help that this visitor wants; `staffed`: a counter is open."""
        self._care, self._staffed = alert, staffed
        self.retranslate()

    def retranslate(self) -> None:
        if self._issued is None:
            return
        self.slip.show_number(self._issued)
        self.slip.show_care(self._issued.ticket.help, self._care, self._staffed)
        self._arrange()
        self.paper.retranslate()
        roomy = self.window().width() >= _ROOMY * self._theme.text("body")
        self.book.set_icon("notebook-pen" if roomy else "")
        set_button_words(self.book, _("Isi buku tamu") if roomy else _("Buku tamu"))
        self.ready.setText(_("Selesai"))
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
        if self.countdown.running:
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
        self._pressed = True

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # Only if the press was on this page: the finger that chose the service is lifted here too.
        if self._pressed and self.has_paper:
            self.done.emit()
        self._pressed = False

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
        QPainter(self).fillRect(box, slanted(box, *colours))
