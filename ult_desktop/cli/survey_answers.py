"""The options of a survey's answers at the command line, and what they say."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ult_desktop.base.errors import UserError
from ult_desktop.core.survey.form import HIGHEST
from ult_desktop.core.survey.survey import Profile, SurveyAnswers
from ult_desktop.operations.survey.answer_lists import questionnaire

F = TypeVar("F", bound=Callable[..., Any])


def answers_option(function: F) -> F:
    """`--answer KEY=VALUE` for the elements, one option for each question about the respondent."""
    options = [
        click.option("--answer", "answers", multiple=True, required=True, metavar="UNSUR=1..4"),
        click.option("--suggestion", default="", help="Saran atau masukan."),
        *(
            click.option(f"--{question.key.replace('_', '-')}", question.key, default="")
            for question in questionnaire().profile
        ),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def parse_answers(**said: str | tuple[str, ...]) -> SurveyAnswers:
    """Raises UserError for an element, a value or a choice that the questionnaire does not have."""
    answers = dict(_pair(text) for text in said.pop("answers"))
    suggestion = str(said.pop("suggestion"))
    profile = {key: _choice(key, str(text)) for key, text in said.items()}
    return SurveyAnswers(answers=answers, profile=Profile(**profile), suggestion=suggestion)


def _pair(text: str) -> tuple[str, int]:
    key, sign, value = text.partition("=")
    keys = [element.key for element in questionnaire().elements]
    if key not in keys or not sign or value not in map(str, range(1, HIGHEST + 1)):
        raise UserError(
            f"“{text}” bukan jawaban survei.",
            "Tidak ada yang berubah.",
            f"Tulis unsur=1..{HIGHEST}; unsurnya: {', '.join(keys)}.",
        )
    return key, int(value)


def _choice(key: str, text: str) -> str:
    question = next(each for each in questionnaire().profile if each.key == key)
    found = question.holding(text) if text else ""
    if found is None:
        raise UserError(
            f"“{text}” bukan pilihan untuk {question.name.id}.",
            "Tidak ada yang berubah.",
            f"Yang ada: {', '.join(choice.key for choice in question.choices)}.",
        )
    return found
