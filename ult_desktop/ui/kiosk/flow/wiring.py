"""The connections of the kiosk's pages with its flow: codes, numbers, the pauses, the survey."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ult_desktop.base import UserError, i18n, language, use_language
from ult_desktop.base.late import late
from ult_desktop.core import kiosk_code
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import boards, ticket
from ult_desktop.core.survey import commands, survey
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.kiosk import outage_words, visit
from ult_desktop.ui.kiosk.code.code_page import FoundPage
from ult_desktop.ui.kiosk.code.inquiry import VisitorQuery
from ult_desktop.ui.kiosk.flow.kiosk_flow import KioskFlow
from ult_desktop.ui.kiosk.frame.shell import KioskFrame
from ult_desktop.ui.kiosk.frame.still_there import Patience, StillThere, StillTherePage, Wait
from ult_desktop.ui.kiosk.frame.view_options import ViewOptions
from ult_desktop.ui.kiosk.guest_book.book import ReviewPage, cards_of
from ult_desktop.ui.kiosk.home.priority import HelpPage
from ult_desktop.ui.kiosk.home.shortcut_row import ICONS
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kiosk.survey.survey_page import SurveyQuestionPage, SurveyRun
from ult_desktop.ui.kiosk.typing.typing_page import TypingPage
from ult_desktop.ui.kiosk.visit import CodePurpose, KioskVisit, Screen
from ult_desktop.ui.office_link.link import StationLink
from ult_desktop.ui.office_link.link_monitor import is_outage

if TYPE_CHECKING:
    from ult_desktop.operations.survey import survey as survey_operations
else:
    survey_operations = late("ult_desktop.operations.survey.survey")


class CodeSteps:
    """The connections of the pages for codes and the guest book. `VisitorSteps` keeps this object."""

    def __init__(self, shell: KioskFrame, flow: KioskFlow) -> None:
        self._shell, self._flow = shell, flow
        for page in (shell.home, shell.foot):
            page.shortcut_touched.connect(self._ask_code)
        shell.foot.more_requested.connect(lambda: flow.go(flow.scene.visit.goes_to(Screen.MORE)))
        shell.code.when_built(lambda page: page.code_entered.connect(flow.look_up))
        flow.code_refused.connect(self._show_refusal)
        shell.taken.book_requested.connect(flow.open_book)
        shell.found.when_built(self._wire_found)
        shell.choice.when_built(lambda page: page.chosen.connect(self._choose))
        shell.writing.when_built(self._wire_writing)
        shell.review.when_built(self._wire_review)

    def _show_refusal(self, error: UserError) -> None:
        self._shell.code.page.show_refusal(error)

    def _wire_writing(self, page: TypingPage) -> None:
        page.entered.connect(self._flow.guest_book.answer)
        page.changed.connect(self._flow.guest_book.on_typed)

    def _wire_found(self, page: FoundPage) -> None:
        page.acted.connect(lambda: self._flow.go(KioskVisit()))
        page.book_requested.connect(self._sign_found)
        page.survey_requested.connect(self._survey_found)

    def _wire_review(self, page: ReviewPage) -> None:
        page.remember_changed.connect(self._flow.guest_book.agree)
        page.saved.connect(self._flow.guest_book.save)
        page.change_requested.connect(self._flow.guest_book.change)

    def _ask_code(self, purpose: CodePurpose) -> None:
        self._flow.go(KioskVisit().asks_code(purpose))

    def _choose(self, place: int) -> None:
        """Act on a card of the page of choices, whose place on the page counts from 0."""
        book, screen = self._flow.scene.book, self._flow.scene.visit.screen
        if screen is Screen.LANGUAGE:
            self._flow.go(self._flow.scene.visit.back())
            self._shell.foot.language_requested.emit(i18n.languages()[place])
        elif screen is Screen.WHOSE:
            self._flow.answer_whose(group=place == 1)
        elif book is None:
            self._ask_code(tuple(ICONS)[place])
        else:
            self._flow.guest_book.set_answers(cards_of(book)[place].then(book))

    def _sign_found(self) -> None:
        known = self._flow.scene.found
        if isinstance(known, kiosk_code.KnownTicket):
            self._flow.open_book(known.ticket)

    def _survey_found(self) -> None:
        known = self._flow.scene.found
        if isinstance(known, kiosk_code.KnownTicket):
            self._ask_code(CodePurpose.SURVEY)
            self._flow.survey_ready.emit(known)


_SCANNED_ON = (Screen.HOME, Screen.INFO, Screen.MORE, Screen.CODE, Screen.FOUND)


class VisitorSteps:
    """The connections of the pages that a visitor goes through. The window keeps this object."""

    def __init__(self, shell: KioskFrame, flow: KioskFlow) -> None:
        self._shell, self._flow = shell, flow
        shell.home.chosen.connect(flow.choose)
        shell.home.info_requested.connect(self._ask_info)
        shell.info.when_built(lambda page: page.take_requested.connect(self._take_shown))
        shell.grounds.when_built(lambda page: page.chosen.connect(self._choose_ground))
        shell.helps.when_built(lambda page: page.chosen.connect(self._choose_help))
        shell.options.when_built(self._wire_options)
        shell.foot.back_requested.connect(flow.back)
        shell.foot.call_requested.connect(flow.call_officer)
        shell.call.when_built(lambda page: page.acted.connect(flow.call_officer))
        shell.foot.options_requested.connect(lambda: flow.go(flow.scene.visit.steps_aside(Screen.OPTIONS)))
        shell.foot.languages_requested.connect(lambda: flow.go(flow.scene.visit.steps_aside(Screen.LANGUAGE)))
        shell.foot.language_requested.connect(self._switch_language)
        shell.foot.turn_requested.connect(self._turn_pages)
        shell.foot.priority_requested.connect(self._ask_ground)
        shell.home.priority_requested.connect(self._ask_ground)
        self._codes = CodeSteps(shell, flow)

    def _wire_options(self, page: ViewOptions) -> None:
        page.changed.connect(self._flow.set_view)
        page.done.connect(self._flow.back)

    def look_up_scanned(self, code: str) -> None:
        """Look up a scanned code; ignore it while the visitor answers, or looks at their new number."""
        scene = self._flow.scene
        if scene.visit.screen in _SCANNED_ON and scene.notice is None:
            self._flow.look_up(code)

    def _ask_info(self, line: boards.ServiceQueue) -> None:
        self._flow.go(self._flow.scene.visit.asks_about(line.service.id))

    def _take_shown(self) -> None:
        service_id = self._flow.scene.visit.service_id
        if service_id is not None:
            self._flow.take(service_id)

    def _ask_ground(self) -> None:
        self._flow.go(self._flow.scene.visit.goes_to(Screen.GROUND))

    def _choose_ground(self, ground: ticket.PriorityReason) -> None:
        self._shell.helps.if_made(HelpPage.forget)
        self._flow.go(self._flow.scene.visit.declares(ground))

    def _choose_help(self, wanted: tuple[ticket.Help, ...]) -> None:
        if ticket.Help.WHEELCHAIR in wanted:
            self._flow.set_view(replace(self._flow.scene.view, low_reach=True))
        self._flow.go(self._flow.scene.visit.wants(wanted))

    def _switch_language(self, chosen: str) -> None:
        use_language(chosen)
        self._flow.changed.emit()
        self._flow.refresh()  # the board holds the office's own words in the language in which it was read

    def choose_nth(self, digit: int) -> None:
        """Choose a service by a digit of a keyboard, on the page of the services."""
        if self._shell.page is self._shell.home:
            self._shell.home.grid.choose_nth(digit)

    def _turn_pages(self, step: int) -> None:
        for page in self._shell.grid_pages:
            if self._shell.page is page:
                page.grid.turn(step)


# Pages that end without the question “Masih di sana?”: the officer's PIN, and those that only thank.
_ENDING_UNASKED = (Screen.PIN, Screen.THANKS, Screen.SURVEY_DONE)


class VisitorWait(QObject):
    """The watch that asks after a silent visitor and ends the visit: docs/screens.md, "Kiosk times".

    Signals:
        over: the visitor has gone.
        attention: a sound calls a visitor who does not look.
    """

    over = Signal()
    attention = Signal()

    def __init__(self, shell: KioskFrame, flow: KioskFlow, times: KioskTimes, usual_language: str) -> None:
        super().__init__(flow)
        self._shell, self._flow, self._times = shell, flow, times
        self._usual_look = (flow.scene.view, usual_language)
        self.patience = Patience(times.grace, self._wait, self)
        self.patience.asked.connect(self._ask)
        self.patience.over.connect(self.over)
        shell.taken.waiting.connect(self.begin)
        flow.calls.changed.connect(self.begin)
        shell.still_there.when_built(self._wire_question)

    def begin(self) -> None:
        """Begin the waiting time again after a tap or a new page.

        Do nothing while “Masih di sana?” is asked: the page of that question takes the answer.
        """
        if self._flow.scene.still_there is None:
            self.patience.restart()

    def _wire_question(self, page: StillTherePage) -> None:
        page.stayed.connect(self._stay)
        page.finished.connect(self.over)

    def _wait(self) -> Wait | None:
        scene, shell = self._flow.scene, self._shell
        if scene.summons is not None:
            return Wait(self._times.photo, questions=0)
        if scene.visit.screen is Screen.TAKEN:
            return None if shell.taken.has_paper else Wait(self._times.photo)
        idle = self._times.photo if scene.visit.screen is Screen.CALL else self._times.idle
        if scene.call is not None and scene.call.is_open:
            idle = self._times.helped
        if scene.holds_answers or shell.has_code:
            return Wait(idle, questions=2)
        is_untouched = scene.visit.is_at_start and (scene.view, language()) == self._usual_look
        return Wait(idle, questions=0 if is_untouched or scene.visit.screen in _ENDING_UNASKED else 1)

    def _ask(self, question: StillThere) -> None:
        self._flow.show_question(question)
        self.attention.emit()

    def _stay(self) -> None:
        self._flow.show_question(None)
        self.patience.restart()


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
        shell.code.when_built(lambda page: page.survey_entered.connect(self.begin))
        shell.survey.when_built(self._wire_question)
        shell.suggestion.when_built(lambda page: page.entered.connect(self._send))

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
            outage_words.no_code_error(visit.CodePurpose.SURVEY) if is_outage(error) else error
        )

    def _show(self, run: SurveyRun) -> None:
        self._flow.go(self._flow.scene.visit.surveys(run))

    def _answer(self, index: int) -> None:
        if self._run is not None:
            self._show(self._run.with_answer(index))

    def _skip(self) -> None:
        if self._run is not None:
            self._show(self._run.skip_profile())

    def _send(self, suggestion: str) -> None:
        if self._run is None or self._inquiry.is_busy:
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
            self._show(self._run.with_trouble(outage_words.survey_not_sent_words()))
        else:
            self._flow.refuse(error)


def find_survey(text: str, office: Office, _actor: Actor) -> survey.SurveyStart:
    return office.read(lambda tx: survey_operations.survey_start(tx, text, office.clock()))
