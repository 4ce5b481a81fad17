"""The survey at the kiosk: its questions, answers and words, and the page that shows a question."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _, language
from ult_desktop.core.survey import survey
from ult_desktop.core.survey.form import Element, ProfileQuestion
from ult_desktop.ui.kiosk.parts import choices, notices
from ult_desktop.ui.kiosk.parts.card_grid import CardGrid
from ult_desktop.ui.kiosk.parts.targets import Pager, TargetRow, set_button_words
from ult_desktop.ui.kiosk.typing.question_band import QuestionBand
from ult_desktop.ui.kiosk.typing.typing_page import Typing
from ult_desktop.ui.kit import Column, Theme, widgets

_ROOMY = 30  # times the height of its words: wide enough for the words of all buttons


@dataclass(frozen=True)
class SurveyRun:
    """The progress in the survey.

    Every question is a page: the elements, the questions about the respondent, the suggestion.

    The questions about the respondent come after the elements, because a visitor who has judged the service
    answers more of them than one who is asked at the start.

    Args:
        start: the survey of the visitor's number.
        step: the index of the question asked now, from 0.
        profile: the answers about the respondent, by the question's key; skipped questions have none.
        values: the answers about the service, 1 (worst) to 4, by the element's key.
        trouble: why the answers could not be sent, in words.
    """

    start: survey.SurveyStart
    step: int = 0
    profile: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, int], ...] = ()
    trouble: str = ""

    @property
    def question(self) -> ProfileQuestion | Element | None:
        """The question asked now; None when all is answered and a suggestion may be written."""
        questions: tuple[ProfileQuestion | Element, ...] = (*self.start.elements, *self.start.profile)
        return questions[self.step] if self.step < len(questions) else None

    @property
    def total(self) -> int:
        """The number of questions, without the suggestion."""
        return len(self.start.elements) + len(self.start.profile)

    def with_answer(self, index: int) -> "SurveyRun":
        """Return the run with the answer of that index on the page, from 0; the next question follows."""
        question = self.question
        if isinstance(question, ProfileQuestion):
            profile = {**dict(self.profile), question.key: question.choices[index].key}
            return replace(self, step=self.step + 1, profile=tuple(profile.items()))
        if isinstance(question, Element):
            values = {**dict(self.values), question.key: index + 1}
            return replace(self, step=self.step + 1, values=tuple(values.items()))
        return self

    def skip_profile(self) -> "SurveyRun":
        """Return the run without the rest of the questions about the respondent; no element is left out."""
        asks_profile = isinstance(self.question, ProfileQuestion)
        return replace(self, step=self.total) if asks_profile else self

    def back(self) -> "SurveyRun | None":
        """Return the run at the question before; None before the first."""
        return replace(self, step=self.step - 1, trouble="") if self.step else None

    def with_trouble(self, why: str) -> "SurveyRun":
        """Return the run with the reason why its answers were not sent.

        They are kept and can be sent again.
        """
        return replace(self, trouble=why)

    def earlier_answer(self) -> int | None:
        """Return the index of the answer given to this question earlier, from 0; None without one."""
        question = self.question
        if isinstance(question, Element):
            return next((value - 1 for key, value in self.values if key == question.key), None)
        if isinstance(question, ProfileQuestion):
            keys = [choice.key for choice in question.choices]
            return next((keys.index(answer) for key, answer in self.profile if key == question.key), None)
        return None

    def answers(self, suggestion: str) -> survey.SurveyAnswers:
        return survey.SurveyAnswers(
            answers=dict(self.values), profile=survey.Profile(**dict(self.profile)), suggestion=suggestion
        )


# From the worst to the best answer: a face says it to those who read little.
_MOODS = (("frown", "pink"), ("annoyed", "amber"), ("smile", "teal"), ("laugh", "green"))
_LONGEST = 300  # letters of a suggestion that is typed with a finger
_ICON_OF_QUESTION = {
    "jenis_kelamin": "users",
    "usia": "cake",
    "pendidikan": "graduation-cap",
    "pekerjaan": "briefcase",
}
_ICON_OF_CHOICE = {
    "L": "mars",
    "P": "venus",
    "0-16": "school",
    "17-25": "graduation-cap",
    "26-35": "laptop",
    "36-45": "briefcase",
    "46-55": "house",
    "56-120": "armchair",
    "SD": "pen-line",
    "SMP": "notebook-pen",
    "SMA": "school",
    "D": "book-open",
    "S1": "graduation-cap",
    "S2": "library",
    "S3": "award",
    "PNS": "landmark",
    "TNI": "shield",
    "POLRI": "shield-check",
    "Swasta": "building-2",
    "Wirausaha": "store",
    "Lainnya": "ellipsis",
}
_TINTS = ("blue", "violet", "teal", "slate", "orange", "pink", "amber", "green")


def survey_faces(run: SurveyRun) -> tuple[choices.Face, ...]:
    """Return the answers of the question asked now as cards; a tick marks the one given earlier."""
    question = run.question
    if question is None:
        return ()
    earlier = run.earlier_answer()
    if isinstance(question, Element):
        looks = [
            (answer.within(language()), *mood) for answer, mood in zip(question.answers, _MOODS, strict=True)
        ]
    else:
        looks = [
            (
                choice.name.within(language()),
                _ICON_OF_CHOICE.get(choice.key, _ICON_OF_QUESTION[question.key]),
                _TINTS[place % len(_TINTS)],
            )
            for place, choice in enumerate(question.choices)
        ]
    return tuple(
        choices.Face(title=words, name=words, icon=icon, tint=tint, badge="✓" if place == earlier else "")
        for place, (words, icon, tint) in enumerate(looks)
    )


def survey_heading(run: SurveyRun) -> tuple[str, str]:
    """Return the title and the sentence of the page."""
    question = run.question
    if isinstance(question, ProfileQuestion):
        return question.name.within(language()), _("Tanpa nama, dan boleh dilewati.")
    if isinstance(question, Element):
        return question.question.within(language()), _("Petugas tidak melihat jawaban Anda.")
    return _("Ada saran untuk kami?"), _("Boleh dikosongkan. Jangan tulis nama Anda.")


def survey_picture(run: SurveyRun) -> tuple[str, str]:
    """Return the icon of the page and its tint."""
    question = run.question
    if isinstance(question, ProfileQuestion):
        return _ICON_OF_QUESTION[question.key], "blue"
    return ("smile", "green") if question is not None else ("messages-square", "teal")


def survey_place(run: SurveyRun) -> tuple[int, int] | None:
    """Return the number of the question asked and of all questions; None after the last."""
    return (run.step + 1, run.total) if run.question is not None else None


def suggestion_question(run: SurveyRun) -> Typing:
    """Return the page after the last question, which asks for a suggestion."""
    title, hint = survey_heading(run)
    return Typing(
        about=("survey", run.start.ticket.ticket_id),
        title=title,
        hint=hint,
        verb=_("Kirim"),
        skip=_("Kirim"),  # an empty suggestion is sent as well
        picture=survey_picture(run),
        trouble=run.trouble,
        longest=_LONGEST,
    )


def survey_thanks_notice() -> notices.Notice:
    return notices.Notice(
        "heart-handshake",
        "green",
        _("Terima kasih atas penilaian Anda"),
        (_("Masukan Anda membantu kami meningkatkan pelayanan."), _("Petugas tidak melihat jawaban Anda.")),
        _("Selesai"),
    )


def survey_sending_notice() -> notices.Notice:
    return notices.Notice("hourglass", "blue", _("Menyimpan jawaban Anda…"), (_("Mohon tunggu sebentar."),))


class SurveyQuestionPage(QWidget):
    """The page of a survey question. It fills the screen; one tap answers and goes on.

    Signals:
        answered: the index of the answer, from 0.
        skip_requested, stop_requested: the button was touched.
    """

    answered = Signal(int)
    skip_requested = Signal()
    stop_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._low = theme, False
        self.band = QuestionBand(theme, hero=False)
        self.grid = CardGrid(theme)
        self.stop_button = widgets.Button(theme, icon_name="x")
        self.skip_button = widgets.Button(theme, icon_name="skip-forward")
        self.pager = Pager(theme)
        self.grid.chosen.connect(self.answered)
        self.grid.page_changed.connect(lambda: self.pager.show_page(self.grid.page, self.grid.pages))
        self.pager.turn_requested.connect(self.grid.turn)
        self.stop_button.clicked.connect(self.stop_requested)
        self.skip_button.clicked.connect(self.skip_requested)
        column = Column(theme, self)
        column.addWidget(self.band, 1)
        cards = Column(theme, margins=(44, 12, 44, 0))
        cards.addWidget(self.grid, 1)
        column.addLayout(cards, 2)
        row = TargetRow(theme, margins=(56, 16, 56, 12))
        row.addWidget(self.stop_button)
        row.addStretch(1)
        row.addWidget(self.pager)
        row.addWidget(self.skip_button)
        column.addLayout(row)

    def show_run(self, run: SurveyRun, *, low: bool) -> None:
        """Show the question. `low`: it fills the upper half, and all targets are in the lower one."""
        self._low = low
        self.grid.page = 0
        self.band.show_question(*survey_heading(run), survey_place(run), survey_picture(run))
        self.grid.show_faces(survey_faces(run))
        self.skip_button.setVisible(isinstance(run.question, ProfileQuestion))
        self._make_room()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Give the band the upper half of the screen while `low`, and drop words that have no room."""
        half = self.window().height() // 2 - self.mapTo(self.window(), self.rect().topLeft()).y()
        self.band.setMinimumHeight(half if self._low else 0)
        roomy = self.width() >= _ROOMY * self._theme.text("body")
        for button, words in ((self.stop_button, _("Berhenti")), (self.skip_button, _("Lewati"))):
            set_button_words(button, words)
            if not roomy:
                button.setText("")  # its icon and accessible name stay
