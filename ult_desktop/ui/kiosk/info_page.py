"""What a visitor should know before taking a number: requirements, time, fee."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from ult_desktop.core.boards import ServiceLine
from ult_desktop.formats import format_number
from ult_desktop.i18n import _, language
from ult_desktop.ui.kiosk.choices import queue_words
from ult_desktop.ui.kiosk.fact import Fact
from ult_desktop.ui.kiosk.requirement_list import RequirementList
from ult_desktop.ui.layouts import Column, Row
from ult_desktop.ui.theme import Theme
from ult_desktop.ui.widgets.button import Button
from ult_desktop.ui.widgets.card import Card
from ult_desktop.ui.widgets.label import Label


class InfoPage(QWidget):
    """The head names the service; this page tells the rest and offers the number.

    Signals:
        take_requested: "Ambil nomor" was touched.
    """

    take_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.time = Fact(theme, "clock", "blue")
        self.fee = Fact(theme, "wallet", "green")
        self.queue = Fact(theme, "users", "violet")
        self.title = Label("", "strong", wrap=True)
        self.requirements = RequirementList(theme)
        self.take = Button(theme, role="primary", icon_name="ticket")
        self.take.setProperty("size", "big")
        self.take.clicked.connect(self.take_requested)
        facts = Row(theme, gap=8)
        for fact in (self.time, self.fee, self.queue):
            facts.addWidget(fact, 1)
        card = Card(theme, padding=28, gap=16)
        card.body.addWidget(self.title)
        card.body.addWidget(self.requirements, 1)
        column = Column(theme, self, margins=(44, 12, 44, 0))
        column.addLayout(facts)
        column.addWidget(card, 1)
        action = Row(theme, margins=(12, 0, 12, 12), gap=16)
        action.addWidget(self.take, 1)
        for step in self.requirements.steps:
            action.addWidget(step)
        column.addLayout(action)

    def show_service(self, line: ServiceLine) -> None:
        service = line.service
        minutes = _("± {n} menit").format(n=format_number(service.minutes, 0))
        self.time.show_fact(_("Waktu layanan"), minutes)
        self.fee.show_fact(_("Biaya"), service.fee.within(language()))
        self.queue.show_fact(_("Antrean sekarang"), " · ".join(queue_words(line)))
        self.title.setText(_("Persyaratan"))
        words = tuple(each.within(language()) for each in service.requirements)
        self.requirements.show_requirements(words or (_("Tidak ada persyaratan khusus."),))
        self.take.setText(_("Ambil nomor"))
        self.take.setEnabled(line.available)
