"""What a visitor should know before taking a number: requirements, time, fee."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ult_desktop.base.formats import format_number
from ult_desktop.base.i18n import _, language
from ult_desktop.core.queue.boards import ServiceQueue
from ult_desktop.ui.kiosk.home.requirement_list import RequirementList
from ult_desktop.ui.kiosk.home.service_fact import ServiceFact
from ult_desktop.ui.kiosk.parts.choices import queue_words
from ult_desktop.ui.kiosk.parts.targets import TargetRow, main_action, set_button_words
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.card import Card
from ult_desktop.ui.kit.widgets.label import Label


class InfoPage(QWidget):
    """The head names the service; this page tells the rest and offers the number.

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
        self.title = Label("", "strong", wrap=True)
        self.requirements = RequirementList(theme)
        self.take = main_action(theme, "ticket")
        self.take.clicked.connect(self.take_requested)
        self._facts = Column(theme, gap=0)
        for fact in (self.time, self.fee, self.queue):
            self._facts.addWidget(fact, 1)
        card = Card(theme, padding=28, gap=16)
        card.body.addWidget(self.title)
        card.body.addWidget(self.requirements, 1)
        column = Column(theme, self, margins=(44, 12, 44, 0))
        column.addLayout(self._facts)
        column.addWidget(card)
        column.addStretch(1)
        action = TargetRow(theme, margins=(12, 0, 12, 0))
        action.addWidget(self.take, 1)
        for step in self.requirements.steps:
            action.addWidget(step)
        column.addLayout(action)

    def show_service(self, line: ServiceQueue) -> None:
        service = line.service
        minutes = _("± {n} menit").format(n=format_number(service.minutes, 0))
        self.time.show_fact(_("Waktu layanan"), minutes)
        self.fee.show_fact(_("Biaya"), service.fee.within(language()))
        self.queue.show_fact(_("Antrean sekarang"), " · ".join(queue_words(line)))
        self.title.setText(_("Persyaratan"))
        words = tuple(each.within(language()) for each in service.requirements)
        self.requirements.show_requirements(words or (_("Tidak ada persyaratan khusus."),))
        set_button_words(self.take, _("Ambil nomor"))
        self.take.setEnabled(line.available)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() > self._theme.px(1200)
        way = QBoxLayout.Direction
        self._facts.setDirection(way.LeftToRight if wide else way.TopToBottom)
