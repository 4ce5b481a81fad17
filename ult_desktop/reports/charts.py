"""The charts of a report on paper: upright or lying bars, and the heat map of hours."""

import math

from reportlab.graphics.shapes import Drawing, Group, Rect, String
from reportlab.lib.colors import HexColor, linearlyInterpolatedColor
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from ult_desktop.core.figures.report import HEAT_COLOURS, ChartKind, ColumnKind, ReportPart, ReportValue
from ult_desktop.reports.letters import runs
from ult_desktop.reports.pages import INK, LINE, REGULAR

LETTER, LINE_HEIGHT = 7, 9  # points
COLOURS = (HexColor("#1F5FA8"), HexColor("#E0912F"))  # of the drawn columns
# Upright bars: the chart's height with the names below, which take at most `NAME_LINES`.
UPRIGHT_HEIGHT, UPRIGHT_FOOT = 20 * mm, 7 * mm
MOST_NAMES, NAME_LINES = 16, 2
# Lying bars: a row's height, the room below the last one, the names' largest share of the width, and as many
# rows as a landscape page has room for.
LYING_ROW, LYING_FOOT, LYING_NAMES, MOST_LYING = 3.8 * mm, 2 * mm, 0.4, 28
# The heat map: a row's height, and the width of its name at the left.
HEAT_ROW, HEAT_NAME = 4.8 * mm, 24 * mm
_COLD, _HOT = (HexColor(f"#{colour}") for colour in HEAT_COLOURS)


def chart_drawing(part: ReportPart, width: float) -> Drawing:
    """Return the picture of a part that has a chart."""
    if part.chart is not None and part.chart.kind is ChartKind.HEAT:
        return _heat_map(part, width)
    return _lying_bars(part, width) if _needs_lying_bars(part, width) else _upright_bars(part, width)


def _needs_lying_bars(part: ReportPart, width: float) -> bool:
    """Return whether the bars must lie: a name is too long to be below an upright bar, and is no day."""
    rows = part.drawn_rows
    if part.columns[0].kind is not ColumnKind.TEXT or len(rows) > MOST_LYING:
        return False
    slot = width / len(rows)
    for name in map(part.name_of, rows):
        has_wide_word = any(stringWidth(word, REGULAR, LETTER) > slot for word in name.split())
        if has_wide_word or len(_wrap(name, slot)) > NAME_LINES:
            return True
    return False


def _wrap(name: str, width: float) -> list[str]:
    lines: list[str] = simpleSplit(name, REGULAR, LETTER, width)
    return lines


def _number(value: ReportValue) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _text(x: float, y: float, words: str, *, centred: bool = False) -> Group:
    """Return the words, which begin or have their middle at `x`, in pieces: one for each font."""
    pieces = [(piece, font, stringWidth(piece, font, LETTER)) for piece, font in runs(words, REGULAR)]
    left = x
    if centred:
        left -= sum(width for _piece, _font, width in pieces) / 2
    group = Group()
    for piece, font, width in pieces:
        group.add(String(left, y, piece, fontName=font, fontSize=LETTER, fillColor=INK))
        left += width
    return group


def _highest(part: ReportPart) -> float:
    """Return the highest drawn number; 1 where all are 0, because the bars are divided by it."""
    values = (_number(row[column]) for row in part.drawn_rows for column in part.drawn_columns)
    return max(values, default=0.0) or 1.0


def _upright_bars(part: ReportPart, width: float) -> Drawing:
    """Draw groups of upright bars next to each other; their numbers are in the table."""
    drawing = Drawing(width, UPRIGHT_HEIGHT)
    rows, columns, highest = part.drawn_rows, part.drawn_columns, _highest(part)
    legend, legend_height = _legend(part, width)
    slot, longest = width / len(rows), UPRIGHT_HEIGHT - UPRIGHT_FOOT - legend_height
    thickness = min(slot * 0.8 / len(columns), 8 * mm)
    rows_a_name = math.ceil(len(rows) / MOST_NAMES)
    drawing.add(Rect(0, UPRIGHT_FOOT, width, 0.4, fillColor=LINE, strokeColor=None))
    for nth, row in enumerate(rows):
        x = nth * slot + (slot - thickness * len(columns)) / 2
        for colour, column in zip(COLOURS, columns, strict=False):
            length = longest * _number(row[column]) / highest
            drawing.add(Rect(x, UPRIGHT_FOOT, thickness * 0.9, length, fillColor=colour, strokeColor=None))
            x += thickness
        if nth % rows_a_name == 0:
            y = UPRIGHT_FOOT
            for line in _wrap(part.name_of(row), slot * rows_a_name)[:NAME_LINES]:
                y -= LINE_HEIGHT
                # The first and the last name stay within the margins.
                half = stringWidth(line, REGULAR, LETTER) / 2
                middle = max(half, min(nth * slot + slot / 2, width - half))
                drawing.add(_text(middle, y, line, centred=True))
    legend.translate(0, UPRIGHT_HEIGHT)
    drawing.add(legend)
    return drawing


def _lying_bars(part: ReportPart, width: float) -> Drawing:
    """Draw groups of lying bars below each other, each after its name."""
    rows, columns, highest = part.drawn_rows, part.drawn_columns, _highest(part)
    legend, legend_height = _legend(part, width)
    height = legend_height + LYING_ROW * len(rows) + LYING_FOOT
    drawing = Drawing(width, height)
    names = [_cut(part.name_of(row), width * LYING_NAMES) for row in rows]
    left = max(stringWidth(name, REGULAR, LETTER) for name in names) + 6
    thickness = LYING_ROW * 0.8 / len(columns)
    drawing.add(Rect(left, LYING_FOOT, 0.4, LYING_ROW * len(rows), fillColor=LINE, strokeColor=None))
    top = height - legend_height
    for name, row in zip(names, rows, strict=True):
        drawing.add(_text(0, top - LYING_ROW / 2 - LETTER / 3, name))
        y = top - LYING_ROW * 0.1
        for colour, column in zip(COLOURS, columns, strict=False):
            y -= thickness
            length = (width - left) * _number(row[column]) / highest
            drawing.add(Rect(left, y, length, thickness * 0.9, fillColor=colour, strokeColor=None))
        top -= LYING_ROW
    legend.translate(0, height)
    drawing.add(legend)
    return drawing


def _cut(words: str, width: float) -> str:
    """Return the words, cut with an ellipsis if they have no room."""
    if stringWidth(words, REGULAR, LETTER) <= width:
        return words
    while words and stringWidth(f"{words}…", REGULAR, LETTER) > width:
        words = words[:-1]
    return f"{words}…"


def _legend(part: ReportPart, width: float) -> tuple[Group, float]:
    """Return the drawn columns' names with their colours, and the height that they take from a chart.

    They are drawn below the line y = 0: the caller moves them to the chart's top. They are next to each
    other, or below each other where the chart is too narrow.
    """
    heads = [_cut(part.columns[column].head, width - LETTER - 3) for column in part.drawn_columns]
    widths = [stringWidth(head, REGULAR, LETTER) + LETTER + 15 for head in heads]
    in_one_line = sum(widths) <= width
    group, x, y = Group(), 0.0, -float(LETTER)
    for colour, head, head_width in zip(COLOURS, heads, widths, strict=False):
        group.add(Rect(x, y, LETTER, LETTER, fillColor=colour, strokeColor=None))
        group.add(_text(x + LETTER + 3, y + 1, head))
        if in_one_line:
            x += head_width
        else:
            y -= LINE_HEIGHT
    lines = 1 if in_one_line else len(heads)
    return group, lines * LINE_HEIGHT + 4


def _heat_map(part: ReportPart, width: float) -> Drawing:
    """Draw a box for each cell, the hotter in colour the longer the time; the number is in the box."""
    y = HEAT_ROW * (len(part.rows) + 1)
    drawing = Drawing(width, y)
    slot, highest = (width - HEAT_NAME) / len(part.drawn_columns), _highest(part)
    for nth, column in enumerate(part.drawn_columns):
        middle = HEAT_NAME + slot * (nth + 0.5)
        drawing.add(_text(middle, y - LETTER, part.columns[column].words, centred=True))
    y -= HEAT_ROW
    for row in part.rows:
        y -= HEAT_ROW
        drawing.add(_text(0, y + 1.3 * mm, part.name_of(row)))
        for nth, column in enumerate(part.drawn_columns):
            x = HEAT_NAME + slot * nth
            fill = linearlyInterpolatedColor(_COLD, _HOT, 0, highest, _number(row[column]))
            drawing.add(Rect(x, y, slot - 1, HEAT_ROW - 1, fillColor=fill, strokeColor=None))
            words = part.columns[column].in_words(row[column])
            drawing.add(_text(x + slot / 2, y + 1.3 * mm, words, centred=True))
    return drawing
