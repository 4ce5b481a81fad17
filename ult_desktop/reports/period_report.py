"""A period's report as PDF: letterhead, figures at a glance, charts with their tables, who signs."""

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table, TableStyle

from ult_desktop.base import _, formats
from ult_desktop.core.figures.report import ChartKind, ColumnKind, PeriodReport, ReportPart, Tile
from ult_desktop.reports.charts import chart_drawing
from ult_desktop.reports.pages import LINE, SOFT, letterhead, pdf_of, words

GAP = 5 * mm
TILES_A_ROW = 4
NAME_SHARE = 2.4  # how much wider words are than a number
NARROW = 60 * mm
_GRID = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("BACKGROUND", (0, 0), (-1, 0), SOFT),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
)
_TILES = TableStyle([("BOX", (0, 0), (-1, -1), 0.4, LINE), ("INNERGRID", (0, 0), (-1, -1), 0.4, LINE)])


def report_pdf(report: PeriodReport) -> bytes:
    """The whole PDF on A4 across; the same report gives the same bytes."""
    return pdf_of(
        lambda width: _story(report, width),
        landscape(A4),
        title=report.heading,
        author=next(iter(report.office.lines), ""),
        foot=" · ".join(filter(None, [report.heading, report.log_end])),
    )


def _story(report: PeriodReport, width: float) -> list[Flowable]:
    return [
        letterhead(report.office, width),
        Spacer(0, GAP),
        words(report.title.upper(), 14, bold=True, centred=True),
        words(report.period.words, 11, centred=True),
        Spacer(0, GAP),
        _tiles(report.tiles, width),
        Spacer(0, GAP),
        *(flowable for part in report.parts for flowable in _part(part, width)),
        KeepTogether([*(words(line, 8) for line in report.notes), *_signature(report, width)]),
    ]


def _tiles(tiles: tuple[Tile, ...], width: float) -> Table:
    cells = [_tile(tile) for tile in tiles]
    cells += [[]] * (-len(cells) % TILES_A_ROW)
    rows = [cells[at : at + TILES_A_ROW] for at in range(0, len(cells), TILES_A_ROW)]
    return Table(rows, colWidths=[width / TILES_A_ROW] * TILES_A_ROW, style=_TILES)


def _tile(tile: Tile) -> list[Flowable]:
    before = _("sebelumnya {value}").format(value=tile.column.shown(tile.before))
    return [
        words(tile.column.head, 8),
        words(tile.column.shown(tile.value), 15, bold=True),
        words(" · ".join(filter(None, [tile.change, before])), 8),
    ]


def _part(part: ReportPart, width: float) -> list[Flowable]:
    title = words(part.title, 11, bold=True)
    head: list[Flowable] = [title, Spacer(0, 2 * mm)]
    if part.note:
        return [KeepTogether([*head, words(part.note, 9), Spacer(0, GAP)])]
    if part.chart is not None and part.chart.kind is ChartKind.HEAT:
        return [KeepTogether([*head, chart_drawing(part, width), Spacer(0, GAP)])]  # its numbers stand in it
    if part.chart is not None:
        head += [chart_drawing(part, width), Spacer(0, 2 * mm)]
    return [KeepTogether(head), CondPageBreak(20 * mm), _table(part, width), Spacer(0, GAP)]


def _table(part: ReportPart, width: float) -> Table:
    """Its heads stand on every page."""
    is_number = [column.kind is not ColumnKind.TEXT for column in part.columns]
    shares = [1 if number else NAME_SHARE for number in is_number]
    each = min(width, NARROW * sum(shares) / 1.5) / sum(shares)
    heads = [
        words(column.head, 7, bold=True, centred=number)
        for column, number in zip(part.columns, is_number, strict=True)
    ]
    rows = [
        [
            words(column.shown(value), 8, centred=number, bold=part.has_sum and at == len(part.rows) - 1)
            for column, value, number in zip(part.columns, row, is_number, strict=True)
        ]
        for at, row in enumerate(part.rows)
    ]
    widths = [each * share for share in shares]
    return Table([heads, *rows], colWidths=widths, style=_GRID, repeatRows=1, hAlign="LEFT")


def _signature(report: PeriodReport, width: float) -> list[Flowable]:
    if not report.signature:
        return []
    day = formats.format_date(report.made_on, "long")
    lines = [words(day, 9, centred=True), words(report.signature, 9, centred=True)]
    table = Table([["", line] for line in lines], colWidths=[width - 90 * mm, 90 * mm])
    return [Spacer(0, GAP), table]
