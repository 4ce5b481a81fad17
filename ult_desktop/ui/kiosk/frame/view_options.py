"""Tampilan: larger text, higher contrast, everything within low reach. Shown at work at once."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.base import _
from ult_desktop.ui.kiosk.parts import targets, toggle_card
from ult_desktop.ui.kit import Column, Theme, widgets


@dataclass(frozen=True)
class View:
    """How this visitor wants the screen; forgotten when the visitor leaves."""

    large_text: bool = False
    high_contrast: bool = False
    low_reach: bool = False


class ViewOptions(QWidget):
    """Three switches; while the pages are read aloud, two keys for the voice as well.

    Signals:
        changed: the `View` wanted now.
        done: "Selesai" was touched.
        louder, faster: the spoken guidance is to be the next step so.
    """

    changed = Signal(object)
    done = Signal()
    louder = Signal()
    faster = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.large = toggle_card.ToggleCard(theme, "a-large-small", "blue")
        self.contrast = toggle_card.ToggleCard(theme, "contrast", "slate")
        self.low = toggle_card.ToggleCard(theme, "arrow-down-to-line", "violet")
        self._louder, self._faster = widgets.Button(theme), widgets.Button(theme)
        self._louder.clicked.connect(self.louder)
        self._faster.clicked.connect(self.faster)
        self.show_speech(on=False)
        self.ready = targets.main_action(theme, "check")
        self.ready.clicked.connect(self.done)
        cards = (self.large, self.contrast, self.low)
        for card in cards:
            card.clicked.connect(self._tell)
        column = Column(theme, self, gap=8, margins=(44, 12, 44, 0))
        column.addWidget(toggle_card.ToggleStack(theme, cards), 8)
        column.addStretch(1)
        action = targets.TargetRow(theme, margins=(12, 0, 12, 0))
        action.addWidget(self._louder)
        action.addWidget(self._faster)
        action.addWidget(self.ready, 1)
        column.addLayout(action)

    def show_view(self, view: View) -> None:
        self.large.setChecked(view.large_text)
        self.contrast.setChecked(view.high_contrast)
        self.low.setChecked(view.low_reach)

    def show_speech(self, *, on: bool) -> None:
        self._louder.setVisible(on)
        self._faster.setVisible(on)

    def retranslate(self) -> None:
        self.large.show_words(_("Huruf besar"), _("Semua tulisan lebih besar"))
        self.contrast.show_words(_("Kontras tinggi"), _("Latar gelap, tulisan terang"))
        self.low.show_words(_("Jangkauan rendah"), _("Semua tombol di bagian bawah layar"))
        targets.set_button_words(self._louder, _("Suara lebih keras"))
        targets.set_button_words(self._faster, _("Suara lebih cepat"))
        targets.set_button_words(self.ready, _("Selesai"))

    def _tell(self) -> None:
        self.changed.emit(View(self.large.isChecked(), self.contrast.isChecked(), self.low.isChecked()))
