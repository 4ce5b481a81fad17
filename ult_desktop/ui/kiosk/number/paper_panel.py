"""What becomes of the paper: it is printed, to be taken, or there is none."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.icon_tile import IconTile
from ult_desktop.ui.kit.widgets.label import Label
from ult_desktop.ui.kit.widgets.qr_view import QrView


class PaperStep(Enum):
    """How far the paper is, to the visitor."""

    PRINTING = "printing"
    TAKE = "take"
    NONE = "none"


@dataclass(frozen=True)
class PaperNews:
    """The step, and for NONE one line of what is wrong and what the QR says."""

    step: PaperStep
    trouble: str = ""
    code: str = ""


class PaperPanel(QWidget):
    """Stands beside or below the number."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.step = PaperStep.PRINTING
        self._tile = IconTile(theme, "printer", "blue", 160)
        self.title = Label("", "heading", "header", wrap=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._good = QWidget()
        good = Column(theme, self._good, gap=24)
        good.addStretch()
        good.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignHCenter)
        good.addWidget(self.title)
        good.addStretch()
        self.qr = QrView(theme, size=360)
        self.trouble = Label("", "strong", wrap=True)
        self.advice = Label("", "body", "soft", wrap=True)
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

    def show_news(self, news: PaperNews) -> None:
        self.step = news.step
        printing = news.step is PaperStep.PRINTING
        self._tile.show_icon("printer" if printing else "ticket", "blue" if printing else "green")
        self.title.setText(_("Mencetak karcis…") if printing else _("Ambil karcis Anda"))
        self.trouble.setText(news.trouble)
        self.advice.setText(_("Foto layar ini atau catat nomornya."))
        self.qr.show_content(news.code)
        self.qr.setAccessibleName(_("Kode QR karcis"))
        self._good.setVisible(news.step is not PaperStep.NONE)
        self._bad.setVisible(news.step is PaperStep.NONE)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In an upright place the words stand below the QR."""
        super().resizeEvent(event)
        upright = event.size().height() > event.size().width()
        way, align = QBoxLayout.Direction, Qt.AlignmentFlag
        self._halves.setDirection(way.TopToBottom if upright else way.LeftToRight)
        self._halves.setStretch(0, 3 if upright else 2)
        for label in (self.trouble, self.advice):
            label.setAlignment(align.AlignCenter if upright else align.AlignLeft | align.AlignVCenter)
