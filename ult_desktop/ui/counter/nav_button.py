"""A page's button in the rail, with the number of things that wait there."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from typing_extensions import override

from ult_desktop.i18n import _
from ult_desktop.ui.theme import Theme
from ult_desktop.ui.widgets.button import Button

_MOST = 99


class NavButton(Button):
    """Checkable; its number stands at the right, and nothing stands there for none."""

    def __init__(self, theme: Theme, text: str, icon_name: str, key: str = "") -> None:
        super().__init__(theme, text, "nav", icon_name)
        self.setCheckable(True)
        self._name, self._key, self._count = text, key, 0
        if key:
            self.setShortcut(key)
            self.setToolTip(key)

    @property
    def count(self) -> int:
        return self._count

    def show_count(self, count: int) -> None:
        self._count = count
        waiting = _("{n} menunggu").format(n=count) if count else ""
        self.setAccessibleName(", ".join(part for part in (self._name, waiting) if part))
        self.setToolTip(" · ".join(part for part in (self._key, waiting) if part))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("small", 700))
        text = str(self._count) if self._count <= _MOST else f"{_MOST}+"
        metrics = QFontMetrics(painter.font())
        tall = metrics.height() + 2
        wide = max(tall, metrics.horizontalAdvance(text) + tall // 2)
        box = QRectF(self.width() - wide - self._theme.px(8), (self.height() - tall) / 2, wide, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("primary"))
        painter.drawRoundedRect(box, tall / 2, tall / 2)
        painter.setPen(self._theme.color("primary-ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
