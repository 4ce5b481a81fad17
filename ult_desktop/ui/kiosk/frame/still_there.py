"""The page that asks a visitor who stopped tapping whether they are still there."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kiosk.frame.patience import StillThere
from ult_desktop.ui.kiosk.parts.countdown import Countdown
from ult_desktop.ui.kiosk.parts.notice_page import NoticePage
from ult_desktop.ui.kiosk.parts.notices import Notice
from ult_desktop.ui.kiosk.parts.targets import set_button_words
from ult_desktop.ui.kit import Row, Theme, widgets

_HIGH = 160  # base pixels of its buttons


class StillTherePage(NoticePage):
    """The page with the question. Any tap and any key says yes.

    Signals:
        stayed: the visitor goes on where they were.
        left: the visitor is done.
    """

    stayed = Signal()
    left = Signal()

    def __init__(self, theme: Theme, grace: int) -> None:
        super().__init__(theme)
        self._theme, self._grace = theme, grace
        self.countdown = Countdown(theme, "ink")
        apart = Row(theme, margins=(12, 4, 12, 20))
        apart.addWidget(self.countdown)
        self.column.insertLayout(1, apart)
        self.ready = widgets.Button(theme, icon_name="x")
        self.ready.setProperty("shape", "big")
        self.acts.insertWidget(0, self.ready)
        self.acted.connect(self.stayed)
        self.ready.clicked.connect(self.left)
        theme.changed.connect(self._keep_large)
        self._keep_large()

    def ask(self, question: StillThere, *, typed: bool, number: str) -> None:
        """Ask the question. `typed`: something would be lost; `number`: the one on the screen, else ""."""
        lost = _("Isian Anda akan dihapus.") if question.last else _("Isian Anda masih ada.")
        words = _("Nomor Anda {number} tetap berlaku.").format(number=number) if number else ""
        self.show_notice(
            Notice(
                "hourglass",
                "amber",
                _("Masih di sana?"),
                tuple(
                    word for word in (_("Sentuh layar untuk melanjutkan."), lost if typed else words) if word
                ),
                _("Ya, lanjutkan"),
            )
        )
        set_button_words(self.ready, _("Selesai"))
        if not self.countdown.running:
            self.countdown.start(self._grace)

    def _keep_large(self) -> None:
        """Keep the buttons large: a trembling hand has 15 seconds to find them."""
        for button in (self.action, self.ready):
            button.setMinimumHeight(self._theme.px(_HIGH))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.stayed.emit()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.stayed.emit()
