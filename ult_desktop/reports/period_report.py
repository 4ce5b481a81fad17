"""A period's report as PDF: letterhead, figures at a glance, charts with their tables, who signs."""

from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from ult_desktop.base import _
from ult_desktop.core.figures.report import PeriodReport, Tile
from ult_desktop.reports.pages import LINE, letterhead, words
from ult_desktop.reports.report_parts import GAP, part_flowables, report_pages, signature

TILES_A_ROW = 4
_TILES = TableStyle([("BOX", (0, 0), (-1, -1), 0.4, LINE), ("INNERGRID", (0, 0), (-1, -1), 0.4, LINE)])


def report_pdf(report: PeriodReport) -> bytes:
    """The whole PDF on A4 across; the same report gives the same bytes."""
    return report_pages(report, _story, landscape(A4))


def _story(report: PeriodReport, width: float) -> list[Flowable]:
    return [
        letterhead(report.office, width),
        Spacer(0, GAP),
        words(report.title.upper(), 14, bold=True, centred=True),
        words(report.period.words, 11, centred=True),
        Spacer(0, GAP),
        _tiles(report.tiles, width),
        Spacer(0, GAP),
        *(flowable for part in report.parts for flowable in part_flowables(part, width)),
        KeepTogether([*(words(line, 8) for line in report.notes), *signature(report, width)]),
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
