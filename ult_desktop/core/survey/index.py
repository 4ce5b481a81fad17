"""The index of the satisfaction survey (IKM), and how many respondents it needs."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import msgspec

from ult_desktop.core.figures.period import Span
from ult_desktop.core.survey.form import Grade, Questionnaire

# No shorter period: suggestions are filed under their month alone.
SURVEY_SPANS = (Span.MONTH, Span.QUARTER, Span.YEAR)
SMALLEST_POPULATION = 10  # the smallest population of the regulation's table; of a smaller one, all are asked
_TO_HUNDRED = 25  # an average of 4 is an index of 100
# The terms of the regulation's formula for the sample, in `sample_size`.
_CHI_SQUARED = Fraction("3.841")
_SPREAD = Fraction("0.25")  # P · (1 - P) at P = 0.5
_ERROR_SQUARED = Fraction("0.0025")  # d = 0.05


class ElementTotal(msgspec.Struct, frozen=True, kw_only=True):
    """The sum of an element's answers: how many there are, and the total of their values (1..4)."""

    element: str
    answers: int
    total: int


class ElementIndex(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an element. `average` is NRR to four decimals; None where nobody answered."""

    element: str
    answers: int
    total: int
    average: Decimal | None
    index: Decimal | None
    grade: Grade | None


class SurveyIndex(msgspec.Struct, frozen=True, kw_only=True):
    """The index of the office. It is None while an element has no answer at all, for that would count as 0.

    `lowest` are the keys of the elements with the lowest index, for which improvements are planned.
    """

    elements: tuple[ElementIndex, ...]
    index: Decimal | None
    grade: Grade | None
    lowest: tuple[str, ...]


def half_up(value: Fraction, digits: int = 2) -> Decimal:
    """Round to `digits` decimals, a half upwards; a fraction, because a float of 83.805 is rounded down."""
    scale = 10**digits
    return Decimal(int(value * scale + Fraction(1, 2))).scaleb(-digits)


def weight_of(setting: str, elements: int) -> Fraction:
    """Return the weight (bobot): for "1/9" exactly 1 / `elements`; a decimal ("0.111") as it is written."""
    return Fraction(1, elements) if "/" in setting else Fraction(setting)


def survey_index(
    form: Questionnaire, totals: Iterable[ElementTotal], weight: Fraction | None = None
) -> SurveyIndex:
    """Return the index: Σ (NRR · weight) · 25.

    The NRR of an element is the average of its own answers; a missing answer does not count as 0. `weight` is
    that of one element, None for 1 / (number of elements).
    """
    by_element = {total.element: total for total in totals}
    averages: dict[str, Fraction] = {}  # of the elements that somebody answered
    elements = []
    for element in form.elements:
        total = by_element.get(element.key, ElementTotal(element=element.key, answers=0, total=0))
        if total.answers:
            averages[element.key] = Fraction(total.total, total.answers)
        elements.append(_element(form, total, averages.get(element.key)))
    lowest = min(averages.values(), default=None)
    # Exactly 1/9 by default: with 0.111 the highest index would be 99.9 (docs/domain.md, A4).
    element_weight = Fraction(1, len(elements)) if weight is None else weight
    # Rounded before it is graded, since the regulation's bounds have gaps (docs/domain.md, A16).
    index = half_up(sum(averages.values(), Fraction(0)) * element_weight * _TO_HUNDRED)
    all_answered = len(averages) == len(elements)
    return SurveyIndex(
        elements=tuple(elements),
        index=index if all_answered else None,
        grade=form.grade_of(index) if all_answered else None,
        lowest=tuple(key for key, average in averages.items() if average == lowest),
    )


def _element(form: Questionnaire, total: ElementTotal, average: Fraction | None) -> ElementIndex:
    index = None if average is None else half_up(average * _TO_HUNDRED)
    return ElementIndex(
        element=total.element,
        answers=total.answers,
        total=total.total,
        average=None if average is None else half_up(average, 4),
        index=index,
        grade=None if index is None else form.grade_of(index),
    )


def sample_size(population: int) -> int:
    """Return how many respondents the regulation wants for a period with `population` service recipients.

    n = χ²·N·P·(1-P) / (d²·(N-1) + χ²·P·(1-P)), rounded half-up: this gives all 90 rows of its table.
    """
    if population < SMALLEST_POPULATION:
        return population
    numerator = _CHI_SQUARED * population * _SPREAD
    denominator = _ERROR_SQUARED * (population - 1) + _CHI_SQUARED * _SPREAD
    return int(half_up(numerator / denominator, 0))
