"""The code of a paper form: its answers as one line of digits, by which many forms are typed in quickly."""

import msgspec

from ult_desktop.base import UserError, _, language
from ult_desktop.core.office.template import SurveyRules
from ult_desktop.core.survey.form import HIGHEST, Questionnaire
from ult_desktop.core.survey.survey import Profile, SurveyAnswers

OPEN = "0"  # the digit of a question that was not answered
_BETWEEN = " .-/"  # may stand between digits


class CodedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the form, and the answer that the digit at its place stands for; "" without a digit."""

    question: str
    answer: str


def read_code(form: Questionnaire, rules: SurveyRules, typed: str, suggestion: str = "") -> SurveyAnswers:
    """Read a digit for each element in the order of the printed form, then one for each respondent question.

    The respondent's digits may be missing; 0 is what was left open.

    Raises:
        UserError: a digit is missing, or none of the choices.
    """
    digits = _digits(typed)
    elements, asked = form.ordered(rules.order), form.asked_about(rules.profile)
    if not digits.isdecimal() or len(digits) not in (len(elements), len(elements) + len(asked)):
        raise _unreadable(
            _("{n} angka unsur, lalu {m} angka responden jika ada.").format(n=len(elements), m=len(asked))
        )
    choices = [HIGHEST] * len(elements) + [len(question.choices) for question in asked]
    for place, (digit, most) in enumerate(zip(digits, choices, strict=False), 1):
        if int(digit) > most:
            raise _unreadable(
                _("Angka ke-{place} paling besar {most}; 0 untuk yang tidak diisi.").format(
                    place=place, most=most
                )
            )
    values = {
        element.key: int(digit) for element, digit in zip(elements, digits, strict=False) if digit != OPEN
    }
    if not values:
        raise _unreadable(_("Isi paling sedikit satu unsur."))
    chosen = {
        question.key: question.choices[int(digit) - 1].key
        for question, digit in zip(asked, digits[len(elements) :], strict=False)
        if digit != OPEN
    }
    return SurveyAnswers(answers=values, profile=Profile(**chosen), suggestion=suggestion)


def read_back(form: Questionnaire, rules: SurveyRules, typed: str) -> tuple[CodedAnswer, ...]:
    """Return each question with the answer that the digits typed so far give it."""
    digits = _digits(typed)
    shown_in = language()
    questions = [(element.name, element.answers) for element in form.ordered(rules.order)] + [
        (question.name, tuple(choice.name for choice in question.choices))
        for question in form.asked_about(rules.profile)
    ]
    return tuple(
        CodedAnswer(
            question=name.within(shown_in),
            answer=_answer(digits[place : place + 1], [choice.within(shown_in) for choice in choices]),
        )
        for place, (name, choices) in enumerate(questions)
    )


def _answer(digit: str, choices: list[str]) -> str:
    if not digit:
        return ""
    if digit == OPEN:
        return _("tidak diisi")
    known = digit.isdecimal() and int(digit) <= len(choices)
    return f"{digit} {choices[int(digit) - 1]}" if known else _("{digit} tidak ada").format(digit=digit)


def _digits(typed: str) -> str:
    return "".join(each for each in typed if each not in _BETWEEN)


def _unreadable(what_to_do: str) -> UserError:
    return UserError(_("Kode formulir tidak terbaca."), _("Tidak ada yang tersimpan."), what_to_do)
