"""The page with what a visitor should know before taking a number: requirements, time, fee."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ult_desktop.base import _, counted, language
from ult_desktop.core.cases.case import CaseKind, usual_kind
from ult_desktop.core.office.standard import StandardComponent, optional_published
from ult_desktop.core.queue.boards import ServiceQueue
from ult_desktop.ui.kiosk.parts import choices, targets
from ult_desktop.ui.kiosk.parts.rolling import Rolling
from ult_desktop.ui.kit import Column, Row, Theme, widgets
from ult_desktop.ui.kit.widgets.card import Card


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
        self.take = targets.main_action(theme, "ticket")
        self.take.clicked.connect(self.take_requested)
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
        action.addWidget(self.take, 1)
        for step in self.rolling.steps:
            action.addWidget(step)
        column.addLayout(action)

    def show_service(self, line: ServiceQueue, complaint_ways: tuple[str, ...]) -> None:
        service = line.service
        self.time.setVisible(service.minutes is not None)
        self.time.show_fact(_("Waktu layanan"), counted("± {n} menit", service.minutes or 0))
        self.fee.show_fact(_("Biaya"), service.fee.within(language()))
        self.queue.show_fact(_("Antrean sekarang"), " · ".join(choices.queue_words(line)))
        is_complaint = usual_kind(service.name.id) is CaseKind.COMPLAINT
        ways = complaint_ways if is_complaint else ()
        self.about.setText("\n".join(filter(None, (service.description.within(language()), *ways))))
        self.title.setText(_("Persyaratan"))
        words = tuple(requirement.within(language()) for requirement in service.requirements)
        needed = words or (_("Tidak ada persyaratan khusus."),)
        self.requirements.show_requirements(needed, optional_published(service))
        self._arrange()
        self.rolling.begin()
        targets.set_button_words(self.take, _("Ambil nomor"))
        self.take.setEnabled(line.available)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() > self._theme.px(1200) * self._theme.growth
        way = QBoxLayout.Direction
        self._facts.setDirection(way.LeftToRight if wide else way.TopToBottom)
