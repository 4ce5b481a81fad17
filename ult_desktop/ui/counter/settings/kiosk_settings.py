"""The settings of a kiosk besides its screen: the length of a line on it, the spoken guidance's keypad."""

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.counter.settings.setting import Setting
from ult_desktop.ui.kit import Theme, forms
from ult_desktop.ui.kit.accessible import set_decoration
from ult_desktop.ui.kit.screen_ruler import LINE, density_of

_LEAST, _MOST = 35, 750  # millimetres, as in `base/config.py`


class LineOnScreen(QWidget):
    """A line of a known number of the screen's own pixels, to lay a ruler on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        set_decoration(self)
        self.setFixedHeight(theme.px(28))

    @property
    def length(self) -> float:
        """The length in the pixels of windows."""
        return LINE / self.devicePixelRatioF()

    def millimetres(self) -> int:
        """Return the length (mm), if the screen reports a sensible density; 0 if it does not."""
        density = density_of(self.screen())
        return round(self.length / density) if density else 0

    @override
    def sizeHint(self) -> QSize:
        return QSize(math.ceil(self.length) + 4, self.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink, middle, high = self._theme.color("ink"), self.height() / 2, self.height()
        painter.fillRect(QRectF(0, middle - 1, self.length, 2), ink)
        for end in (0.0, self.length - 2):
            painter.fillRect(QRectF(end, 0, 2, high), ink)


class RulerField(forms.NumberField):
    """The field for the measured length of the line above it. Empty trusts the screen."""

    def __init__(self, theme: Theme, name: str, words: str) -> None:
        super().__init__(theme, name, words, least=_LEAST, most=_MOST)
        self.drawn = LineOnScreen(theme)
        self.column.insertWidget(1, self.drawn, 0, Qt.AlignmentFlag.AlignLeft)
        told = _("Ukur garis ini dengan penggaris. Kosong: {n} mm, menurut layar ini.")
        untold = _("Ukur garis ini dengan penggaris: layar ini tidak menyebut ukurannya.")
        millimetres = self.drawn.millimetres()
        self.explain(told.format(n=millimetres) if millimetres else untold)


def kiosk_settings() -> tuple[Setting, ...]:
    return (
        Setting("kiosk.line_mm", _("Panjang garis di layar ini (mm)"), make=RulerField),
        Setting(
            "kiosk.pad",
            _("Papan tombol panduan suara"),
            options=(
                ("", _("papan ketik, atau tombol di bawah ini")),
                ("numbers", _("papan angka USB")),
                ("storm", "Storm AudioNav, EZ Access"),
            ),
        ),
        Setting(
            "kiosk.keypad",
            _("Enam tombol panduan suara, satu tiap baris"),
            _("Atas, bawah, kembali, berikutnya, pilih, bantuan."),
            rows=6,
        ),
        Setting(
            "kiosk.headset",
            _("Tombol saat headset dipasang dan dicabut, satu tiap baris"),
            _("Kosong: papan tombol tidak memberi tahu."),
            rows=2,
        ),
    )
