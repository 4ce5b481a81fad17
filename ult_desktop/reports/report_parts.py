"""The parts of a report on paper: its pages, chart and table of each, and who signs."""

from collections.abc import Callable, Sequence
from functools import partial

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table, TableStyle

from ult_desktop.core.figures.report import ChartKind, PeriodReport, ReportPart, ReportValue
from ult_desktop.reports.charts import chart_drawing
from ult_desktop.reports.long_table import Cells, long_table
from ult_desktop.reports.pages import LINE, SOFT, pdf_of, words

GAP = 5 * mm
NAME_SHARE = 2.4  # how much wider words are than a number
NARROW = 60 * mm
FEW_ROWS = 12  # a table of no more stands on one page, its sum with it
_GRID = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("BACKGROUND", (0, 0), (-1, 0), SOFT),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
)


def report_pages(
    report: PeriodReport, story: Callable[[PeriodReport, float], list[Flowable]], size: tuple[float, float]
) -> bytes:
    """The whole PDF on pages of a size (points), each with the report's name and the end of the log."""
    return pdf_of(
        lambda width: story(report, width),
        size,
        title=report.heading,
        author=next(iter(report.office.lines), ""),
        foot=" · ".join(filter(None, [report.heading, report.log_end])),
    )


def part_flowables(part: ReportPart, width: float, before: Sequence[Flowable] = ()) -> list[Flowable]:
    """Its title, its chart where it has one, and its table; what stands `before` stays with it."""
    title = words(part.title, 11, bold=True)
    head: list[Flowable] = [*before, title, Spacer(0, 2 * mm)]
    if part.note:
        return [KeepTogether([*head, words(part.note, 9), Spacer(0, GAP)])]
    if part.chart is not None and part.chart.kind is ChartKind.HEAT:
        return [KeepTogether([*head, chart_drawing(part, width), Spacer(0, GAP)])]  # its numbers stand in it
    if part.is_drawn:
        head += [chart_drawing(part, width), Spacer(0, 2 * mm)]
    table = _table(part, width)
    if len(part.rows) <= FEW_ROWS:
        return [KeepTogether([*head, table, Spacer(0, GAP)])]
    return [KeepTogether(head), CondPageBreak(20 * mm), table, Spacer(0, GAP)]


def _table(part: ReportPart, width: float) -> Flowable:
    is_number = [not column.kind.is_words for column in part.columns]
    shares = [1 if number else NAME_SHARE for number in is_number]
    each = min(width, NARROW * sum(shares) / 1.5) / sum(shares)
    heads = [
        words(column.head, 7, bold=True, centred=number)
        for column, number in zip(part.columns, is_number, strict=True)
    ]

    def cells(row: tuple[ReportValue, ...], *, is_sum: bool) -> Cells:
        return [
            words(column.shown(value), 8, centred=number, bold=is_sum)
            for column, value, number in zip(part.columns, row, is_number, strict=True)
        ]

    last = len(part.rows) - 1
    rows = [partial(cells, row, is_sum=part.has_sum and at == last) for at, row in enumerate(part.rows)]
    return long_table(heads, rows, [each * share for share in shares], _GRID, align="LEFT")


def signature(report: PeriodReport, width: float) -> list[Flowable]:
    """Room for whoever signs for the office; nothing where nobody does."""
    if not report.signature:
        return []
    signed = words(report.signature, 9, centred=True)
    table = Table([["", signed]], colWidths=[width - 90 * mm, 90 * mm])
    return [Spacer(0, GAP), table]
