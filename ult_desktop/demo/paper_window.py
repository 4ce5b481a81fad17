"""A window that shows the paper the virtual printer produces, and can spoil the printer's day."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from typing_extensions import override

from ult_desktop.app.previews import pixmap_of
from ult_desktop.base import _
from ult_desktop.devices.virtual_printer import canvas, server
from ult_desktop.ui.kit import Column, Theme, widgets

if TYPE_CHECKING:
    from collections.abc import Callable

PAPERS_KEPT = 10
PAPER_WIDTH = 320


class PaperWindow(QWidget):
    """Newest paper on top, and buttons for what goes wrong with a real printer.

    Signals:
        paper_came: from the printer's thread, a `Paper`.
        closed: the window was closed, and with it the demo.
    """

    paper_came = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setWindowTitle(_("Printer karcis (tiruan)"))
        self.setProperty("kind", "page")
        column = Column(theme, self, gap=12, margins=(20, 20, 20, 20))
        self._words = widgets.Label("", "small", wrap=True)
        column.addWidget(self._words)
        self._buttons = Column(theme, gap=8)
        column.addLayout(self._buttons)
        self._empty = widgets.Label(_("Belum ada karcis. Ambil nomor di kios."), "body", "soft", wrap=True)
        self._papers = Column(theme, gap=16)
        self._papers.addStretch(1)
        held = QWidget()
        held.setProperty("kind", "scrolled")
        held.setLayout(self._papers)
        area = QScrollArea()
        area.setWidget(held)
        area.setWidgetResizable(True)
        column.addWidget(self._empty)
        column.addWidget(area, 1)
        self.paper_came.connect(self._show, Qt.ConnectionType.QueuedConnection)
        theme.apply(self)

    def explain(self, words: str) -> None:
        self._words.setText(words)

    def control(self, printer: server.VirtualPrinter) -> None:
        """Buttons for the troubles of this printer."""
        troubles: tuple[tuple[str, Callable[[], None]], ...] = (
            (_("Kertas habis"), printer.paper_out),
            (_("Buka tutup"), printer.cover_open),
            (_("Macet"), printer.hang),
            (_("Perbaiki"), printer.restore),
        )
        for words, act in troubles:
            button = widgets.Button(self._theme, words)
            button.clicked.connect(lambda _checked=False, do=act: do())
            self._buttons.addWidget(button)

    def _show(self, paper: canvas.Paper) -> None:
        self._empty.hide()
        picture = QLabel()
        picture.setPixmap(
            pixmap_of(paper.image).scaledToWidth(PAPER_WIDTH, Qt.TransformationMode.SmoothTransformation)
        )
        self._papers.insertWidget(0, picture, 0, Qt.AlignmentFlag.AlignHCenter)
        while self._papers.count() > PAPERS_KEPT + 1:
            item = self._papers.takeAt(self._papers.count() - 2)
            if item is not None and (old := item.widget()) is not None:
                old.deleteLater()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)
