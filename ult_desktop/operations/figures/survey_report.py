"""The results of the survey (SKM) in numbers: index, elements, sample, respondents, trend."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from ult_desktop.base import _, language
from ult_desktop.core.event import PAPER_DIGITS
from ult_desktop.core.figures.period import Period
from ult_desktop.core.figures.report import (
    ChartKind,
    ColumnKind,
    PeriodReport,
    ReportChart,
    ReportColumn,
    ReportKind,
    ReportPart,
    ReportValue,
    Tile,
)
from ult_desktop.core.figures.tables import counted_part
from ult_desktop.core.stamps import office_day, to_datetime
from ult_desktop.core.survey.form import ProfileQuestion
from ult_desktop.core.survey.improvement import Improvement
from ult_desktop.core.survey.index import ElementIndex, ElementTotal, SurveyIndex, survey_index, weight_of
from ult_desktop.db.office import office
from ult_desktop.db.store import events
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.survey import improvements
from ult_desktop.operations.sheets import head_signature, letterhead
from ult_desktop.operations.survey.answer_lists import questionnaire
from ult_desktop.operations.survey.board import (
    SurveyBoard,
    element_name,
    grade_words,
    sample_words,
    survey_board,
)

PERIODS_OF_TREND, LOWEST = 8, 3
WEIGHTS = ("1/9", "0.111")
"""A ninth exactly, and as spreadsheets round it; docs/domain.md, "The survey"."""


def survey_report(read: Reader, period: Period, now: int) -> PeriodReport:
    """Of a month, quarter or year; `now` UTC ms."""
    settings, end = read(lambda tx: (office.load(tx).settings, events.last_anchor(tx, 0)))
    periods = [period.moved(step) for step in range(1 - PERIODS_OF_TREND, 1)]
    trend = [read(partial(survey_board, now=now, period=each)) for each in periods]
    before, board = trend[-2:]
    return PeriodReport(
        kind=ReportKind.SKM,
        office=letterhead(settings),
        period=period,
        made_on=to_datetime(now, settings.office.zone).date(),
        tiles=tuple(_tiles(board, before)),
        parts=(
            elements_part(board),
            *_conclusions(board),
            _trend_part(trend),
            *_profile(board),
            *_plan_parts(read, period, office_day(now, settings.office.zone)),
        ),
        notes=(_("Sampel menurut Krejcie dan Morgan: {words}.").format(words=sample_words(board)),),
        signature=head_signature(settings),
        log_end=f"{end.seq}:{end.chain[:PAPER_DIGITS]}" if end else "",
    )


def _tiles(board: SurveyBoard, before: SurveyBoard) -> Iterator[Tile]:
    columns = (
        (ReportColumn("index", _("IKM"), ColumnKind.NUMBER), _index_of),
        (ReportColumn("respondents", _("Responden")), lambda each: each.respondents),
        (ReportColumn("needed", _("Sampel yang perlu")), lambda each: each.needed),
        (ReportColumn("visits", _("Penerima layanan")), lambda each: each.visits),
    )
    for column, value in columns:
        yield Tile(column=column, value=value(board), before=value(before))


def _index_of(board: SurveyBoard) -> float | None:
    return None if board.index is None else _plain(board.index.index)


def _plain(exact: Decimal | None) -> float | None:
    return None if exact is None else float(exact)


def _grade_of(found: ElementIndex | SurveyIndex) -> str | None:
    return None if found.grade is None else grade_words(found.grade)


def _too_few() -> str:
    return _("Belum cukup responden untuk menampilkan hasil.")


def elements_part(board: SurveyBoard) -> ReportPart:
    """Each element's average, index and grade, then the unit's; nothing of few respondents."""
    elements = () if board.index is None else board.index.elements
    rows: list[tuple[ReportValue, ...]] = [
        (element_name(each.element), each.answers, _plain(each.average), _plain(each.index), _grade_of(each))
        for each in elements
    ]
    if board.index is not None:
        rows.append((_("IKM"), board.respondents, None, _index_of(board), _grade_of(board.index)))
    number = ColumnKind.NUMBER
    return ReportPart(
        key="survey",
        title=_("Survei Kepuasan Masyarakat"),
        columns=(
            ReportColumn("element", _("Unsur"), ColumnKind.TEXT),
            ReportColumn("answers", _("Jawaban")),
            ReportColumn("average", _("NRR"), number),
            ReportColumn("index", _("Indeks"), number),
            ReportColumn("grade", _("Mutu"), ColumnKind.TEXT),
        ),
        keys=(*(each.element for each in elements), *(["unit"] if elements else [])),
        rows=tuple(rows),
        has_sum=bool(rows),
        note="" if rows else _too_few(),
        chart=ReportChart(ChartKind.BARS, ("index",)) if rows else None,
    )


def _conclusions(board: SurveyBoard) -> Iterator[ReportPart]:
    """The lowest elements, and what the index is with either weight. Nothing of few respondents."""
    if board.index is None:
        return
    known = [each for each in board.index.elements if each.index is not None]
    lowest = sorted(known, key=lambda each: each.index or 0)[:LOWEST]
    element = ReportColumn("element", _("Unsur"), ColumnKind.TEXT)
    index, grade = (
        ReportColumn("index", _("Indeks"), ColumnKind.NUMBER),
        ReportColumn("grade", _("Mutu"), ColumnKind.TEXT),
    )
    yield ReportPart(
        key="lowest",
        title=_("Unsur terendah"),
        columns=(element, index, grade),
        keys=tuple(each.element for each in lowest),
        rows=tuple((element_name(each.element), _plain(each.index), _grade_of(each)) for each in lowest),
    )
    form = questionnaire()
    totals = [
        ElementTotal(element=each.element, answers=each.answers, total=each.total)
        for each in board.index.elements
    ]
    both = [survey_index(form, totals, weight_of(name, len(form.elements))) for name in WEIGHTS]
    yield ReportPart(
        key="weights",
        title=_("Indeks menurut bobot"),
        columns=(ReportColumn("weight", _("Bobot"), ColumnKind.TEXT), index, grade),
        keys=WEIGHTS,
        rows=tuple(
            (name, _plain(each.index), _grade_of(each)) for name, each in zip(WEIGHTS, both, strict=True)
        ),
    )


def _trend_part(trend: list[SurveyBoard]) -> ReportPart:
    """This period and those before it, the oldest first."""
    return ReportPart(
        key="trend",
        title=_("Tren IKM"),
        columns=(
            ReportColumn("period", _("Periode"), ColumnKind.TEXT),
            ReportColumn("index", _("IKM"), ColumnKind.NUMBER),
            ReportColumn("respondents", _("Responden")),
        ),
        keys=tuple(each.period.name for each in trend),
        rows=tuple((each.period.words, _index_of(each), each.respondents) for each in trend),
        chart=ReportChart(ChartKind.BARS, ("index",)),
    )


def _profile(board: SurveyBoard) -> Iterator[ReportPart]:
    """Who answered; few of a kind are not told."""
    for question in questionnaire().profile if board.profile else ():
        counts = (
            (_choice_words(question, each.choice), each.respondents)
            for each in board.profile
            if each.question == question.key
        )
        title = _("Responden menurut {question}").format(question=question.name.within(language()).lower())
        yield counted_part(
            f"profile-{question.key}",
            title,
            question.name.within(language()),
            counts,
            least=board.least_shown,
            drawn=True,
        )


def _choice_words(question: ProfileQuestion, key: str) -> str:
    named = (choice.name.within(language()) for choice in question.choices if choice.key == key)
    return next(named, _("tidak diisi"))


def _plan_parts(read: Reader, period: Period, today: str) -> Iterator[ReportPart]:
    """What is planned after this period, and what came of what was planned before it."""
    planned, before = read(
        lambda tx: (improvements.planned_of(tx, period), improvements.planned_before(tx, period))
    )
    yield _plan_part("plan", _("Rencana tindak lanjut"), planned, today)
    yield _plan_part("earlier_plan", _("Tindak lanjut periode sebelumnya"), before, today)


def _plan_part(key: str, title: str, found: tuple[Improvement, ...], today: str) -> ReportPart:
    text = ColumnKind.TEXT
    return ReportPart(
        key=key,
        title=title,
        columns=(
            ReportColumn("element", _("Unsur"), text),
            ReportColumn("programme", _("Program"), text),
            ReportColumn("due", _("Waktu"), text),
            ReportColumn("responsible", _("Penanggung jawab"), text),
            ReportColumn("state", _("Keadaan"), text),
            ReportColumn("result", _("Hasil"), text),
        ),
        keys=tuple(str(each.id) for each in found),
        rows=tuple(
            (
                element_name(each.element),
                each.programme,
                each.due_words,
                each.responsible,
                each.state_words(today),
                each.result or None,
            )
            for each in found
        ),
        note="" if found else _("Tidak ada rencana yang dicatat."),
    )
