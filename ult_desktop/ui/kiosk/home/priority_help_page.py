"""Second question to a priority visitor: the help wanted. No answer is an answer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.ticket import Help
from ult_desktop.ui.kiosk.home.priority_words import HELP_ICONS, help_words
from ult_desktop.ui.kiosk.parts.targets import main_action, set_button_words
from ult_desktop.ui.kiosk.parts.toggle_card import ToggleCard
from ult_desktop.ui.kiosk.parts.toggle_stack import ToggleStack
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme


class HelpPage(QWidget):
    """Three things to tick, then on.

    Signals:
        chosen: the `Help` wanted, a tuple that may be empty.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.cards = {each: ToggleCard(theme, *HELP_ICONS[each]) for each in Help}
        self.go_on = main_action(theme, "arrow-right")
        self.go_on.clicked.connect(lambda: self.chosen.emit(self.wanted()))
        column = Column(theme, self, gap=8, margins=(44, 12, 44, 0))
        column.addWidget(ToggleStack(theme, self.cards.values()), 8)
        column.addStretch(1)
        action = Row(theme, margins=(12, 0, 12, 0))
        action.addWidget(self.go_on)
        column.addLayout(action)

    def wanted(self) -> tuple[Help, ...]:
        return tuple(each for each, card in self.cards.items() if card.isChecked())

    def forget(self) -> None:
        for card in self.cards.values():
            card.setChecked(False)

    def retranslate(self) -> None:
        for wanted, card in self.cards.items():
            card.show_words(*help_words(wanted))
        set_button_words(self.go_on, _("Lanjut"))
