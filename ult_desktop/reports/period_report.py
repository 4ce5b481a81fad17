"""The report of a period as PDF: its chapters, tables and charts."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from reportlab.graphics.shapes import Drawing, Group, Rect, String
from reportlab.lib.colors import HexColor, linearlyInterpolatedColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Spacer, Table, TableStyle

from ult_desktop.base import _
from ult_desktop.core.figures.report import (
    HEAT_COLOURS,
    ChartKind,
    ColumnKind,
    PeriodReport,
    ReportChapter,
    ReportPart,
    ReportSection,
    ReportValue,
    Tile,
)
from ult_desktop.reports.long_table import Cells, long_table
from ult_desktop.reports.pages import INK, LINE, REGULAR, SOFT, letterhead, pdf_of, words

HEIGHT, HEAT_ROW, LYING_ROW = 46 * mm, 7 * mm, 5 * mm
NAME_WIDTH, FOOT, HEAD, LETTER = 24 * mm, 8 * mm, 7 * mm, 7
LYING_NAME, LYING_FOOT = 0.4, 2 * mm  # the names' share of the width, at most; the room below the last bar
COLOURS = (HexColor("#1F5FA8"), HexColor("#E0912F"))
MOST_NAMES, NAME_LINES = 16, 2
MOST_LYING = 28  # as many rows as a landscape page has room for
_COLD, _HOT = (HexColor(f"#{each}") for each in HEAT_COLOURS)


def chart_drawing(part: ReportPart, width: float) -> Drawing:
    """Return the picture of a part that has a chart."""
    if part.chart is not None and part.chart.kind is ChartKind.HEAT:
        return _heat(part, width)
    return _lying(part, width) if _wants_room(part, width) else _upright(part, width)


def _wants_room(part: ReportPart, width: float) -> bool:
    """Return whether bars lie: the names are no days, not too many, and too long to be below upright bars."""
    rows = part.drawn_rows
    if part.columns[0].kind is not ColumnKind.TEXT or len(rows) > MOST_LYING:
        return False
    slot = width / len(rows)
    return any(len(_wrapped(part.name_of(row), slot)) > NAME_LINES for row in rows)


def _wrapped(name: str, width: float) -> list[str]:
    """Return the name in lines of that width; a single word is not broken."""
    lines: list[str] = simpleSplit(name, REGULAR, LETTER, width)
    longest = max((stringWidth(word, REGULAR, LETTER) for word in name.split()), default=0)
    return lines if longest <= width else [*lines, "", ""]


def _number(value: ReportValue) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _text(x: float, y: float, words: str, anchor: str = "middle") -> String:
    return String(x, y, words, fontName=REGULAR, fontSize=LETTER, textAnchor=anchor, fillColor=INK)


def _highest(part: ReportPart) -> float:
    values = (_number(row[place]) for row in part.drawn_rows for place in part.drawn)
    return max(values, default=0.0) or 1.0


def _upright(part: ReportPart, width: float) -> Drawing:
    """Draw groups of upright bars next to each other; their numbers are in the table."""
    drawing = Drawing(width, HEIGHT)
    rows, columns, highest = part.drawn_rows, part.drawn, _highest(part)
    slot, tall = width / len(rows), HEIGHT - FOOT - HEAD
    thick = min(slot * 0.8 / len(columns), 8 * mm)
    every = -(-len(rows) // MOST_NAMES)
    drawing.add(Rect(0, FOOT, width, 0.4, fillColor=LINE, strokeColor=None))
    for at, row in enumerate(rows):
        left = at * slot + (slot - thick * len(columns)) / 2
        for nth, place in enumerate(columns):
            high = tall * _number(row[place]) / highest
            bar = Rect(left + nth * thick, FOOT, thick * 0.9, high, fillColor=COLOURS[nth], strokeColor=None)
            drawing.add(bar)
        if at % every == 0:
            for nth, line in enumerate(_wrapped(part.name_of(row), slot * every)[:NAME_LINES], 1):
                drawing.add(_text(at * slot + slot / 2, FOOT - nth * (LETTER + 2), line))
    drawing.add(_legend(part, HEIGHT))
    return drawing


def _lying(part: ReportPart, width: float) -> Drawing:
    """Draw groups of lying bars below each other, each after its name."""
    rows, columns, highest = part.drawn_rows, part.drawn, _highest(part)
    height = HEAD + LYING_ROW * len(rows) + LYING_FOOT
    drawing = Drawing(width, height)
    names = [_cut(part.name_of(row), width * LYING_NAME) for row in rows]
    left = max(stringWidth(name, REGULAR, LETTER) for name in names) + 6
    thick = LYING_ROW * 0.8 / len(columns)
    drawing.add(Rect(left, LYING_FOOT, 0.4, LYING_ROW * len(rows), fillColor=LINE, strokeColor=None))
    for at, (name, row) in enumerate(zip(names, rows, strict=True)):
        top = height - HEAD - at * LYING_ROW
        drawing.add(_text(0, top - LYING_ROW / 2 - LETTER / 3, name, "start"))
        for nth, place in enumerate(columns):
            long = (width - left) * _number(row[place]) / highest
            y = top - LYING_ROW * 0.1 - (nth + 1) * thick
            drawing.add(Rect(left, y, long, thick * 0.9, fillColor=COLOURS[nth], strokeColor=None))
    drawing.add(_legend(part, height))
    return drawing


def _cut(words: str, width: float) -> str:
    """Return the words, cut with an ellipsis if they have no room."""
    if stringWidth(words, REGULAR, LETTER) <= width:
        return words
    while words and stringWidth(f"{words}…", REGULAR, LETTER) > width:
        words = words[:-1]
    return f"{words}…"


def _legend(part: ReportPart, height: float) -> Group:
    group, left = Group(), 0.0
    for nth, place in enumerate(part.drawn):
        head = part.columns[place].head
        group.add(Rect(left, height - LETTER, LETTER, LETTER, fillColor=COLOURS[nth], strokeColor=None))
        group.add(_text(left + LETTER + 3, height - LETTER + 1, head, "start"))
        left += len(head) * LETTER * 0.6 + 24
    return group


def _heat(part: ReportPart, width: float) -> Drawing:
    """Draw one box for each cell, the darker the longer the time; its number is in it."""
    rows, columns = part.rows, part.drawn
    height = HEAT_ROW * (len(rows) + 1)
    drawing = Drawing(width, height)
    slot = (width - NAME_WIDTH) / len(columns)
    highest = _highest(part)
    for nth, place in enumerate(columns):
        drawing.add(_text(NAME_WIDTH + slot * (nth + 0.5), height - LETTER, part.columns[place].words))
    for at, row in enumerate(rows):
        y = height - HEAT_ROW * (at + 2)
        drawing.add(_text(0, y + 2 * mm, part.name_of(row), "start"))
        for nth, place in enumerate(columns):
            share = _number(row[place]) / highest
            words = part.columns[place].shown(row[place])
            drawing.add(_box(NAME_WIDTH + slot * nth, y, slot, share, words))
    return drawing


def _box(x: float, y: float, width: float, share: float, words: str) -> Group:
    fill = linearlyInterpolatedColor(_COLD, _HOT, 0, 1, share)
    return Group(
        Rect(x, y, width - 1, HEAT_ROW - 1, fillColor=fill, strokeColor=None),
        _text(x + width / 2, y + 2 * mm, words),
    )


GAP = 5 * mm
NAME_SHARE = 2.4  # how much wider words are than a number
NARROW = 60 * mm
FEW_ROWS = 12  # a table of no more is on one page, its sum with it
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


def part_flowables(part: ReportPart, width: float, before: Sequence[Flowable] = ()) -> list[Flowable]:
    """Return a part's title, its chart if it has one, and its table.

    The flowables `before` stay with the title.
    """
    title = words(part.title, 11, bold=True)
    head: list[Flowable] = [*before, title, Spacer(0, 2 * mm)]
    if part.note:
        return [KeepTogether([*head, words(part.note, 9), Spacer(0, GAP)])]
    if part.chart is not None and part.chart.kind is ChartKind.HEAT:
        return [KeepTogether([*head, chart_drawing(part, width), Spacer(0, GAP)])]  # its boxes have numbers
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
    """Return room for the person who signs for the office; nothing if nobody does."""
    if not report.signature:
        return []
    signed = words(report.signature, 9, centred=True)
    table = Table([["", signed]], colWidths=[width - 90 * mm, 90 * mm])
    return [Spacer(0, GAP), table]


TILES_A_ROW = 4
_TILES = TableStyle([("BOX", (0, 0), (-1, -1), 0.4, LINE), ("INNERGRID", (0, 0), (-1, -1), 0.4, LINE)])


def report_pdf(report: PeriodReport) -> bytes:
    """Return the whole PDF on A4 across; the same report gives the same bytes."""
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


COVER, CHAPTER = 60 * mm, 70 * mm  # room above the cover's title; room that a chapter's beginning needs


def chapters_pdf(report: PeriodReport) -> bytes:
    """Return the whole PDF on A4; the same report gives the same bytes."""
    return report_pages(report, _chapter_story, A4)


def _chapter_story(report: PeriodReport, width: float) -> list[Flowable]:
    return [
        letterhead(report.office, width),
        Spacer(0, COVER),
        words(report.title.upper(), 20, bold=True, centred=True),
        Spacer(0, GAP),
        words(report.period.words, 16, centred=True),
        PageBreak(),
        *_chapters(report, report.chapters, width, CondPageBreak(CHAPTER)),
        KeepTogether([*(words(line, 8) for line in report.notes), *signature(report, width)]),
        *_chapters(report, report.appendices, width, PageBreak()),
    ]


def _chapters(
    report: PeriodReport, chapters: Iterable[ReportChapter], width: float, before: Flowable
) -> Iterable[Flowable]:
    for chapter in chapters:
        yield before
        yield Spacer(0, GAP)
        yield words(chapter.title.upper(), 13, bold=True, centred=True)
        yield Spacer(0, GAP)
        for section in chapter.sections:
            yield from _section(report, section, width)


def _section(report: PeriodReport, section: ReportSection, width: float) -> Iterable[Flowable]:
    lines = [flowable for line in section.lines for flowable in (words(line, 10), Spacer(0, 1 * mm))]
    heading = [words(section.title, 11, bold=True), Spacer(0, 1 * mm)]
    known = {part.key: part for part in report.parts}
    parts = [known[key] for key in section.parts if key in known]
    if lines or not parts:
        yield KeepTogether([*heading, *lines[:1]])
        yield from [*lines[1:], Spacer(0, 2 * mm)]
        heading = []
    for part in parts:
        yield from part_flowables(part, width, heading)
        heading = []
