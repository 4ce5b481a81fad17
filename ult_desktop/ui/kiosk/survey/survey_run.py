"""Where a visitor is in the survey, and what was answered so far. Nothing of it outlives the visit."""

from dataclasses import dataclass, replace

from ult_desktop.base import _, language
from ult_desktop.core.survey import form, survey
from ult_desktop.core.survey.form import Element, ProfileQuestion
from ult_desktop.ui.kiosk.parts import choices
from ult_desktop.ui.kiosk.typing.typing_page import Typing


@dataclass(frozen=True)
class SurveyRun:
    """Every question is a page: first those about the respondent, then the elements, then the suggestion.

    `profile` and `values` hold the answers by key; a page that was left open has none. `trouble` is why
    they could not be sent.
    """

    start: survey.SurveyStart
    step: int = 0
    profile: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, int], ...] = ()
    trouble: str = ""

    @property
    def question(self) -> form.ProfileQuestion | form.Element | None:
        """What is asked now; None when all is answered and a suggestion may be written."""
        asked: tuple[form.ProfileQuestion | form.Element, ...] = (*self.start.profile, *self.start.elements)
        return asked[self.step] if self.step < len(asked) else None

    @property
    def place(self) -> int:
        """Which of the elements is asked, from 1; 0 before the first."""
        return max(0, self.step - len(self.start.profile) + 1)

    def answered(self, index: int) -> "SurveyRun":
        """The answer with that place on the page, from 0; the next question follows."""
        asked = self.question
        if isinstance(asked, form.ProfileQuestion):
            given = (*(pair for pair in self.profile if pair[0] != asked.key),)
            return replace(self, step=self.step + 1, profile=(*given, (asked.key, asked.choices[index].key)))
        if isinstance(asked, form.Element):
            kept = tuple(pair for pair in self.values if pair[0] != asked.key)
            return replace(self, step=self.step + 1, values=(*kept, (asked.key, index + 1)))
        return self

    def skipped(self) -> "SurveyRun":
        """Without the rest of the questions about the respondent; of the elements none is left out."""
        return replace(self, step=max(self.step, len(self.start.profile)))

    def back(self) -> "SurveyRun | None":
        """The question before; None before the first."""
        return replace(self, step=self.step - 1, trouble="") if self.step else None

    def not_sent(self, why: str) -> "SurveyRun":
        """The answers are still here, and can be sent again."""
        return replace(self, trouble=why)

    def chosen(self) -> int | None:
        """What was answered here before the visitor came back, from 0."""
        asked = self.question
        if isinstance(asked, form.Element):
            return next((value - 1 for key, value in self.values if key == asked.key), None)
        if isinstance(asked, form.ProfileQuestion):
            keys = [choice.key for choice in asked.choices]
            return next((keys.index(said) for key, said in self.profile if key == asked.key), None)
        return None

    def said(self, suggestion: str) -> survey.SurveyAnswers:
        return survey.SurveyAnswers(
            answers=dict(self.values), profile=survey.Profile(**dict(self.profile)), suggestion=suggestion
        )


# From the worst to the best answer: a face says it to those who read little.
_MOODS = (("frown", "pink"), ("annoyed", "amber"), ("smile", "teal"), ("laugh", "green"))
_LONGEST = 300  # letters of a suggestion that is typed with a finger
_PLAIN = {"jenis_kelamin": "users", "usia": "cake", "pendidikan": "graduation-cap", "pekerjaan": "briefcase"}
_TINTS = ("blue", "violet", "teal", "slate", "orange", "pink", "amber", "green")


def survey_faces(run: SurveyRun) -> tuple[choices.Face, ...]:
    """The answers of the question now asked, the one given before as chosen."""
    asked = run.question
    if asked is None:
        return ()
    before = run.chosen()
    if isinstance(asked, Element):
        looks = [
            (answer.within(language()), *mood) for answer, mood in zip(asked.answers, _MOODS, strict=True)
        ]
    else:
        icon = _PLAIN[asked.key]
        looks = [
            (choice.name.within(language()), icon, _TINTS[place % len(_TINTS)])
            for place, choice in enumerate(asked.choices)
        ]
    return tuple(
        choices.Face(title=words, name=words, icon=icon, tint=tint, badge="✓" if place == before else "")
        for place, (words, icon, tint) in enumerate(looks)
    )


def survey_heading(run: SurveyRun) -> tuple[str, str]:
    """Title and sentence of the page."""
    asked = run.question
    if isinstance(asked, ProfileQuestion):
        return asked.name.within(language()), _("Tanpa nama, dan boleh dilewati.")
    if isinstance(asked, Element):
        return asked.question.within(language()), _("Petugas tidak melihat jawaban Anda.")
    return _("Ada saran untuk kami?"), _("Boleh dikosongkan. Jangan tulis nama Anda.")


def survey_picture(run: SurveyRun) -> tuple[str, str]:
    """The icon of the page and its tint."""
    asked = run.question
    if isinstance(asked, ProfileQuestion):
        return _PLAIN[asked.key], "blue"
    return ("smile", "green") if asked is not None else ("messages-square", "teal")


def survey_place(run: SurveyRun) -> tuple[int, int] | None:
    """Which of the elements is asked; None before the first."""
    return (run.place, len(run.start.elements)) if run.place else None


def suggestion_asked(run: SurveyRun) -> Typing:
    """The page after the last question."""
    title, hint = survey_heading(run)
    return Typing(
        about=("survey", run.start.ticket.ticket_id),
        title=title,
        hint=hint,
        verb=_("Kirim"),
        skip=_("Kirim"),
        picture=survey_picture(run),
        trouble=run.trouble,
        longest=_LONGEST,
    )
