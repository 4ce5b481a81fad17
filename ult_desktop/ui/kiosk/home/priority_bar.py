"""The way to the priority queue, always in sight on the home page."""

from PySide6.QtGui import QResizeEvent
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.card import SHADOW, CardButton
from ult_desktop.ui.kit.widgets.icon_tile import IconTile
from ult_desktop.ui.kit.widgets.label import Label

_ROOM_FOR_WORDS = 520  # base pixels below which only the title stands


class PriorityBar(CardButton):
    """`slim` is the shape that stands in the foot of a wide screen."""

    def __init__(self, theme: Theme, *, slim: bool) -> None:
        super().__init__(theme, padding=12 if slim else 20, ground="surface", edge="priority")
        self.title = Label("", "strong", "priority", wrap=True)
        self.words = Label("", "small", "soft", wrap=True)
        self._slim = slim
        row = Row(theme, gap=16 if slim else 28)
        row.addWidget(IconTile(theme, "accessibility", "violet", 64 if slim else 88))
        words = Column(theme, gap=2)
        words.addStretch()
        words.addWidget(self.title)
        words.addWidget(self.words)
        words.addStretch()
        row.addLayout(words, 1)
        self.body.addLayout(row)
        theme.changed.connect(self._keep_large)
        self._keep_large()
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(_("Layanan prioritas"))
        few = _("Lansia, penyandang disabilitas, ibu hamil, membawa anak")
        all_of_them = _("Lansia, penyandang disabilitas, ibu hamil atau menyusui, membawa anak")
        self.words.setText(few if self._slim else all_of_them)
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(self.words.text())

    def _keep_large(self) -> None:
        self.setMinimumHeight(self._theme.target + 2 * self._theme.px(SHADOW))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self._theme.px(_ROOM_FOR_WORDS) * self._theme.large_text
        self.words.setVisible(event.size().width() >= room)
