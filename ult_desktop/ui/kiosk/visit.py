"""The position of one visitor on the way to a number, and their answers so far."""

from dataclasses import dataclass, replace
from enum import Enum

from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.ui.kiosk.survey.survey_page import SurveyRun


class Screen(Enum):
    """A page that a visitor can be on."""

    HOME = "home"
    INFO = "info"
    WHOSE = "whose"
    GROUND = "ground"
    HELP = "help"
    OPTIONS = "options"
    LANGUAGE = "language"
    REFUSED = "refused"
    TAKEN = "taken"
    PIN = "pin"
    CALL = "call"
    MORE = "more"
    CODE = "code"
    FOUND = "found"
    BOOK = "book"
    THANKS = "thanks"
    SURVEY = "survey"
    SURVEY_SENDING = "survey_sending"
    SURVEY_DONE = "survey_done"


# Pages opened from any other, to which the way back leads.
ASIDE = (Screen.OPTIONS, Screen.LANGUAGE, Screen.CALL)


class CodePurpose(Enum):
    """The purpose for which a code is asked."""

    ANY = "any"
    NUMBER = "number"
    BOOK = "book"
    SURVEY = "survey"


@dataclass(frozen=True)
class KioskVisit:
    """The visit of one visitor; nothing of it is kept when they leave.

    Each method returns the visit after one step.

    Args:
        screen: the page shown.
        branch: the categories entered, outermost first.
        ground: why the visitor has priority, None for the usual queue.
        help: the kinds of help that a priority visitor wants.
        service_id: the service of which the page `INFO` or the question `WHOSE` is.
        page_before: the page from which display settings or languages were opened, or an officer called.
        purpose: the purpose for which a code is asked.
        survey: the visitor's progress in the survey.
    """

    screen: Screen = Screen.HOME
    branch: tuple[str, ...] = ()
    ground: PriorityReason | None = None
    help: tuple[Help, ...] = ()
    service_id: int | None = None
    page_before: Screen = Screen.HOME
    purpose: CodePurpose = CodePurpose.ANY
    survey: SurveyRun | None = None

    @property
    def is_at_start(self) -> bool:
        return self == KioskVisit()

    def goes_to(self, screen: Screen) -> "KioskVisit":
        return replace(self, screen=screen)

    def enters(self, category: str) -> "KioskVisit":
        return replace(self, branch=(*self.branch, category))

    def asks_about(self, service_id: int) -> "KioskVisit":
        return replace(self, screen=Screen.INFO, service_id=service_id)

    def asks_whose(self, service_id: int) -> "KioskVisit":
        return replace(self, screen=Screen.WHOSE, service_id=service_id)

    def declares(self, ground: PriorityReason) -> "KioskVisit":
        return replace(self, screen=Screen.HELP, ground=ground)

    def wants(self, help_wanted: tuple[Help, ...]) -> "KioskVisit":
        return replace(self, screen=Screen.HOME, help=help_wanted, branch=())

    def asks_code(self, purpose: CodePurpose) -> "KioskVisit":
        return replace(self, screen=Screen.CODE, purpose=purpose)

    def surveys(self, run: SurveyRun) -> "KioskVisit":
        return replace(self, screen=Screen.SURVEY, survey=run)

    def steps_aside(self, screen: Screen) -> "KioskVisit":
        """Return the visit at the settings, the languages or the call for an officer.

        The way back leads to the page on which the visitor was.
        """
        page_before = self.page_before if self.screen in ASIDE else self.screen
        return replace(self, screen=screen, page_before=page_before)

    def back(self) -> "KioskVisit":
        """Return the visit one step back; the first page stays."""
        if self.screen in ASIDE:
            return replace(self, screen=self.page_before, page_before=Screen.HOME)
        if self.screen is Screen.SURVEY and self.survey is not None:
            run = self.survey.back()
            return self.surveys(run) if run else KioskVisit().asks_code(CodePurpose.SURVEY)
        if self.screen in (Screen.INFO, Screen.WHOSE):
            return replace(self, screen=Screen.HOME, service_id=None)
        if self.screen is Screen.HELP:
            return KioskVisit(screen=Screen.GROUND)
        if self.screen is Screen.HOME and self.branch:
            return replace(self, branch=self.branch[:-1])
        if self.screen is Screen.HOME and self.ground is not None:
            return replace(self, screen=Screen.HELP)
        return KioskVisit()
