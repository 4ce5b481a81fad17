"""The pages of cards (services, a category, other choices) and the notice when no paper comes out."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ult_desktop.base import _
from ult_desktop.core.queue.boards import KioskBoard
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.ui.kiosk.home.priority import PriorityBar
from ult_desktop.ui.kiosk.home.shortcut_row import ShortcutRow
from ult_desktop.ui.kiosk.parts.card_grid import CardGrid, ServiceCard
from ult_desktop.ui.kiosk.parts.choices import Choice, Face, card_faces
from ult_desktop.ui.kit import Column, Row, Theme, widgets


class PrinterNotice(QFrame):
    """The line of warning about the printer; it is gone as soon as the printer can print."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        self.label = widgets.Label("", "body", wrap=True)
        row = Row(theme, self, gap=16, margins=(20, 10, 20, 10))
        row.addWidget(widgets.IconTile(theme, "printer-x", "amber", 52))
        row.addWidget(self.label, 1)
        self.hide()

    def show_state(self, state: PrinterState | None) -> None:
        """Show the printer's state; None: the printer has not answered yet, so nothing is shown."""
        self.label.setText(_("Karcis tidak dapat dicetak; nomor tetap bisa diambil."))
        self.setVisible(state is not None and not state.can_print)


@dataclass(frozen=True)
class ServiceCards:
    """The content of the page: `all_services` of a board where all have room on one page, else `choices`."""

    board: KioskBoard
    choices: tuple[Choice, ...]
    all_services: tuple[Choice, ...] = ()


class HomePage(QWidget):
    """The home page, where one tap takes a number.

    Signals:
        chosen: a `Choice` was touched.
        info_requested: the requirements of a `ServiceQueue` were asked for.
        priority_requested: the priority bar was touched.
        shortcut_touched: a shortcut was touched, its `CodePurpose`.
    """

    chosen = Signal(object)
    info_requested = Signal(object)
    priority_requested = Signal()
    shortcut_touched = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._cards: ServiceCards | None = None
        self.notice = PrinterNotice(theme)
        self.grid = CardGrid(theme)
        self.bar = PriorityBar(theme, slim=False)
        self.grid.chosen.connect(lambda index: self.chosen.emit(self._choice(index)))
        self.grid.info_requested.connect(lambda index: self.info_requested.emit(self._choice(index)))
        self.shortcuts = ShortcutRow(theme, side=16)
        self.bar.clicked.connect(self.priority_requested)
        self.shortcuts.shortcut_touched.connect(self.shortcut_touched)
        inset = Column(theme, margins=(56, 0, 56, 4))
        inset.addWidget(self.notice)
        column = Column(theme, self, gap=0, margins=(0, 12, 0, 0))
        column.addLayout(inset)
        wide = Column(theme, gap=4, margins=(44, 0, 44, 0))
        wide.addWidget(self.grid, 1)
        wide.addWidget(self.bar)
        wide.addWidget(self.shortcuts)
        column.addLayout(wide, 1)

    def show_services(self, cards: ServiceCards) -> None:
        self._cards = cards
        self.grid.show_faces(
            card_faces(cards.board, cards.choices), card_faces(cards.board, cards.all_services)
        )
        self.bar.retranslate()
        self.shortcuts.retranslate()

    def _choice(self, index: int) -> Choice | None:
        cards = self._cards
        if cards is None:
            return None
        return (cards.all_services if self.grid.is_dense else cards.choices)[index]


class ChoicePage(QWidget):
    """The page of choices: the head asks, and the cards answer.

    Signals:
        chosen: the index of the card, from 0.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._about: object = None
        self.grid = CardGrid(theme)
        self.grid.chosen.connect(self.chosen)
        column = Column(theme, self, margins=(44, 12, 44, 0))
        column.addWidget(self.grid, 1)

    def skip_card(self) -> ServiceCard | None:
        """Leaf to the card that skips the question, and return it; None without one."""
        return self.grid.seek(lambda face: face.is_skip)

    def show_cards(self, about: object, cards: tuple[Face, ...]) -> None:
        """Show cards; another question begins on its first page."""
        if about != self._about:
            self._about = about
            self.grid.first_page()
        self.grid.show_faces(cards)
