"""The report of the survey (Laporan SKM) that the head signs and publishes."""

from collections.abc import Iterator
from functools import partial

from ult_desktop.base import _
from ult_desktop.core.figures.period import Period, Span, period_of, so_far_words
from ult_desktop.core.figures.report import (
    ColumnKind,
    PeriodReport,
    ReportColumn,
    ReportKind,
    ReportPart,
    Tile,
)
from ult_desktop.core.stamps import office_day, to_datetime
from ult_desktop.db.office import office
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import improvements
from ult_desktop.operations.figures import survey_parts as parts
from ult_desktop.operations.figures.survey_chapters import SurveyGround, appendices_of, chapters_of
from ult_desktop.operations.sheets import dated_signature, letterhead, log_end
from ult_desktop.operations.survey.board import SurveyBoard, sample_words, survey_board

PERIODS_OF_TREND = 8


def survey_report(read: Reader, period: Period, now: int) -> PeriodReport:
    """Of a month, quarter or year; `now` UTC ms."""
    board = read(partial(survey_board, now=now, period=period))
    ground = read(partial(_ground, board=board, now=now))
    settings = ground.settings
    today = to_datetime(now, settings.office.zone).date()
    return PeriodReport(
        kind=ReportKind.SKM,
        office=letterhead(settings),
        period=period,
        made_on=today,
        tiles=tuple(_tiles(board, ground.before)),
        parts=tuple(_parts(read, ground, now)),
        notes=(
            _("Sampel menurut Krejcie dan Morgan: {words}.").format(words=sample_words(board)),
            *so_far_words(period, today),
        ),
        signature=dated_signature(settings, now),
        log_end=read(log_end),
        chapters=chapters_of(ground),
        appendices=appendices_of(ground),
    )


def _ground(tx: Transaction, board: SurveyBoard, now: int) -> SurveyGround:
    return SurveyGround(
        settings=office.load(tx).settings,
        board=board,
        before=survey_board(tx, now, board.period.moved(-1)),
        planned=improvements.planned_of(tx, board.period),
        planned_before=improvements.planned_before(tx, board.period),
    )


def _parts(read: Reader, ground: SurveyGround, now: int) -> Iterator[ReportPart]:
    board = ground.board
    yield parts.elements_part(board)
    if board.index is not None:
        details = read(partial(parts.details_of, board=board))
        yield from parts.conclusion_parts(board.index)
        yield from parts.service_parts(board, details)
        yield parts.values_part(board, details)
    trend = [read(partial(survey_board, now=now, period=each)) for each in _trend(board.period)]
    yield from parts.trend_parts(trend)
    yield from parts.profile_parts(board)
    yield parts.ways_part(board)
    today = office_day(now, ground.settings.office.zone)
    yield parts.plan_part("plan", _("Rencana tindak lanjut"), ground.planned, today)
    earlier = _("Tindak lanjut periode sebelumnya")
    yield parts.plan_part("earlier_plan", earlier, ground.planned_before, today)


def _trend(period: Period) -> list[Period]:
    """This period and those before it, the oldest first; of a year its quarters and the year's before."""
    last = period_of(period.last, Span.QUARTER) if period.span is Span.YEAR else period
    return [last.moved(step) for step in range(1 - PERIODS_OF_TREND, 1)]


def _tiles(board: SurveyBoard, before: SurveyBoard) -> Iterator[Tile]:
    columns = (
        (ReportColumn("index", _("IKM"), ColumnKind.NUMBER), parts.index_of),
        (ReportColumn("respondents", _("Responden")), lambda each: each.respondents),
        (ReportColumn("needed", _("Sampel yang perlu")), lambda each: each.needed),
        (ReportColumn("visits", _("Penerima layanan")), lambda each: each.visits),
    )
    for column, value in columns:
        yield Tile(column=column, value=value(board), before=value(before))
