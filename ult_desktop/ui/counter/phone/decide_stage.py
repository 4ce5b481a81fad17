"""The caller is known (POS Sumut telepon 3): answer at once, put through, or promise to call back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.base.i18n import _
from ult_desktop.core.cases.answer_bank import LegalBasis
from ult_desktop.core.phone.phone_call import PhoneCall
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.phone.answer_form import answer_form
from ult_desktop.ui.counter.phone.caller_facts import MAX_FACTS_HEIGHT, CallerFacts, FactsArea
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label


class DecideStage(QWidget):
    """A: the form with its verb. B: two buttons.

    Signals:
        live_wanted: put the caller through to the back office.
        promise_wanted: the office calls back.
    """

    live_wanted = Signal()
    promise_wanted = Signal()

    def __init__(self, desk: PageHost, call_id: int, grounds: Sequence[LegalBasis]) -> None:
        super().__init__()
        theme = desk.theme
        self.facts = CallerFacts(theme)
        self.form = answer_form(desk, call_id, grounds)
        self.live = Button(theme, _("Sambungkan ke Back Office"), "", "phone-call")
        self.promise = Button(theme, _("Janji telepon balik …"), "", "clock")
        column = Column(theme, self, gap=12)
        self._area = FactsArea(theme, self.facts, MAX_FACTS_HEIGHT)
        column.addWidget(self._area)
        column.addWidget(self.form, 1)
        row = Row(theme, gap=8)
        row.addWidget(Label(_("B · Tidak tersedia"), "strong"))
        row.addStretch()
        for button, keys in ((self.live, "Ctrl+L"), (self.promise, "Ctrl+B")):
            button.setShortcut(keys)
            button.setToolTip(keys)
            row.addWidget(button)
        column.addLayout(row)
        self.live.clicked.connect(self.live_wanted)
        self.promise.clicked.connect(self.promise_wanted)

    def show_call(self, call: PhoneCall) -> None:
        self.facts.show_call(call)
        self._area.fit()
