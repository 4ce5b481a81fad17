"""The tables of a survey report (SKM): elements, services, respondents, trend, plan.

Numbers of few people are hidden.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec

from ult_desktop.base import _, language, pgettext
from ult_desktop.core.figures.day import NOBODY
from ult_desktop.core.figures.report import (
    ChartKind,
    ColumnKind,
    ReportChart,
    ReportColumn,
    ReportPart,
    ReportValue,
)
from ult_desktop.core.figures.tables import counted_part, shown_counts
from ult_desktop.core.survey.form import HIGHEST
from ult_desktop.core.survey.improvement import Improvement
from ult_desktop.core.survey.index import ElementIndex, ElementTotal, SurveyIndex, survey_index, weight_of
from ult_desktop.core.survey.survey import ServiceAnswers, TokenState
from ult_desktop.db.office import services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import survey
from ult_desktop.operations.survey.answer_lists import questionnaire
from ult_desktop.operations.survey.board import WEIGHTS, SurveyBoard, element_name, grade_words, weight_words

LOWEST = 3  # elements that are shown as the lowest, and as the highest
_NUMBER, _TEXT = ColumnKind.NUMBER, ColumnKind.TEXT


class SurveyDetails(msgspec.Struct, frozen=True, kw_only=True):
    """The details that a report shows beyond the board.

    By service: `names` in order, `respondents` and `answers`. `values` counts how often each value was given
    to each element.
    """

    names: dict[int | None, str]
    respondents: dict[int | None, int]
    answers: tuple[ServiceAnswers, ...]
    values: dict[tuple[str, int], int]


def read_details(tx: Transaction, board: SurveyBoard) -> SurveyDetails:
    names: dict[int | None, str] = {
        row.id: row.definition.name.within(language()) for row in services.with_retired(tx)
    }
    return SurveyDetails(
        names=names | {None: _("tanpa layanan")},
        respondents=survey.respondents_of_services(tx, board.first, board.last),
        answers=survey.of_services(tx, board.first, board.last),
        values=survey.values_of_elements(tx, board.first, board.last),
    )


def index_of(board: SurveyBoard) -> float | None:
    return None if board.index is None else as_float(board.index.index)


def as_float(exact: Decimal | None) -> float | None:
    return None if exact is None else float(exact)


def grade_of(index: ElementIndex | SurveyIndex) -> str | None:
    return None if index.grade is None else grade_words(index.grade)


def too_few_words() -> str:
    return _("Belum cukup responden untuk menampilkan hasil.")


def elements_part(board: SurveyBoard) -> ReportPart:
    """Return each element's sum, average, index and grade, then the unit's; nothing for few respondents."""
    elements = () if board.index is None else board.index.elements
    weight = weight_of(board.weight, len(elements) or 1)
    rows = list[tuple[ReportValue, ...]]()
    for number, element in enumerate(elements, 1):
        name = _("U{n} {name}").format(n=number, name=element_name(element.element))
        average, weighted_average = as_float(element.average), _weighted_average(element, weight)
        result = (as_float(element.index), grade_of(element))
        rows.append((name, element.answers, element.total, average, weighted_average, *result))
    if board.index is not None:
        unit_cells = (index_of(board), grade_of(board.index))
        weighted = [_weighted_average(element, weight) for element in elements]
        whole = sum(filter(None, weighted)) if None not in weighted else None
        rows.append((_("IKM"), board.respondents, None, None, whole, *unit_cells))
    return ReportPart(
        key="survey",
        title=_("Survei Kepuasan Masyarakat"),
        columns=(
            ReportColumn("element", _("Unsur"), _TEXT),
            ReportColumn("answers", pgettext("many", "Jawaban")),
            ReportColumn("total", _("Jumlah nilai")),
            ReportColumn("average", _("NRR"), _NUMBER, digits=4),
            ReportColumn("weighted", _("NRR tertimbang"), _NUMBER, digits=4),
            ReportColumn("index", _("Indeks"), _NUMBER),
            ReportColumn("grade", _("Mutu"), _TEXT),
        ),
        keys=(*(element.element for element in elements), "unit") if elements else (),
        rows=tuple(rows),
        has_sum=bool(rows),
        note="" if rows else too_few_words(),
        chart=ReportChart(ChartKind.BARS, ("index",)) if rows else None,
    )


def _weighted_average(element: ElementIndex, weight: Fraction) -> float | None:
    """Return the exact average of an element times its weight; None if nobody answered."""
    return float(Fraction(element.total, element.answers) * weight) if element.answers else None


def ranked_elements(index: SurveyIndex) -> list[ElementIndex]:
    """Return the elements that were answered, the lowest first."""
    answered = [element for element in index.elements if element.index is not None]
    return sorted(answered, key=lambda element: element.index or 0)


def conclusion_parts(index: SurveyIndex) -> Iterator[ReportPart]:
    """Yield the lowest elements, and the index with either weight."""
    lowest = ranked_elements(index)[:LOWEST]
    result_columns = (ReportColumn("index", _("Indeks"), _NUMBER), ReportColumn("grade", _("Mutu"), _TEXT))
    yield ReportPart(
        key="lowest",
        title=_("Unsur terendah"),
        columns=(ReportColumn("element", _("Unsur"), _TEXT), *result_columns),
        keys=tuple(element.element for element in lowest),
        rows=tuple(
            (element_name(element.element), as_float(element.index), grade_of(element)) for element in lowest
        ),
    )
    form = questionnaire()
    totals = [
        ElementTotal(element=element.element, answers=element.answers, total=element.total)
        for element in index.elements
    ]
    indexes = [survey_index(form, totals, weight_of(name, len(form.elements))) for name in WEIGHTS]
    yield ReportPart(
        key="weights",
        title=_("Indeks menurut bobot"),
        columns=(ReportColumn("weight", _("Bobot"), _TEXT), *result_columns),
        keys=WEIGHTS,
        rows=tuple(
            (weight_words(name), as_float(by_weight.index), grade_of(by_weight))
            for name, by_weight in zip(WEIGHTS, indexes, strict=True)
        ),
    )


def service_parts(board: SurveyBoard, details: SurveyDetails) -> Iterator[ReportPart]:
    """Yield the index of each service, and that of its elements. A service with few answers shows nothing."""
    with_answers = [service for service in details.names if details.respondents.get(service)]
    # All counts go in together: one small number that is hidden alone could be worked out from the sum.
    counts = shown_counts([details.respondents[service] for service in with_answers], board.least_shown)
    weight = weight_of(board.weight, len(questionnaire().elements))
    indexes = [
        _index_of_service(details, service, weight) if isinstance(count, int) else None
        for service, count in zip(with_answers, counts, strict=True)
    ]
    names = [details.names[service] for service in with_answers]
    keys = tuple(str(service or NOBODY) for service in with_answers)
    head = ReportColumn("service", _("Layanan"), _TEXT)
    yield ReportPart(
        key="services",
        title=_("IKM menurut layanan"),
        columns=(
            head,
            ReportColumn("respondents", _("Responden")),
            ReportColumn("index", _("IKM"), _NUMBER),
            ReportColumn("grade", _("Mutu"), _TEXT),
        ),
        keys=keys,
        rows=tuple(
            (name, count, *((as_float(index.index), grade_of(index)) if index else (None, None)))
            for name, count, index in zip(names, counts, indexes, strict=True)
        ),
        chart=ReportChart(ChartKind.BARS, ("index",)) if len(with_answers) > 1 else None,
    )
    yield ReportPart(
        key="service_elements",
        title=_("Indeks unsur menurut layanan"),
        columns=(head, *_element_columns(board)),
        keys=keys,
        rows=tuple(
            (name, *_element_values(board, index)) for name, index in zip(names, indexes, strict=True)
        ),
    )


def _index_of_service(details: SurveyDetails, service_id: int | None, weight: Fraction) -> SurveyIndex:
    totals = [
        ElementTotal(element=answers.element, answers=answers.answers, total=answers.total)
        for answers in details.answers
        if answers.service_id == service_id
    ]
    return survey_index(questionnaire(), totals, weight)


def _element_columns(board: SurveyBoard) -> Iterator[ReportColumn]:
    """Yield the elements' columns in the office's order, named U1 … U9 as in the table of the elements."""
    for number, key in enumerate(board.element_keys, 1):
        yield ReportColumn(key, f"U{number}", _NUMBER)


def _element_values(board: SurveyBoard, index: SurveyIndex | None) -> Iterator[float | None]:
    by_key = {element.element: element.index for element in index.elements} if index is not None else {}
    return (as_float(by_key.get(key)) for key in board.element_keys)


def values_part(board: SurveyBoard, details: SurveyDetails) -> ReportPart:
    """Return how often each of the four answers was given to each element."""
    values = range(1, HIGHEST + 1)
    return ReportPart(
        key="values",
        title=_("Sebaran jawaban"),
        columns=(
            ReportColumn("element", _("Unsur"), _TEXT),
            *(ReportColumn(f"value_{value}", _("Nilai {n}").format(n=value)) for value in values),
        ),
        keys=board.element_keys,
        rows=tuple(
            (element_name(key), *(details.values.get((key, value), 0) for value in values))
            for key in board.element_keys
        ),
    )


def trend_parts(trend: Sequence[SurveyBoard]) -> Iterator[ReportPart]:
    """Yield the index of each period, the oldest first, and that of its elements."""
    keys = tuple(board.period.name for board in trend)
    head = ReportColumn("period", _("Periode"), _TEXT)
    yield ReportPart(
        key="trend",
        title=_("Tren IKM"),
        columns=(head, ReportColumn("index", _("IKM"), _NUMBER), ReportColumn("respondents", _("Responden"))),
        keys=keys,
        rows=tuple((board.period.words, index_of(board), board.respondents) for board in trend),
        chart=ReportChart(ChartKind.BARS, ("index",)) if any(map(index_of, trend)) else None,
    )
    yield ReportPart(
        key="trend_elements",
        title=_("Tren unsur"),
        columns=(head, *_element_columns(trend[-1])),
        keys=keys,
        rows=tuple((board.period.words, *_element_values(trend[-1], board.index)) for board in trend),
    )


def profile_parts(board: SurveyBoard) -> Iterator[ReportPart]:
    """Yield how many respondents chose each answer about themselves, in the order of the form."""
    for question in questionnaire().profile if board.profile else ():
        respondents = {
            count.choice: count.respondents for count in board.profile if count.question == question.key
        }
        words_of = {choice.key: choice.name.within(language()) for choice in question.choices}
        # The form may no longer offer a choice that somebody made.
        order = [key for key in words_of if key in respondents]
        order += [key for key in respondents if key not in words_of]
        rows = ((words_of.get(key, _("tidak diisi")), respondents[key]) for key in order)
        name = question.name.within(language())
        title = _("Responden menurut {question}").format(question=name.lower())
        yield counted_part(profile_key(question.key), title, name, rows, least=board.least_shown, drawn=True)


def profile_key(question: str) -> str:
    return f"profile-{question}"


def ways_part(board: SurveyBoard) -> ReportPart:
    """Return how many surveys were filled in, and how many are in each other state."""
    return counted_part(
        "ways",
        _("Pelaksanaan survei"),
        _("Cara"),
        (
            (_("Kuesioner terisi"), board.respondents),
            (_("di antaranya dibantu petugas"), board.assisted),
            *(
                (state.word, board.tokens.get(state, 0))
                for state in TokenState
                if state is not TokenState.FILLED
            ),
        ),
    )


def plan_part(key: str, title: str, plans: Sequence[Improvement], today: str) -> ReportPart:
    return ReportPart(
        key=key,
        title=title,
        columns=(
            ReportColumn("element", _("Unsur"), _TEXT),
            ReportColumn("programme", _("Program"), _TEXT),
            ReportColumn("due", _("Waktu"), ColumnKind.DATE),
            ReportColumn("responsible", _("Penanggung jawab"), _TEXT),
            ReportColumn("state", _("Keadaan"), _TEXT),
            ReportColumn("result", _("Hasil"), _TEXT),
        ),
        keys=tuple(str(plan.id) for plan in plans),
        rows=tuple(
            (
                element_name(plan.element),
                plan.programme,
                plan.due,
                plan.responsible,
                plan.state_words(today),
                plan.result or None,
            )
            for plan in plans
        ),
        note="" if plans else _("Tidak ada rencana yang dicatat."),
    )
