"""The display settings (tampilan): text size, higher contrast, everything within low reach.

They show their effect at once.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kiosk.parts import targets, toggle_card
from ult_desktop.ui.kit import Column, Row, Theme, widgets
from ult_desktop.ui.kit.theme import VISITOR_TEXT_SIZES
from ult_desktop.ui.kit.widgets.card import CardButton


@dataclass(frozen=True)
class View:
    """The visitor's wishes for the screen, forgotten when the visitor leaves. `text_size` is 0 to 3."""

    text_size: int = 0
    high_contrast: bool = False
    low_reach: bool = False


_LETTERS = ("small", "strong", "title", "heading")  # the size of the letter on each key


class TextSizes(QWidget):
    """The row with one letter in each size; one of them is on.

    Signals:
        chosen: the index of the size, from 0.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = Row(theme, self)
        self.keys = [self._key(theme, step) for step in range(len(VISITOR_TEXT_SIZES))]
        for key in self.keys:
            row.addWidget(key)

    def show_size(self, step: int) -> None:
        for place, key in enumerate(self.keys):
            key.setChecked(place == step)

    def retranslate(self) -> None:
        for place, key in enumerate(self.keys, start=1):
            key.setAccessibleName(_("Huruf besar, {n} dari {total}").format(n=place, total=len(self.keys)))

    def _key(self, theme: Theme, step: int) -> CardButton:
        key = CardButton(theme, padding=4)
        key.setCheckable(True)
        letter = widgets.Label("A", _LETTERS[step])
        letter.setAlignment(Qt.AlignmentFlag.AlignCenter)
        key.body.addWidget(letter)
        key.clicked.connect(lambda: self.chosen.emit(step))
        return key


_HIGHEST = 300  # base pixels of one key or switch


class ViewOptions(QWidget):
    """The page with text size and two switches.

    While the pages are read aloud, it has two keys for the voice as well.

    Signals:
        changed: the `View` wanted now.
        done: "Selesai" was touched.
        louder, faster: the voice of the guidance is to be a step louder or faster.
    """

    changed = Signal(object)
    done = Signal()
    louder = Signal()
    faster = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._step = theme, 0
        self.sizes = TextSizes(theme)
        self.sizes.chosen.connect(self._emit_view)
        self.contrast = toggle_card.ToggleCard(theme, "contrast", "slate")
        self.low = toggle_card.ToggleCard(theme, "arrow-down-to-line", "violet")
        self._louder, self._faster = widgets.Button(theme), widgets.Button(theme)
        self._louder.clicked.connect(self.louder)
        self._faster.clicked.connect(self.faster)
        self.show_speech(on=False)
        self.ready_button = targets.main_action(theme, "check")
        self.ready_button.clicked.connect(self.done)
        cards = (self.contrast, self.low)
        for card in cards:
            card.clicked.connect(lambda: self._emit_view(self._step))
        self._switches = Column(theme)
        for card in cards:
            self._switches.addWidget(card, 1)
        self._halves = Column(theme)
        self._halves.addWidget(self.sizes, 1)
        self._halves.addLayout(self._switches, 2)
        column = Column(theme, self, gap=8, margins=(44, 12, 44, 0))
        column.addLayout(self._halves, 1)
        column.addStretch()
        action = targets.TargetRow(theme, margins=(12, 0, 12, 0))
        action.addWidget(self._louder)
        action.addWidget(self._faster)
        action.addWidget(self.ready_button, 1)
        column.addLayout(action)

    def show_view(self, view: View) -> None:
        self._step = view.text_size
        self._arrange()
        self.sizes.show_size(view.text_size)
        self.contrast.setChecked(view.high_contrast)
        self.low.setChecked(view.low_reach)

    def show_speech(self, *, on: bool) -> None:
        self._louder.setVisible(on)
        self._faster.setVisible(on)

    def retranslate(self) -> None:
        self.sizes.retranslate()
        self.contrast.show_words(_("Kontras tinggi"), _("Latar gelap, tulisan terang"))
        self.low.show_words(_("Jangkauan rendah"), _("Semua tombol di bagian bawah layar"))
        targets.set_button_words(self._louder, _("Suara lebih keras"))
        targets.set_button_words(self._faster, _("Suara lebih cepat"))
        targets.set_button_words(self.ready_button, _("Selesai"))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the sizes next to the switches on a wide screen."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        way, theme = QBoxLayout.Direction, self._theme
        is_flat = self.window().width() > self.window().height()
        room = self.height() - self.ready_button.sizeHint().height()
        is_low = room < 2 * self.low.minimumSizeHint().height()
        self._halves.setDirection(way.LeftToRight if is_flat else way.TopToBottom)
        self._switches.setDirection(way.LeftToRight if is_flat and is_low else way.TopToBottom)
        for card in (self.sizes, self.contrast, self.low):
            card.setMaximumHeight(max(theme.px(_HIGHEST * theme.growth), 2 * theme.target))

    def _emit_view(self, step: int) -> None:
        self.changed.emit(View(step, self.contrast.isChecked(), self.low.isChecked()))
