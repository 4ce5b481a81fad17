"""The paper of the number on the screen: its progress, and the words about it for the visitor."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.office.template import OfficeIdentity
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.devices.printer import paper as printer_paper, status, talk
from ult_desktop.ui.kit import Column, Row, Theme, widgets
from ult_desktop.ui.kit.widgets.qr_view import QrView
from ult_desktop.ui.print_service import PrintService, TicketPrintReport


class PaperStep(Enum):
    """The progress of the paper, as the visitor sees it."""

    PRINTING = "printing"
    TAKE = "take"
    NONE = "none"


@dataclass(frozen=True)
class PaperNews:
    """The news about the paper: the step, and for NONE the printer's state and what the QR says."""

    step: PaperStep
    printer: status.PrinterState | None = None
    code: str = ""

    @property
    def trouble(self) -> str:
        """The trouble with the paper, in a line."""
        words = self.printer.for_visitor if self.printer else ""
        return words or _("Karcis tidak tercetak. Nomor Anda tetap berlaku.")


LARGE = 1.6  # times as large as drawn: words need more of the page than pictures


class PaperPanel(QWidget):
    """The panel about the paper, next to or below the number."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.news = PaperNews(PaperStep.PRINTING)
        self._tile = widgets.IconTile(theme, "printer", "blue", 160)
        self.title = widgets.Label("", "heading", "header", wrap=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._good = QWidget()
        good = Column(theme, self._good, gap=24)
        good.addStretch()
        good.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignHCenter)
        good.addWidget(self.title)
        good.addStretch()
        self.qr = QrView(theme, size=360)
        self.trouble = widgets.Label("", "strong", wrap=True)
        self.advice = widgets.Label("", "body", "soft", wrap=True)
        self._bad = QFrame()
        self._bad.setProperty("kind", "panel")
        words = Column(theme, gap=12)
        words.addStretch()
        words.addWidget(self.trouble)
        words.addWidget(self.advice)
        words.addStretch()
        self._halves = Row(theme, self._bad, gap=28, margins=(36, 28, 36, 28))
        self._halves.addWidget(self.qr, 1)
        self._halves.addLayout(words, 3)
        column = Column(theme, self)
        column.addWidget(self._good, 1)
        column.addWidget(self._bad, 1)

    @property
    def step(self) -> PaperStep:
        return self.news.step

    def show_news(self, news: PaperNews) -> None:
        self.news = news
        self.retranslate()

    def retranslate(self) -> None:
        news = self.news
        printing = news.step is PaperStep.PRINTING
        self._tile.show_icon("printer" if printing else "ticket", "blue" if printing else "green")
        self.title.setText(_("Mencetak karcis…") if printing else _("Ambil karcis Anda"))
        self.trouble.setText(news.trouble)
        self.advice.setText(_("Foto layar ini atau catat nomornya."))
        self.qr.show_content(news.code)
        self.qr.setAccessibleName(_("Kode QR karcis"))
        self._good.setVisible(news.step is not PaperStep.NONE)
        self._bad.setVisible(news.step is PaperStep.NONE)
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put the words below the QR where the panel is upright."""
        upright = self.height() > self.width()
        way, align = QBoxLayout.Direction, Qt.AlignmentFlag
        self._halves.setDirection(way.TopToBottom if upright else way.LeftToRight)
        narrow = self._theme.growth > LARGE  # a QR code is read at any size, words are not
        self._halves.setStretch(0, 1 if narrow else 3 if upright else 2)
        self._halves.setStretch(1, 5 if narrow else 3)
        for label in (self.trouble, self.advice):
            label.setAlignment(align.AlignCenter if upright else align.AlignLeft | align.AlignVCenter)


class TicketPrinting(QObject):
    """The printing of one ticket at a time: the one that the visitor looks at.

    Signals:
        news: `PaperNews` about it.
    """

    news = Signal(object)

    def __init__(self, printing: PrintService, timeout_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = printing
        self._ticket_id: int | None = None
        self._code = ""
        self._late = QTimer(self, singleShot=True, interval=timeout_ms)
        self._late.timeout.connect(lambda: self._without(status.PrinterState.NO_ANSWER))
        printing.settled.connect(self._on_settled)

    def start(self, issued: IssuedTicket, office: OfficeIdentity) -> PaperNews:
        """Send the ticket to the printer if there is one; return the first news."""
        paper = printer_paper.ticket_paper(issued.ticket, office, issued=issued)
        self._ticket_id, self._code = issued.ticket.id, paper.qr
        self._late.stop()
        if not self._desk.has_printer:
            return self._trouble(status.PrinterState.NONE)
        self._desk.print_ticket(issued.ticket, paper)
        state = self._desk.state
        if state is not None and not state.can_print:
            return self._trouble(state)
        self._late.start()
        return PaperNews(PaperStep.PRINTING)

    def leave(self) -> None:
        """Stop reporting: the visitor left; the paper may still come, but no news is shown."""
        self._ticket_id = None
        self._late.stop()

    def _on_settled(self, settled: TicketPrintReport) -> None:
        if settled.ticket_id != self._ticket_id:
            return
        self._late.stop()
        if settled.result.outcome is talk.PrintOutcome.FAILED:
            self._without(settled.result.state)
        else:
            self.news.emit(PaperNews(PaperStep.TAKE))

    def _without(self, state: status.PrinterState) -> None:
        self.news.emit(self._trouble(state))

    def _trouble(self, state: status.PrinterState) -> PaperNews:
        return PaperNews(PaperStep.NONE, state, self._code)
