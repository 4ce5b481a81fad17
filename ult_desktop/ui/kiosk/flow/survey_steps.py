"""The visitor's way through the survey: number, questions, suggestion, thanks."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ult_desktop.base import UserError
from ult_desktop.base.late import late
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.survey import commands, survey
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.kiosk import outage_words, visit
from ult_desktop.ui.kiosk.code.inquiry import VisitorQuery
from ult_desktop.ui.kiosk.flow.kiosk_flow import KioskFlow
from ult_desktop.ui.kiosk.frame.shell import KioskFrame
from ult_desktop.ui.kiosk.survey.survey_page import SurveyQuestionPage, SurveyRun
from ult_desktop.ui.kiosk.typing.typing_page import TypingPage
from ult_desktop.ui.office_link.link import StationLink
from ult_desktop.ui.office_link.link_monitor import is_outage

if TYPE_CHECKING:
    from ult_desktop.operations.survey import survey as survey_operations
else:
    survey_operations = late("ult_desktop.operations.survey.survey")


class SurveySteps(QObject):
    """The steps of the survey: they ask the office for the survey of a number, and send the answers once.

    Signals:
        over: the thanks were shown long enough, or the visitor stopped and loses the answers.
    """

    over = Signal()

    def __init__(
        self, shell: KioskFrame, flow: KioskFlow, link: StationLink, mode: survey.SurveyMode, stay_ms: int
    ) -> None:
        super().__init__(flow)
        self._shell, self._flow, self._mode = shell, flow, mode
        self._inquiry = VisitorQuery(link)
        self._stay = QTimer(self, singleShot=True, interval=stay_ms)
        self._stay.timeout.connect(self.over)
        flow.survey_ready.connect(lambda known: self.begin(known.ticket.code))
        flow.returned.connect(self._inquiry.forget)
        shell.code.when_made(lambda page: page.survey_entered.connect(self.begin))
        shell.survey.when_made(self._wire_question)
        shell.suggestion.when_made(lambda page: page.entered.connect(self._send))

    def _wire_question(self, page: SurveyQuestionPage) -> None:
        page.answered.connect(self._answer)
        page.skip_requested.connect(self._skip)
        page.stop_requested.connect(self.over)

    def begin(self, text: str) -> None:
        """Begin the survey with the number or code that was typed or scanned."""
        self._inquiry.ask(
            partial(find_survey, text), lambda start: self._show(SurveyRun(start)), self._on_not_found
        )

    def forget(self) -> None:
        """Forget the visitor, who has left."""
        self._stay.stop()
        self._inquiry.forget()
        self._shell.suggestion.if_made(TypingPage.forget)

    @property
    def _run(self) -> SurveyRun | None:
        return self._flow.scene.visit.survey

    def _on_not_found(self, error: UserError) -> None:
        self._flow.go(self._flow.scene.visit.asks_code(visit.CodePurpose.SURVEY))
        self._shell.code.page.show_refusal(
            outage_words.no_code_now(visit.CodePurpose.SURVEY) if is_outage(error) else error
        )

    def _show(self, run: SurveyRun) -> None:
        self._flow.go(self._flow.scene.visit.surveys(run))

    def _answer(self, index: int) -> None:
        if self._run is not None:
            self._show(self._run.with_answer(index))

    def _skip(self) -> None:
        if self._run is not None:
            self._show(self._run.skipped())

    def _send(self, suggestion: str) -> None:
        if self._run is None or self._inquiry.busy:
            return
        command = commands.FillSurvey(
            said=self._run.answers(suggestion), mode=self._mode, ticket_id=self._run.start.ticket.ticket_id
        )
        self._flow.go(self._flow.scene.visit.goes_to(visit.Screen.SURVEY_SENDING))
        self._inquiry.ask(command, self._on_sent, self._on_refused)

    def _on_sent(self, _token: object) -> None:
        if self._run is not None:
            self._flow.go(self._flow.scene.visit.goes_to(visit.Screen.SURVEY_DONE))
            self._stay.start()

    def _on_refused(self, error: UserError) -> None:
        if self._run is None:
            return
        if is_outage(error):  # the visitor can send the answers again
            self._show(self._run.not_sent(outage_words.survey_not_sent()))
        else:
            self._flow.refuse(error)


def find_survey(text: str, office: Office, _actor: Actor) -> survey.SurveyStart:
    return office.read(lambda tx: survey_operations.survey_start(tx, text, office.clock()))
