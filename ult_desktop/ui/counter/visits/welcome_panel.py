"""The one tap of the security desk: somebody has come in (POS Sumut tatap muka 1)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from ult_desktop.base.i18n import _
from ult_desktop.core.visits.visit import Courtesy, courtesy_word
from ult_desktop.ui.kit.forms.option_button import Tick
from ult_desktop.ui.kit.layouts import Column, Grid
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button


class WelcomePanel(QFrame):
    """Ticked is what was done; after each visitor all are ticked again.

    Signals:
        welcomed: a visitor came (the courtesies, a tuple).
    """

    welcomed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        column = Column(theme, self, gap=12, margins=(16, 16, 16, 16))
        self.button = Button(theme, _("Tamu datang"), "primary", "door-open")
        self.button.setProperty("shape", "tap")
        self.button.setToolTip("Ctrl+N")
        self.button.clicked.connect(self.press)
        column.addWidget(self.button)
        ticks = Grid(theme, gap=8)
        self.ticks = {each: Tick(courtesy_word(each)) for each in Courtesy}
        for number, box in enumerate(self.ticks.values()):
            ticks.addWidget(box, number // 2, number % 2)
        column.addLayout(ticks)
        self._tick_all()

    def press(self) -> None:
        self.welcomed.emit(tuple(each for each, box in self.ticks.items() if box.isChecked()))
        self._tick_all()

    def _tick_all(self) -> None:
        for box in self.ticks.values():
            box.setChecked(True)
