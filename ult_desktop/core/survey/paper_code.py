"""The code of a paper form: its answers as one line of digits, by which many forms are typed in quickly."""

import msgspec

from ult_desktop.base import UserError, _, language
from ult_desktop.core.office.template import SurveyRules
from ult_desktop.core.survey.form import HIGHEST, Questionnaire
from ult_desktop.core.survey.survey import Profile, SurveyAnswers

UNANSWERED = "0"  # the digit of a question without an answer
_SEPARATORS = " .-/"  # allowed between digits


class CodedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the form, and the answer that the digit at its place stands for; "" without a digit."""

    question: str
    answer: str


def read_code(form: Questionnaire, rules: SurveyRules, typed: str, suggestion: str = "") -> SurveyAnswers:
    """Read a digit for each element in the order of the printed form, then one for each respondent question.

    The digits for the respondent may be missing altogether; 0 is a question without an answer.

    Raises:
        UserError: a digit is missing, or none of the choices.
    """
    digits = _without_separators(typed)
    elements, questions = form.ordered(rules.order), form.profile_questions(rules.profile)
    if not digits.isdecimal() or len(digits) not in (len(elements), len(elements) + len(questions)):
        raise _unreadable(
            _("{n} angka unsur, lalu {m} angka responden jika ada.").format(n=len(elements), m=len(questions))
        )
    choices = [HIGHEST] * len(elements) + [len(question.choices) for question in questions]
    for place, (digit, most) in enumerate(zip(digits, choices, strict=False), 1):
        if int(digit) > most:
            raise _unreadable(
                _("Angka ke-{place} paling besar {most}; 0 untuk yang tidak diisi.").format(
                    place=place, most=most
                )
            )
    values = {
        element.key: int(digit)
        for element, digit in zip(elements, digits, strict=False)
        if digit != UNANSWERED
    }
    if not values:
        raise _unreadable(_("Isi paling sedikit satu unsur."))
    chosen = {
        question.key: question.choices[int(digit) - 1].key
        for question, digit in zip(questions, digits[len(elements) :], strict=False)
        if digit != UNANSWERED
    }
    return SurveyAnswers(answers=values, profile=Profile(**chosen), suggestion=suggestion)


def answers_so_far(form: Questionnaire, rules: SurveyRules, typed: str) -> tuple[CodedAnswer, ...]:
    """Return each question with the answer that its digit stands for, of the digits typed so far."""
    digits = _without_separators(typed)
    code = language()
    questions = [(element.name, element.answers) for element in form.ordered(rules.order)] + [
        (question.name, tuple(choice.name for choice in question.choices))
        for question in form.profile_questions(rules.profile)
    ]
    return tuple(
        CodedAnswer(
            question=name.within(code),
            answer=_answer_words(digits[place : place + 1], [choice.within(code) for choice in choices]),
        )
        for place, (name, choices) in enumerate(questions)
    )


def _answer_words(digit: str, choices: list[str]) -> str:
    if not digit:
        return ""
    if digit == UNANSWERED:
        return _("tidak diisi")
    is_choice = digit.isdecimal() and int(digit) <= len(choices)
    return f"{digit} {choices[int(digit) - 1]}" if is_choice else _("{digit} tidak ada").format(digit=digit)


def _without_separators(typed: str) -> str:
    return "".join(letter for letter in typed if letter not in _SEPARATORS)


def _unreadable(what_to_do: str) -> UserError:
    return UserError(_("Kode formulir tidak terbaca."), _("Tidak ada yang tersimpan."), what_to_do)
