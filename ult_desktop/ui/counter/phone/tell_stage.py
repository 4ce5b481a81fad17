"""A call that went on is on the line again (POS Sumut telepon 6): tell the answer, or note why not."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ult_desktop.base.i18n import _
from ult_desktop.core.phone.phone_call import AttemptResult, PhoneCall, result_word
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.phone.answer_form import forwarded_answer_form
from ult_desktop.ui.counter.phone.caller_facts import MAX_FACTS_HEIGHT, CallerFacts, FactsArea
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label

_MOST_ANSWER = 180  # base pixels
_FAILURES = (AttemptResult.NO_ANSWER, AttemptResult.WRONG_NUMBER)


class TellStage(QWidget):
    """The answer to read out, or the form for one; below it what else may come of the call.

    Signals:
        told: the answer of the back office was read out.
        failed: nobody was reached (AttemptResult).
        later_wanted: it takes longer: another promise.
    """

    told = Signal()
    failed = Signal(AttemptResult)
    later_wanted = Signal()

    def __init__(self, desk: PageHost, call_id: int) -> None:
        super().__init__()
        theme = desk.theme
        self.facts = CallerFacts(theme)
        self.answer = QFrame()
        self.answer.setProperty("kind", "banner")
        self.answer.setProperty("tone", "ok")
        self.words = Label("", "strong", wrap=True)
        self.done = Button(theme, _("Jawaban disampaikan"), "primary")
        self.form = forwarded_answer_form(desk, call_id)
        self.later = Button(theme, _("Minta waktu …"))
        self.failures = {result: Button(theme, result_word(result).capitalize()) for result in _FAILURES}
        self._lay_out(desk)
        self.done.clicked.connect(self.told)
        self.later.clicked.connect(self.later_wanted)
        for result, button in self.failures.items():
            button.clicked.connect(lambda _on=False, result=result: self.failed.emit(result))

    def _lay_out(self, desk: PageHost) -> None:
        theme = desk.theme
        column = Column(theme, self, gap=12)
        self._facts_area = FactsArea(theme, self.facts, MAX_FACTS_HEIGHT)
        column.addWidget(self._facts_area)
        inner = Column(theme, self.answer, gap=8, margins=(20, 12, 20, 12))
        inner.addWidget(Label(_("JAWABAN DARI BACK OFFICE"), "caps"))
        inner.addWidget(self.words)
        self._answer_area = FactsArea(theme, self.answer, _MOST_ANSWER)
        column.addWidget(self._answer_area)
        column.addWidget(self.form, 1)
        column.addStretch()
        row = Row(theme, gap=8)
        for button in (*self.failures.values(), self.later):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.done)
        column.addLayout(row)
        self.done.setShortcut("Ctrl+Return")
        self.done.setToolTip("Ctrl+Enter")

    def show_call(self, call: PhoneCall) -> None:
        self.facts.show_call(call)
        known = bool(call.answer)
        self.words.setText(call.answer)
        self._answer_area.setVisible(known)
        self.done.setVisible(known)
        self.form.setVisible(not known)
        for area in (self._facts_area, self._answer_area):
            area.fit()
        for button in self.failures.values():
            button.setVisible(call.attempt_at is not None)
        words = _("Minta waktu …") if call.attempt_at is not None else _("Janji telepon balik …")
        self.later.setText(words)
