"""The stages of decision and telling on the telephone (POS Sumut telepon 3 and 6), and the survey's offer."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.answer_bank import LegalBasis
from ult_desktop.core.phone.phone_call import AttemptResult, PhoneCall
from ult_desktop.core.survey.commands import InviteSurvey, RefuseSurvey
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.counter.phone.caller import MAX_FACTS_HEIGHT, CallerFacts, FactsArea
from ult_desktop.ui.kit import Column, Row, forms, widgets


def answer_form(host: PageHost, call_id: int, grounds: Sequence[LegalBasis]) -> forms.Form:
    """Make the form of an answer at once (POS Sumut telepon 3A).

    Only an excluded answer asks the legal ground.
    """
    theme = host.theme
    excluded = forms.TickField(theme, "excluded", _("Informasi dikecualikan"))
    options = [(ground.key, ground.title) for ground in grounds]
    ground = forms.ChoiceField(theme, "ground", _("Dasar hukum"), options, required=True)
    ground.set_shown(False)
    excluded.changed.connect(lambda: ground.set_shown(bool(excluded.value())))
    form = forms.Form(
        theme,
        (
            forms.TextField(theme, "answer", _("Jawaban yang disampaikan"), required=True, rows=3),
            excluded,
            ground,
        ),
        verb=_("A · Jawaban disampaikan"),
        draft=host.draft("phone-answer", call_id),
    )
    excluded.setVisible(bool(options))
    return form


def forwarded_answer_form(host: PageHost, call_id: int) -> forms.Form:
    """Make the form of the answer of a forwarded call, for whoever has the caller on the line."""
    answer = forms.TextField(host.theme, "answer", _("Jawaban yang disampaikan"), required=True, rows=3)
    draft = host.draft("phone-told", call_id)
    return forms.Form(host.theme, (answer,), verb=_("Jawaban disampaikan"), draft=draft)


class SurveyOffer(QWidget):
    """The line that offers the survey. It goes once the caller answered, or if the officer runs no survey."""

    def __init__(self, host: PageHost, call_id: int) -> None:
        super().__init__()
        self._host, self._id = host, call_id
        self.invite = widgets.Button(host.theme, _("Tautan diberikan"), "", "send")
        self.refuse = widgets.Button(host.theme, _("Tidak bersedia"), "quiet")
        row = Row(host.theme, self, gap=8)
        row.addWidget(widgets.Label(_("Tawarkan survei kepuasan"), "body", "soft"), 1)
        row.addWidget(self.invite)
        row.addWidget(self.refuse)
        self.invite.clicked.connect(self._invite)
        self.refuse.clicked.connect(self._refuse)
        if not host.actor.may(Permission.RUN_SURVEY):
            self.hide()

    def _invite(self) -> None:
        self._host.perform(InviteSurvey(visit_id=self._id), self._offered, _("Undangan survei tercatat."))

    def _refuse(self) -> None:
        self._host.perform(RefuseSurvey(visit_id=self._id), self._offered, _("Survei ditolak: tercatat."))

    def _offered(self, _token: object) -> None:
        self.hide()


class DecideStage(QWidget):
    """A: the form with its verb. B: two buttons.

    Signals:
        live_wanted: put the caller through to the back office.
        promise_wanted: the office calls back.
    """

    live_wanted = Signal()
    promise_wanted = Signal()

    def __init__(self, host: PageHost, call_id: int, grounds: Sequence[LegalBasis]) -> None:
        super().__init__()
        theme = host.theme
        self.facts = CallerFacts(theme)
        self.form = answer_form(host, call_id, grounds)
        self.live = widgets.Button(theme, _("Sambungkan ke Back Office"), "", "phone-call")
        self.promise = widgets.Button(theme, _("Janji telepon balik …"), "", "clock")
        column = Column(theme, self, gap=12)
        self._area = FactsArea(theme, self.facts, MAX_FACTS_HEIGHT)
        column.addWidget(self._area)
        column.addWidget(self.form, 1)
        row = Row(theme, gap=8)
        row.addWidget(widgets.Label(_("B · Tidak tersedia"), "strong"))
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


_MOST_ANSWER = 180  # base pixels
_FAILURES = (AttemptResult.NO_ANSWER, AttemptResult.WRONG_NUMBER)


class TellStage(QWidget):
    """The stage with the answer to read out, or the form for one, and below it the other ends of the call.

    Signals:
        told: the answer of the back office was read out.
        failed: nobody was reached (AttemptResult).
        later_wanted: it takes longer: another promise.
    """

    told = Signal()
    failed = Signal(AttemptResult)
    later_wanted = Signal()

    def __init__(self, host: PageHost, call_id: int) -> None:
        super().__init__()
        theme = host.theme
        self.facts = CallerFacts(theme)
        self.answer = QFrame()
        self.answer.setProperty("kind", "banner")
        self.answer.setProperty("tone", "ok")
        self.words = widgets.Label("", "strong", wrap=True)
        self.done = widgets.Button(theme, _("Jawaban disampaikan"), "primary")
        self.form = forwarded_answer_form(host, call_id)
        self.later = widgets.Button(theme, _("Jadwal ulang …"))
        self.failures = {result: widgets.Button(theme, result.word.capitalize()) for result in _FAILURES}
        self._lay_out(host)
        self.done.clicked.connect(self.told)
        self.later.clicked.connect(self.later_wanted)
        for result, button in self.failures.items():
            button.clicked.connect(lambda _on=False, result=result: self.failed.emit(result))

    def _lay_out(self, host: PageHost) -> None:
        theme = host.theme
        column = Column(theme, self, gap=12)
        self._facts_area = FactsArea(theme, self.facts, MAX_FACTS_HEIGHT)
        column.addWidget(self._facts_area)
        inner = Column(theme, self.answer, gap=8, margins=(20, 12, 20, 12))
        inner.addWidget(widgets.Label(_("JAWABAN DARI BACK OFFICE"), "caps"))
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
        words = _("Jadwal ulang …") if call.attempt_at is not None else _("Janji telepon balik …")
        self.later.setText(words)
