"""The report of a period as PDF: its chapters, tables and charts."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple, Protocol

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Spacer, Table, TableStyle

from ult_desktop.base import _
from ult_desktop.core.figures.report import (
    ChartKind,
    PeriodReport,
    ReportChapter,
    ReportPart,
    ReportSection,
    Tile,
)
from ult_desktop.reports.charts import chart_drawing
from ult_desktop.reports.flow import GAP, Block, Columns, column_width
from ult_desktop.reports.long_table import AT_ONCE, Cells, least_widths, long_table, shared_widths
from ult_desktop.reports.pages import LINE, SOFT, letterhead, pdf_of, words

CELL, HEAD, CELL_SIDES = 8, 7, 7  # letters of a cell and of a head, and the room beside them, in points
NAME_WIDTH = 30 * mm  # of the names of rows, in a column that is shared
# Rows: a table of up to six is never broken; of a longer one at least three stay on each side of a break.
WHOLE, LEAST = 6, 3
TILES_A_ROW, CHARTS_A_ROW = 8, 4
SIGNED = 90 * mm  # the width for the person who signs
COVER, CHAPTER = 60 * mm, 50 * mm  # room above the cover's title; room that a chapter's beginning needs
_GRID = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("BACKGROUND", (0, 0), (-1, 0), SOFT),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
)


def _report_pages(
    report: PeriodReport, story: Callable[[PeriodReport, float], list[Flowable]], size: tuple[float, float]
) -> bytes:
    """Return the whole PDF on pages of a size (points).

    Each page has the report's name and the end of the log.
    """
    return pdf_of(
        lambda width: story(report, width),
        size,
        title=report.heading,
        author=next(iter(report.office.lines), ""),
        foot=" · ".join(filter(None, [report.heading, report.log_end])),
    )


def part_flowables(
    parts: Sequence[ReportPart], width: float, heading: Sequence[Flowable] = ()
) -> list[Flowable]:
    """Return the parts with their charts; narrow ones that follow each other share the width.

    The `heading` stays with the first title.
    """

    def blocks(run: Iterable[ReportPart], room: float, *, is_narrow: bool) -> list[Block]:  # noqa: ARG001  (both look alike)
        return [_block((part,), room, with_chart=True) for part in run]

    return _arrange_parts(parts, width, blocks, heading)


def wide_flowables(parts: Sequence[ReportPart], width: float) -> list[Flowable]:
    """Return the parts one below the other, each in the full width."""
    return [_block((part,), width, with_chart=True) for part in parts]


def _tables(parts: Sequence[ReportPart], width: float, end: Block) -> list[Flowable]:
    """Return the parts without their charts, and the report's end.

    In the full width, parts of the same figures that follow each other become one table.
    """

    def blocks(run: Iterable[ReportPart], room: float, *, is_narrow: bool) -> list[Block]:
        alike = groupby(run, lambda part: part.key if is_narrow else part.columns[1:])
        return [_block(tuple(same), room, with_chart=False) for _figures, same in alike]

    flowables = _arrange_parts(parts, width, blocks)
    if not flowables or not isinstance(flowables[-1], Columns):
        return [*flowables, end]
    flowables[-1].below = end
    return flowables


class BlocksOf(Protocol):
    """A function that returns the blocks of a `run` of parts, which are `room` points wide."""

    def __call__(self, run: Iterable[ReportPart], room: float, *, is_narrow: bool) -> list[Block]: ...


def _arrange_parts(
    parts: Sequence[ReportPart], width: float, blocks_of: BlocksOf, heading: Sequence[Flowable] = ()
) -> list[Flowable]:
    """Return the blocks of the parts; narrow ones that follow each other are in columns.

    The `heading` is above the first block, and stays with it.
    """
    column, flowables = column_width(width), list[Flowable]()
    for is_narrow, run in groupby(parts, lambda part: _is_narrow(part, column)):
        blocks = blocks_of(run, column if is_narrow else width, is_narrow=is_narrow)
        if not flowables:
            blocks[0].head[:0] = heading
        flowables += [Columns(blocks)] if is_narrow and len(blocks) > 1 else blocks
    return flowables


def _is_narrow(part: ReportPart, column: float) -> bool:
    """Return whether a part has room in a column: its words are not broken, its names have some width."""
    if part.note:
        return True
    if _is_heat(part) or len(part.rows) > AT_ONCE:
        return False
    name, *others = least_widths(_texts(part), column, CELL, CELL_SIDES)
    return bool(max(name, NAME_WIDTH) + sum(others) <= column)


def _is_heat(part: ReportPart) -> bool:
    return part.chart is not None and part.chart.kind is ChartKind.HEAT


def _block(parts: Sequence[ReportPart], width: float, *, with_chart: bool) -> Block:
    """Return a part, or several whose figures are the same: their rows are in one table."""
    part = parts[0]
    title = part.title
    if len(parts) > 1:
        row_names = ", ".join(other.columns[0].words.lower() for other in parts)
        title = _("Angka menurut {rows}").format(rows=row_names)
    head: list[Flowable] = [words(title, 11, bold=True), Spacer(0, 1.5 * mm)]
    if part.note:
        return Block([*head, words(part.note, 9)])
    if _is_heat(part):
        return Block([*head, chart_drawing(part, width)])  # its boxes have numbers
    if part.has_drawing and with_chart:
        head += [chart_drawing(part, width), Spacer(0, 1 * mm)]
    return Block([*head, _table(parts, width)])


def _texts(part: ReportPart) -> list[list[str]]:
    """Return the texts of a part's table, the heads first."""
    heads = [column.head for column in part.columns]
    rows = [
        [column.in_words(value) for column, value in zip(part.columns, row, strict=True)] for row in part.rows
    ]
    return [heads, *rows]


class _Line(NamedTuple):
    """A row of a table. `keep_with_next`: no page ends below the row."""

    texts: list[str]
    bold: bool
    keep_with_next: bool


def _lines(part: ReportPart) -> Iterable[_Line]:
    last = len(part.rows) - 1
    for nth, texts in enumerate(_texts(part)[1:]):
        is_short = last < WHOLE
        is_among_first, is_among_last = nth < LEAST - 1, last - LEAST < nth < last
        yield _Line(
            texts,
            bold=part.has_sum and nth == last,
            keep_with_next=is_short or is_among_first or is_among_last,
        )


def _table(parts: Sequence[ReportPart], width: float) -> Flowable:
    name, *figures = parts[0].columns
    is_number = [not column.kind.is_words for column in (name, *figures)]
    heads = [name.head if len(parts) == 1 else "", *(column.head for column in figures)]
    lines = list[_Line]()
    for part in parts:
        if len(parts) > 1:
            lines.append(_Line([part.columns[0].head, *[""] * len(figures)], bold=True, keep_with_next=True))
        lines += _lines(part)

    def cells(line: _Line) -> Cells:
        return [
            words(text, CELL, centred=number, bold=line.bold, keep_with_next=line.keep_with_next)
            for text, number in zip(line.texts, is_number, strict=True)
        ]

    return long_table(
        [words(head, HEAD, bold=True, centred=number) for head, number in zip(heads, is_number, strict=True)],
        [partial(cells, line) for line in lines],
        shared_widths([heads, *(line.texts for line in lines)], width, CELL, CELL_SIDES),
        _GRID,
        align="LEFT",
    )


_TILES = TableStyle([("BOX", (0, 0), (-1, -1), 0.4, LINE), ("INNERGRID", (0, 0), (-1, -1), 0.4, LINE)])


def report_pdf(report: PeriodReport) -> bytes:
    """Return the whole PDF on A4 across; the same report gives the same bytes."""
    return _report_pages(report, _story, landscape(A4))


def _story(report: PeriodReport, width: float) -> list[Flowable]:
    return [
        letterhead(report.office, width),
        words(report.title.upper(), 14, bold=True, centred=True),
        words(report.period.words, 11, centred=True),
        Spacer(0, GAP),
        *([_tiles(report.tiles, width)] if report.tiles else ()),
        *_charts(report.parts, width),
        *_tables([part for part in report.parts if not _is_heat(part)], width, _end(report, width)),
    ]


def _charts(parts: Sequence[ReportPart], width: float) -> Iterable[Flowable]:
    """Yield every chart with its title: the first and the heat map as wide as the page."""

    def block(part: ReportPart, room: float) -> Block:
        return Block([words(part.title, 9, bold=True), Spacer(0, 1.5 * mm), chart_drawing(part, room)])

    drawn = [part for part in parts if part.has_drawing]
    first, others = drawn[:1], drawn[1:]
    column = column_width(width, CHARTS_A_ROW)
    yield from (block(part, width) for part in first)
    yield Columns([block(part, column) for part in others if not _is_heat(part)], CHARTS_A_ROW)
    yield from (block(part, width) for part in others if _is_heat(part))


def _end(report: PeriodReport, width: float) -> Block:
    """Return the notes, and beside them room for the person who signs for the office, if anybody does."""
    signed = words(report.signature, 9, centred=True)
    notes = [words(line, 8) for line in report.notes]
    table = Table(
        [[notes, signed]], colWidths=[width - SIGNED, SIGNED], style=[("VALIGN", (0, 0), (-1, -1), "TOP")]
    )
    # Only the last flowable of a `Block` may be broken: with this one the signature stays whole.
    return Block([table, Spacer(0, 0)])


def _tiles(tiles: tuple[Tile, ...], width: float) -> Table:
    cells: list[list[Flowable]] = []
    for tile in tiles:
        before = _("sebelumnya {value}").format(value=tile.column.in_words(tile.before))
        head, value = words(tile.column.head, 8), words(tile.column.in_words(tile.value), 15, bold=True)
        cells.append([head, value, words(" · ".join(filter(None, [tile.change, before])), 8)])
    cells += [[]] * (-len(cells) % TILES_A_ROW)  # the last row is filled up with empty cells
    rows = [cells[nth : nth + TILES_A_ROW] for nth in range(0, len(cells), TILES_A_ROW)]
    return Table(rows, colWidths=[width / TILES_A_ROW] * TILES_A_ROW, style=_TILES)


def chapters_pdf(report: PeriodReport) -> bytes:
    """Return the whole PDF on A4; the same report gives the same bytes."""
    return _report_pages(report, _chapter_story, A4)


def _chapter_story(report: PeriodReport, width: float) -> list[Flowable]:
    return [
        letterhead(report.office, width),
        Spacer(0, COVER),
        words(report.title.upper(), 20, bold=True, centred=True),
        Spacer(0, GAP),
        words(report.period.words, 16, centred=True),
        PageBreak(),
        *_chapters(report, report.chapters, width),
        _end(report, width),
        *_chapters(report, report.appendices, width),
    ]


def _chapters(report: PeriodReport, chapters: Iterable[ReportChapter], width: float) -> Iterable[Flowable]:
    for chapter in chapters:
        yield CondPageBreak(CHAPTER)
        yield Spacer(0, GAP)
        yield words(chapter.title.upper(), 13, bold=True, centred=True)
        yield Spacer(0, GAP)
        for section in chapter.sections:
            yield from _section(report, section, width)


def _section(report: PeriodReport, section: ReportSection, width: float) -> Iterable[Flowable]:
    lines = [flowable for line in section.lines for flowable in (words(line, 10), Spacer(0, 1 * mm))]
    heading = [words(section.title, 11, bold=True), Spacer(0, 1 * mm)]
    parts_by_key = {part.key: part for part in report.parts}
    parts = [parts_by_key[key] for key in section.parts if key in parts_by_key]
    if lines or not parts:
        yield Block([*heading, *lines[:1]])
        yield from lines[1:]
        heading = []
    yield from part_flowables(parts, width, heading)
