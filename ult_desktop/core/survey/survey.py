"""The records of the satisfaction survey (SKM): filled in once for a visit, anonymous towards the officers.

The respondent is protected so: one row (the token) says that a visit's survey was filled in. The answers are
in another row that has nothing of the visit: no ticket, officer, station or time, only the day, the service,
and a random id by which the rows are also ordered in the file, so that their sequence does not show whose
they are. Suggestions are in a third table under their month alone. The station's journal and the office's log
keep that a survey was filled in, but not what was answered. Results of a few respondents are withheld
(`SurveyRules.least_shown`).

This protection has limits. A person who copies the office file, or notes the results, before and after one
visitor can work out that visitor's answers. So can a person who reads the file when a service had one survey
on a day: service and day of the answers then point to the only token of that day. An officer who fills in for
a visitor or types in a paper form sees the answers, which are marked as assisted or paper. A suggestion may
betray who wrote it.
"""

import datetime
from enum import StrEnum

import msgspec

from ult_desktop.base import WordEnum
from ult_desktop.core.survey import form, index


class SurveyMode(StrEnum):
    """The way in which answers came. ASSISTED: an officer asked the visitor. OUTSIDE: a form on the web."""

    KIOSK = "kiosk"
    SCREEN = "screen"
    ASSISTED = "assisted"
    PAPER = "paper"
    OUTSIDE = "outside"


class TokenState(WordEnum):
    """The state of a visit's survey. OPEN: the visitor was pointed to it, or given its web address."""

    OPEN = "open", "sudah ditawarkan"
    FILLED = "filled", "sudah diisi"
    REFUSED = "refused", "menolak mengisi"
    CONFIRMED = "confirmed_outside", "diisi di luar"


class SurveyToken(msgspec.Struct, frozen=True, kw_only=True):
    """A survey's token, one for each visit. `at` UTC ms."""

    visit_id: int
    state: TokenState
    at: int


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """The answers about the respondent: keys of the choices, "" without an answer. No name."""

    jenis_kelamin: str = ""
    usia: str = ""
    pendidikan: str = ""
    pekerjaan: str = ""


class SurveyAnswers(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of a respondent: element key → 1..4."""

    answers: dict[str, int]
    profile: Profile = Profile()
    suggestion: str = ""


class OutsideAnswers(msgspec.Struct, frozen=True, kw_only=True):
    """Answers from a list of another form, `said` in the survey's own terms.

    `digest` is over the answers as they were read from the row, `whole` over all its cells ("": unknown). By
    either the office finds a row that was imported before.
    """

    digest: str
    whole: str = ""
    day: datetime.date
    said: SurveyAnswers
    service_id: int | None = None


class SurveyTicket(msgspec.Struct, frozen=True, kw_only=True):
    """A number whose visitor may fill in the survey."""

    ticket_id: int
    label: str
    service: str


class SurveyStart(msgspec.Struct, frozen=True, kw_only=True):
    """The number of a visitor who begins the survey, and the questions in the office's order."""

    ticket: SurveyTicket
    elements: tuple[form.Element, ...]
    profile: tuple[form.ProfileQuestion, ...]


class ProfileCount(msgspec.Struct, frozen=True, kw_only=True):
    """The number of respondents who chose one answer of the respondent block."""

    question: str
    choice: str
    respondents: int


class ServiceAnswers(msgspec.Struct, frozen=True, kw_only=True):
    """The number of answers to one element about one service, and their total; None: no service was named."""

    service_id: int | None
    element: str
    answers: int
    total: int


class SurveyResult(msgspec.Struct, frozen=True, kw_only=True):
    """The survey's numbers of a period, `first` and `last` included; `visits` is the sample's population."""

    first: str
    last: str
    respondents: int
    assisted: int
    visits: int
    totals: tuple[index.ElementTotal, ...]
    profile: tuple[ProfileCount, ...]
    tokens: dict[str, int]
