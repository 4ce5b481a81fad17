"""The paper of the number on the screen: its progress, and the words about it for the visitor."""

import time
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.office.template import OfficeIdentity
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.core.queue.rates import KIOSK_REPRINTS, REPRINTS
from ult_desktop.core.queue.ticket import Ticket
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
    """The news about the paper: the step, and for NONE the printer's state and the text of the QR code."""

    step: PaperStep
    printer: status.PrinterState | None = None
    code: str = ""

    @property
    def trouble(self) -> str:
        """The trouble with the paper, in a line."""
        words = self.printer.for_visitor if self.printer else ""
        return words or _("Karcis tidak tercetak. Nomor Anda tetap berlaku.")


LARGE = 1.6  # times the drawn size of letters: from there on words need more of the page than pictures


class PaperPanel(QWidget):
    """The panel about the paper, next to or below the number."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.news = PaperNews(PaperStep.PRINTING)
        self._tile = widgets.IconTile(theme, "printer", "blue", 160)
        self.title = widgets.Label("", "heading", "header", wrap=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._progress = QWidget()
        progress = Column(theme, self._progress, gap=24)
        progress.addStretch()
        progress.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignHCenter)
        progress.addWidget(self.title)
        progress.addStretch()
        self.qr = QrView(theme, size=360)
        self.caption = widgets.Label("", "body", "soft", wrap=True)
        self.trouble = widgets.Label("", "strong", wrap=True)
        self.advice = widgets.Label("", "body", "soft", wrap=True)
        self._problem = QFrame()
        self._problem.setProperty("kind", "panel")
        words = Column(theme, gap=12)
        words.addStretch()
        words.addWidget(self.trouble)
        words.addWidget(self.advice)
        words.addWidget(self.caption)
        words.addStretch()
        self._halves = Row(theme, self._problem, gap=28, margins=(36, 28, 36, 28))
        self._halves.addWidget(self.qr, 1)
        self._halves.addLayout(words, 3)
        column = Column(theme, self)
        column.addWidget(self._progress, 1)
        column.addWidget(self._problem, 1)

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
        self.caption.setText(_("Kode nomor Anda: {code}").format(code=news.code))
        self._progress.setVisible(news.step is not PaperStep.NONE)
        self._problem.setVisible(news.step is PaperStep.NONE)
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
        self._halves.setStretch(0, 1)
        self._halves.setStretch(1, 5 if narrow else 1)
        self.caption.setVisible(not narrow)
        for label in (self.trouble, self.advice, self.caption):
            label.setAlignment(align.AlignCenter if upright else align.AlignLeft | align.AlignVCenter)


class TicketPrinting(QObject):
    """The printing of one ticket at a time: the one that the visitor looks at.

    Signals:
        news: `PaperNews` about it.
    """

    news = Signal(object)

    def __init__(self, printing: PrintService, timeout_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._service = printing
        self._ticket_id: int | None = None
        self._code = ""
        self._timeout = QTimer(self, singleShot=True, interval=timeout_ms)
        self._timeout.timeout.connect(lambda: self._report_trouble(status.PrinterState.NO_ANSWER))
        printing.settled.connect(self._on_settled)

    def start(self, ticket: Ticket, office: OfficeIdentity, issued: IssuedTicket | None = None) -> PaperNews:
        """Send the ticket to the printer if there is one; return the first news.

        `issued` is what was known when the number was taken; without it the paper is a reprint.
        """
        paper = printer_paper.ticket_paper(ticket, office, issued=issued, reprint=issued is None)
        self._ticket_id, self._code = ticket.id, paper.code
        self._timeout.stop()
        if not self._service.has_printer:
            return self._no_paper(status.PrinterState.NONE)
        self._service.print_ticket(ticket, paper)
        state = self._service.state
        if state is not None and not state.can_print:
            return self._no_paper(state)
        self._timeout.start()
        return PaperNews(PaperStep.PRINTING)

    def leave(self) -> None:
        """Stop reporting: the visitor left; the paper may still come, but no news is shown."""
        self._ticket_id = None
        self._timeout.stop()

    def _on_settled(self, report: TicketPrintReport) -> None:
        if report.ticket_id != self._ticket_id:
            return
        self._timeout.stop()
        if report.result.outcome is talk.PrintOutcome.FAILED:
            self._report_trouble(report.result.state)
        else:
            self.news.emit(PaperNews(PaperStep.TAKE))

    def _report_trouble(self, state: status.PrinterState) -> None:
        self.news.emit(self._no_paper(state))

    def _no_paper(self, state: status.PrinterState) -> PaperNews:
        return PaperNews(PaperStep.NONE, state, self._code)


class ReprintLimit(Enum):
    """The limit of reprints that is reached: that of this number, or that of this kiosk."""

    NUMBER = "number"
    KIOSK = "kiosk"


@dataclass(frozen=True)
class Reprint:
    """A wish for a reprint of a number: the news about its paper, or the limit that forbids it."""

    ticket_id: int
    news: PaperNews | None = None
    limit: ReprintLimit | None = None

    @property
    def words(self) -> str:
        if self.limit is ReprintLimit.NUMBER:
            return _("Nomor ini sudah dicetak ulang dua kali. Untuk karcis lagi, silakan ke petugas.")
        if self.limit is ReprintLimit.KIOSK or self.news is None:
            return _("Mesin ini sudah sering mencetak ulang. Untuk karcis lagi, silakan ke petugas.")
        if self.news.step is PaperStep.NONE:
            return self.news.trouble
        return _("Mencetak karcis…") if self.news.step is PaperStep.PRINTING else _("Ambil karcis Anda")


class Reprints(QObject):
    """The reprints that visitors ask for at this kiosk, within the limits of `core.queue.rates`.

    The limits count wishes, not papers: a printer that reports nothing back empties its roll too.

    Signals:
        changed: the `Reprint` as it is now.
    """

    changed = Signal(object)

    def __init__(self, printing: PrintService, timeout_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._printing = TicketPrinting(printing, timeout_ms, self)
        self._recent: list[tuple[str, float]] = []  # code and time of each wish
        self._ticket_id = 0
        self._printing.news.connect(self._report)

    def begin(self, ticket: Ticket, office: OfficeIdentity) -> None:
        """Print the paper of a number again, or report why not."""
        limit = self._limit_reached(ticket.code)
        self._ticket_id = ticket.id
        if limit is not None:
            self.changed.emit(Reprint(ticket.id, limit=limit))
            return
        self._recent.append((ticket.code, time.monotonic()))
        self._report(self._printing.start(ticket, office))

    def leave(self) -> None:
        """Stop reporting: the visitor left."""
        self._printing.leave()

    def _limit_reached(self, code: str) -> ReprintLimit | None:
        now = time.monotonic()
        self._recent = [(wished, at) for wished, at in self._recent if now - at < REPRINTS.seconds]
        if REPRINTS.is_reached((at for wished, at in self._recent if wished == code), now):
            return ReprintLimit.NUMBER
        all_times = (at for _code, at in self._recent)
        return ReprintLimit.KIOSK if KIOSK_REPRINTS.is_reached(all_times, now) else None

    def _report(self, news: PaperNews) -> None:
        self.changed.emit(Reprint(self._ticket_id, news))
