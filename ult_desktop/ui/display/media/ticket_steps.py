"""How to take a number, in three pictures."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.ui.display.backdrop import Backdrop
from ult_desktop.ui.display.fit_text import FitText
from ult_desktop.ui.display.tone_icon import ToneIcon
from ult_desktop.ui.kit.layouts import Row
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
