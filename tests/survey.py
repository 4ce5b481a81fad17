"""Answers to the satisfaction survey for every test of it: all alike, or the ten of the worked example."""

from ult_desktop.core.survey.survey import Profile, SurveyAnswers
from ult_desktop.operations.survey.answer_lists import questionnaire

KEYS = tuple(element.key for element in questionnaire().elements)
# PermenPANRB 14/2017 worked by hand: ten respondents, the elements in the regulation's order.
TEN = (
    "444444444", "333433433", "433434433", "332433342", "343443433",
    "433433333", "334434443", "322433322", "443444443", "333433334",
)  # fmt: skip


def answers(values: str) -> dict[str, int]:
    return {key: int(value) for key, value in zip(KEYS, values, strict=True)}


def said(values: str = "444444444", suggestion: str = "", **profile: str) -> SurveyAnswers:
    return SurveyAnswers(answers=answers(values), profile=Profile(**profile), suggestion=suggestion)


OWN_HEADS = ("Stempel waktu", *(f"Pertanyaan {n}" for n in range(1, 10)), "Asal")
"""The heads of a form that an office made by itself: its questions tell nothing."""


def own_list(asked: int = 10) -> str:
    """Its answers as a web form saves them (CSV)."""
    lines = (
        f"2026/11/{20 - n} 10:00:00 AM GMT+8,{','.join(row)},Tarakan" for n, row in enumerate(TEN[:asked])
    )
    return "\n".join((",".join(OWN_HEADS), *lines))
