"""What the lobby looks at when there is no film: services, waits, how to take a number in three pictures."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.boards import LobbyBoard
from ult_desktop.ui.display.fit_text import END, FitText
from ult_desktop.ui.display.media.service_table import ServiceTable
from ult_desktop.ui.display.panels import Backdrop, ToneIcon
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme

_ICONS = ("layout-grid", "ticket", "bell-ring")


class HowToSteps(Backdrop):
    """Touch, take, wait: the three things a first-time visitor must know."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "surface-alt")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.texts = tuple(FitText(theme, 28, 500, rows=2) for _icon in _ICONS)
        row = Row(theme, self, 28, (24, 16, 24, 16))
        for icon, text in zip(_ICONS, self.texts, strict=True):
            pair = Row(theme, gap=14)
            pair.addWidget(ToneIcon(theme, icon, "call-accent", 48))
            pair.addWidget(text, 1)
            row.addLayout(pair, 1)
        self.retranslate()

    def retranslate(self) -> None:
        words = (
            _("Sentuh layanan di mesin antrean"),
            _("Ambil karcis Anda"),
            _("Tunggu nomor dipanggil"),
        )
        for text, said in zip(self.texts, words, strict=True):
            text.set_text(said)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(600), self._theme.px(112))


class Slide(QWidget):
    """Calm: it changes when the queue changes, and turns a page when there are many services."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.welcome = FitText(theme, 72, 800)
        self.title = FitText(theme, "small", 600, "ink-soft")
        self.page = FitText(theme, "small", 600, "ink-soft").aligned(END)
        self.table = ServiceTable(theme)
        self.steps = HowToSteps(theme)
        titles = Row(theme, gap=16)
        titles.addWidget(self.title, 3)
        titles.addWidget(self.page, 1)
        column = Column(theme, self, 14)
        column.addWidget(self.welcome)
        column.addLayout(titles)
        column.addWidget(self.table, 1)
        column.addWidget(self.steps)
        self.table.turned.connect(self._show_page)

    def show_board(self, board: LobbyBoard) -> None:
        self.welcome.set_text(_("Selamat datang"))
        self.title.set_text(_("LAYANAN DAN ANTREAN SEKARANG"))
        self.steps.retranslate()
        self.table.show_lines(board.lines)

    def _show_page(self) -> None:
        several = self.table.pages > 1
        self.page.set_text(f"{self.table.page}/{self.table.pages}" if several else "")
