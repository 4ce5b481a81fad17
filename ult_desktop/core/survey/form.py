"""The questionnaire of the satisfaction survey (SKM, PermenPANRB 14/2017) as data."""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from msgspec import Meta, Struct

from ult_desktop.base import _
from ult_desktop.core.office.template import ElementOrder, Filled, ProfileKey, Words

Key = Annotated[str, Meta(pattern=r"^[a-z][a-z_]*$", description="huruf kecil tanpa spasi, misalnya sarana")]
Bound = Annotated[str, Meta(pattern=r"^\d{1,3}\.\d\d$", description="bilangan seperti 88.31")]
HIGHEST = 4  # the value of an element's best answer; the worst is 1


class Element(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An element (unsur), one of nine: its question, and its four answers from worst to best."""

    key: Key
    name: Words
    question: Words
    answers: Annotated[tuple[Words, ...], Meta(min_length=4, max_length=4)]
    icon: Filled = "circle-question-mark"


class Grade(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A grade of the service (mutu pelayanan); `least` is the lowest index of it, with two decimals."""

    letter: Filled
    least: Bound
    name: Words

    @property
    def bound(self) -> Decimal:
        """The lowest index of the grade, as a number."""
        return Decimal(self.least)


class ProfileChoice(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An answer about the respondent. A key such as 17-25 is an age from 17 to 25 years."""

    key: Filled
    name: Words


class ProfileQuestion(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A question about the respondent, never who they are. Its key is a field of `survey.Profile`."""

    key: ProfileKey
    name: Words
    choices: Annotated[tuple[ProfileChoice, ...], Meta(min_length=2)]

    def choice_for(self, words: str) -> str | None:
        """Return the key of the choice with this key, name, or number in its range; None for no choice."""
        folded = words.strip().casefold()
        for choice in self.choices:
            if folded in (
                choice.key.casefold(),
                choice.name.indonesian.casefold(),
                choice.name.en.casefold(),
            ):
                return choice.key
        return next((choice.key for choice in self.choices if _is_in_range(folded, choice.key)), None)


class Questionnaire(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The whole survey. Keys are stable; the order in which the elements are shown is the office's.

    Raises ValueError when its parts contradict each other.
    """

    id: Filled
    version: Annotated[int, Meta(ge=1)]
    title: Words
    source: Filled
    elements: Annotated[tuple[Element, ...], Meta(min_length=1)]
    form_order: tuple[Key, ...]
    grades: Annotated[tuple[Grade, ...], Meta(min_length=1)]
    profile: tuple[ProfileQuestion, ...] = ()

    def __post_init__(self) -> None:
        keys = [element.key for element in self.elements]
        if len(set(keys)) < len(keys):
            raise ValueError(_("setiap unsur butuh kunci sendiri"))
        if sorted(self.form_order) != sorted(keys):
            raise ValueError(_("form_order harus menyebut setiap unsur sekali"))
        if any(upper.bound <= lower.bound for upper, lower in pairwise(self.grades)):
            raise ValueError(_("mutu harus berurutan dari yang tertinggi"))
        profile_keys = [question.key for question in self.profile]
        if len(set(profile_keys)) < len(profile_keys):
            raise ValueError(_("setiap data responden butuh kunci sendiri"))

    @property
    def edition(self) -> str:
        """The edition under which an answer is filed."""
        return f"{self.id}/{self.version}"

    def ordered(self, order: ElementOrder) -> tuple[Element, ...]:
        """Return the elements as the regulation lists them, or as its model questionnaire asks them."""
        if order == "unsur":
            return self.elements
        return tuple(self.element(key) for key in self.form_order)

    def profile_questions(self, keys: tuple[ProfileKey, ...]) -> tuple[ProfileQuestion, ...]:
        """Return the questions about respondents with these keys, in the questionnaire's order."""
        return tuple(question for question in self.profile if question.key in keys)

    def element(self, key: str) -> Element:
        return next(element for element in self.elements if element.key == key)

    def grade_of(self, index: Decimal) -> Grade:
        """Return the grade of an index that is rounded to two decimals; the lowest below all bounds."""
        return next((grade for grade in self.grades if index >= grade.bound), self.grades[-1])


def _is_in_range(years: str, key: str) -> bool:
    """Return whether a number is in the range of a key such as "17-25"; False for another key."""
    least, dash, most = key.partition("-")
    if not (dash and least.isdecimal() and most.isdecimal() and years.isdecimal() and years.isascii()):
        return False
    return int(least) <= int(years) <= int(most)
