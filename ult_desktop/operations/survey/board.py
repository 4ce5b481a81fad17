"""The survey of a period as it may be shown: the index and the sample, and nothing that betrays a visitor."""

import msgspec

from ult_desktop.base import _, formats, language
from ult_desktop.core.figures.period import Period, Span, period_of
from ult_desktop.core.office.template import ElementOrder
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.survey.form import Grade
from ult_desktop.core.survey.index import SurveyIndex, sample_size, survey_index, weight_of
from ult_desktop.core.survey.survey import ProfileCount
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import survey
from ult_desktop.operations.survey.answer_lists import questionnaire

WEIGHTS = ("1/9", "0.111")
"""The weight of an element: a ninth exactly, and as spreadsheets round it (docs/domain.md, "The survey")."""


class SurveyBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The board of a survey.

    With fewer than `least_shown` respondents `index`, `profile` and `suggestions` are withheld (None, empty).
    `first` and `last` are days, both included. `needed` is the size of the sample for `visits`, the number of
    service recipients. The elements are in the office's order. `otherwise` is the index by the weight that
    the office does not use, if that index has another grade.
    """

    period: Period
    first: str
    last: str
    respondents: int
    assisted: int
    visits: int
    needed: int
    least_shown: int
    weight: str
    order: ElementOrder
    tokens: dict[str, int]
    index: SurveyIndex | None
    profile: tuple[ProfileCount, ...]
    suggestions: tuple[str, ...]
    survey_url: str
    otherwise: SurveyIndex | None = None

    @property
    def element_keys(self) -> tuple[str, ...]:
        """The elements' keys in the office's order."""
        return tuple(element.key for element in questionnaire().ordered(self.order))

    @property
    def knows_population(self) -> bool:
        """Whether the program knows the number of service recipients.

        Answers from outside can belong to a month whose visitors were served without the program.
        """
        return self.visits >= self.respondents


def survey_board(tx: Transaction, now: int, period: Period | None = None) -> SurveyBoard:
    """Return the board of a period, by default of this month. `now` is UTC ms."""
    settings = office_rows.load(tx).settings
    board_period = period or period_of(to_datetime(now, settings.office.zone).date(), Span.MONTH)
    first, last = board_period.iso_ends
    result = survey.result(tx, first, last)
    rules, form = settings.survey, questionnaire()
    is_shown = result.respondents >= rules.least_shown
    index = survey_index(form, result.totals, weight_of(rules.weight, len(form.elements)))
    other = survey_index(form, result.totals, weight_of(_other_weight(rules.weight), len(form.elements)))
    element_order = [element.key for element in form.ordered(rules.order)]
    ordered = tuple(sorted(index.elements, key=lambda element: element_order.index(element.element)))
    return SurveyBoard(
        period=board_period,
        first=first,
        last=last,
        respondents=result.respondents,
        assisted=result.assisted,
        visits=result.visits,
        needed=sample_size(result.visits),
        least_shown=rules.least_shown,
        weight=rules.weight,
        order=rules.order,
        tokens=result.tokens,
        index=msgspec.structs.replace(index, elements=ordered) if is_shown else None,
        profile=result.profile if is_shown else (),
        # With few respondents, words would betray who wrote them.
        suggestions=survey.suggestions(tx, first, last) if is_shown else (),
        survey_url=settings.office.survey_url,
        otherwise=other if is_shown and other.grade != index.grade else None,
    )


def _other_weight(weight: str) -> str:
    exact, rounded = WEIGHTS
    return rounded if weight == exact else exact


def sample_words(board: SurveyBoard) -> str:
    """Return how many respondents the sample needs, of how many service recipients."""
    if not board.knows_population:
        words = _("belum dapat dihitung, sebab responden lebih banyak daripada kunjungan yang tercatat ({n})")
        return words.format(n=formats.format_number(board.visits, 0))
    return _("perlu {n} dari {all} penerima layanan").format(
        n=formats.format_number(board.needed, 0), all=formats.format_number(board.visits, 0)
    )


def grade_words(grade: Grade) -> str:
    return _("Mutu {letter} · {name}").format(letter=grade.letter, name=grade.name.within(language()))


def element_name(key: str) -> str:
    return questionnaire().element(key).name.within(language())


def otherwise_words(board: SurveyBoard) -> str:
    """Return index and grade by the weight that the office does not use; "" if the grade is the same."""
    other = board.otherwise
    if other is None or other.index is None or other.grade is None:
        return ""
    words = _("{index}, {grade}, dengan bobot {weight}")
    return words.format(
        index=formats.format_fixed(other.index),
        grade=grade_words(other.grade),
        weight=weight_words(_other_weight(board.weight)),
    )


def weight_words(weight: str) -> str:
    """Return one of `WEIGHTS` as people write it."""
    return weight if "/" in weight else formats.format_number(float(weight), 3)
