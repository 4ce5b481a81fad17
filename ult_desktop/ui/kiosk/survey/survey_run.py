"""The visitor's progress in the survey, and their answers so far. Nothing of it outlives the visit."""

from dataclasses import dataclass, replace

from ult_desktop.core.survey import form, survey


@dataclass(frozen=True)
class SurveyRun:
    """The progress in the survey.

    Every question is a page: the elements, the questions about the respondent, the suggestion.

    The questions about the respondent come after the elements, because a visitor who has judged the service
    answers more of them than one who is asked at the start.

    `profile` and `values` hold the answers by key; a page that was left open has none. `trouble` is why they
    could not be sent.
    """

    start: survey.SurveyStart
    step: int = 0
    profile: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, int], ...] = ()
    trouble: str = ""

    @property
    def question(self) -> form.ProfileQuestion | form.Element | None:
        """The question asked now; None when all is answered and a suggestion may be written."""
        asked: tuple[form.ProfileQuestion | form.Element, ...] = (*self.start.elements, *self.start.profile)
        return asked[self.step] if self.step < len(asked) else None

    @property
    def total(self) -> int:
        """The number of questions, without the suggestion."""
        return len(self.start.elements) + len(self.start.profile)

    def answered(self, index: int) -> "SurveyRun":
        """Return the run with the answer of that index on the page, from 0; the next question follows."""
        asked = self.question
        if isinstance(asked, form.ProfileQuestion):
            given = (*(pair for pair in self.profile if pair[0] != asked.key),)
            return replace(self, step=self.step + 1, profile=(*given, (asked.key, asked.choices[index].key)))
        if isinstance(asked, form.Element):
            kept = tuple(pair for pair in self.values if pair[0] != asked.key)
            return replace(self, step=self.step + 1, values=(*kept, (asked.key, index + 1)))
        return self

    def skipped(self) -> "SurveyRun":
        """Return the run without the rest of the questions about the respondent; no element is left out."""
        asks_profile = isinstance(self.question, form.ProfileQuestion)
        return replace(self, step=self.total) if asks_profile else self

    def back(self) -> "SurveyRun | None":
        """Return the run at the question before; None before the first."""
        return replace(self, step=self.step - 1, trouble="") if self.step else None

    def not_sent(self, why: str) -> "SurveyRun":
        """Return the run with the reason why its answers were not sent.

        They are kept and can be sent again.
        """
        return replace(self, trouble=why)

    def chosen(self) -> int | None:
        """Return the answer that was given here before the visitor came back, from 0."""
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
