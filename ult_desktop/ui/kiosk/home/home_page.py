"""The pages of the services: the cards to choose one, and what to know before taking a number."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget
from typing_extensions import override

from ult_desktop.base import _, counted, language
from ult_desktop.core.cases.case import CaseKind, usual_kind
from ult_desktop.core.office.standard import StandardComponent, optional_published
from ult_desktop.core.queue.boards import KioskBoard, ServiceQueue
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.ui.kiosk.home.priority import PriorityBar
from ult_desktop.ui.kiosk.home.shortcut_row import ShortcutRow
from ult_desktop.ui.kiosk.parts import choices, targets
from ult_desktop.ui.kiosk.parts.card_grid import CardGrid, ServiceCard
from ult_desktop.ui.kiosk.parts.choices import Choice, Face, card_faces
from ult_desktop.ui.kiosk.parts.rolling import Rolling
from ult_desktop.ui.kit import Column, Row, Theme, widgets
from ult_desktop.ui.kit.widgets.card import Card


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


class ServiceFact(Card):
    """A fact about a service, one of a row."""

    def __init__(self, theme: Theme, icon: str, tint: str) -> None:
        super().__init__(theme, padding=20)
        self.name = widgets.Label("", "small", "soft", wrap=True)
        self.value = widgets.Label("", "body", wrap=True)
        self.value.setProperty("bold", True)
        words = Column(theme, gap=4)
        words.addStretch()
        words.addWidget(self.name)
        words.addWidget(self.value)
        words.addStretch()
        row = Row(theme, gap=16)
        row.addWidget(widgets.IconTile(theme, icon, tint, 64))
        row.addLayout(words, 1)
        self.body.addLayout(row)

    def show_fact(self, name: str, value: str) -> None:
        self.name.setText(name)
        self.value.setText(value)


class RequirementList(QWidget):
    """The list of what to bring, each with a tick, and the other published parts of the service standard."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = Column(theme, self, gap=16)
        self._rows: list[QWidget] = []

    def show_requirements(self, words: tuple[str, ...], further: Iterable[StandardComponent]) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(requirement) for requirement in words]
        for component in further:
            self._rows += [
                widgets.Label(component.name, "strong", wrap=True),
                widgets.Label("\n".join(component.lines), "body", wrap=True),
            ]
        for row in self._rows:
            self._column.addWidget(row)

    def _row(self, words: str) -> QWidget:
        row = QWidget()
        line = Row(self._theme, row, gap=16)
        line.addWidget(widgets.IconTile(self._theme, "check", "green", 44))
        line.addWidget(widgets.Label(words, "body", wrap=True), 1)
        return row


class InfoPage(QWidget):
    """The page about a service. The head names the service; this page shows the rest and offers the number.

    Signals:
        take_requested: "Ambil nomor" was touched.
    """

    take_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.time = ServiceFact(theme, "clock", "blue")
        self.fee = ServiceFact(theme, "wallet", "green")
        self.queue = ServiceFact(theme, "users", "violet")
        self.about = widgets.Label("", "body", "soft", wrap=True)
        self.title = widgets.Label("", "strong", wrap=True)
        self.requirements = RequirementList(theme)
        self.take_button = targets.main_action(theme, "ticket")
        self.take_button.clicked.connect(self.take_requested)
        self._facts = Column(theme, gap=0)
        for fact in (self.time, self.fee, self.queue):
            self._facts.addWidget(fact, 1)
        card = Card(theme, padding=28, gap=16)
        card.body.addWidget(self.title)
        card.body.addWidget(self.requirements)
        inner = QWidget()
        words = Column(theme, inner)
        about = Row(theme, margins=(12, 4, 12, 8))
        about.addWidget(self.about)
        words.addLayout(about)
        words.addLayout(self._facts)
        words.addWidget(card)
        words.addStretch(1)
        self.rolling = Rolling(theme, inner)
        column = Column(theme, self, margins=(44, 12, 44, 0))
        column.addWidget(self.rolling, 1)
        action = targets.TargetRow(theme, margins=(12, 0, 12, 0))
        action.addWidget(self.take_button, 1)
        for step in self.rolling.steps:
            action.addWidget(step)
        column.addLayout(action)

    def show_service(self, line: ServiceQueue, complaint_ways: tuple[str, ...]) -> None:
        service = line.service
        self.time.setVisible(service.minutes is not None)
        self.time.show_fact(_("Waktu layanan"), counted("± {n} menit", service.minutes or 0))
        self.fee.show_fact(_("Biaya"), service.fee.within(language()))
        self.queue.show_fact(_("Antrean sekarang"), " · ".join(choices.queue_words(line)))
        is_complaint = usual_kind(service.name.indonesian) is CaseKind.COMPLAINT
        ways = complaint_ways if is_complaint else ()
        self.about.setText("\n".join(filter(None, (service.description.within(language()), *ways))))
        self.title.setText(_("Persyaratan"))
        words = tuple(requirement.within(language()) for requirement in service.requirements)
        needed = words or (_("Tidak ada persyaratan khusus."),)
        self.requirements.show_requirements(needed, optional_published(service))
        self._arrange()
        self.rolling.begin()
        targets.set_button_words(self.take_button, _("Ambil nomor"))
        self.take_button.setEnabled(line.available)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() > self._theme.px(1200) * self._theme.growth
        direction = QBoxLayout.Direction
        self._facts.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
