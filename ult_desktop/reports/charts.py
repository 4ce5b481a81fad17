"""The charts of a report on paper: upright or lying bars, and the heat map of hours."""

from reportlab.graphics.shapes import Drawing, Group, Rect, String
from reportlab.lib.colors import HexColor, linearlyInterpolatedColor
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from ult_desktop.core.figures.report import HEAT_COLOURS, ChartKind, ColumnKind, ReportPart, ReportValue
from ult_desktop.reports.letters import runs
from ult_desktop.reports.pages import INK, LINE, REGULAR

HEIGHT, HEAT_ROW, LYING_ROW = 20 * mm, 4.8 * mm, 3.8 * mm
NAME_WIDTH = 24 * mm  # of a row's name at the left of the heat map
FOOT = 7 * mm  # for the names below upright bars
LETTER, LINE_HEIGHT = 7, 9  # points
LYING_NAME, LYING_FOOT = 0.4, 2 * mm  # the names' share of the width, at most; the room below the last bar
COLOURS = (HexColor("#1F5FA8"), HexColor("#E0912F"))
MOST_NAMES, NAME_LINES = 16, 2
MOST_LYING = 28  # as many rows as a landscape page has room for
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}  # the part of a text that is left of its place
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
    """Return the name in lines of that width; a single word is not broken.

    With a word that is too wide the lines are more than `NAME_LINES`, so that the bars lie.
    """
    lines: list[str] = simpleSplit(name, REGULAR, LETTER, width)
    longest = max((stringWidth(word, REGULAR, LETTER) for word in name.split()), default=0)
    return lines if longest <= width else [*lines, *[""] * NAME_LINES]


def _number(value: ReportValue) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _text(x: float, y: float, words: str, anchor: str = "middle") -> Group:
    """Return the words as one piece for each font that has their letters."""
    pieces = [(piece, font, stringWidth(piece, font, LETTER)) for piece, font in runs(words, REGULAR)]
    left = x - _BEFORE[anchor] * sum(wide for _piece, _font, wide in pieces)
    group = Group()
    for piece, font, wide in pieces:
        group.add(String(left, y, piece, fontName=font, fontSize=LETTER, fillColor=INK))
        left += wide
    return group


def _highest(part: ReportPart) -> float:
    values = (_number(row[place]) for row in part.drawn_rows for place in part.drawn)
    return max(values, default=0.0) or 1.0


def _upright(part: ReportPart, width: float) -> Drawing:
    """Draw groups of upright bars next to each other; their numbers are in the table."""
    drawing = Drawing(width, HEIGHT)
    rows, columns, highest = part.drawn_rows, part.drawn, _highest(part)
    legend, head = _legend(part, width)
    slot, tall = width / len(rows), HEIGHT - FOOT - head
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
                # The first and the last stay within the margins.
                half = stringWidth(line, REGULAR, LETTER) / 2
                middle = min(max(at * slot + slot / 2, half), max(width - half, half))
                drawing.add(_text(middle, FOOT - nth * LINE_HEIGHT, line))
    legend.translate(0, HEIGHT)
    drawing.add(legend)
    return drawing


def _lying(part: ReportPart, width: float) -> Drawing:
    """Draw groups of lying bars below each other, each after its name."""
    rows, columns, highest = part.drawn_rows, part.drawn, _highest(part)
    legend, head = _legend(part, width)
    height = head + LYING_ROW * len(rows) + LYING_FOOT
    drawing = Drawing(width, height)
    names = [_cut(part.name_of(row), width * LYING_NAME) for row in rows]
    left = max(stringWidth(name, REGULAR, LETTER) for name in names) + 6
    thick = LYING_ROW * 0.8 / len(columns)
    drawing.add(Rect(left, LYING_FOOT, 0.4, LYING_ROW * len(rows), fillColor=LINE, strokeColor=None))
    for at, (name, row) in enumerate(zip(names, rows, strict=True)):
        top = height - head - at * LYING_ROW
        drawing.add(_text(0, top - LYING_ROW / 2 - LETTER / 3, name, "start"))
        for nth, place in enumerate(columns):
            long = (width - left) * _number(row[place]) / highest
            y = top - LYING_ROW * 0.1 - (nth + 1) * thick
            drawing.add(Rect(left, y, long, thick * 0.9, fillColor=COLOURS[nth], strokeColor=None))
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
    heads = [_cut(part.columns[place].head, width - LETTER - 3) for place in part.drawn]
    steps = [stringWidth(head, REGULAR, LETTER) + LETTER + 15 for head in heads]
    below = sum(steps) > width
    group, left, top = Group(), 0.0, -float(LETTER)
    for nth, (head, step) in enumerate(zip(heads, steps, strict=True)):
        group.add(Rect(left, top, LETTER, LETTER, fillColor=COLOURS[nth], strokeColor=None))
        group.add(_text(left + LETTER + 3, top + 1, head, "start"))
        left, top = (0, top - LINE_HEIGHT) if below else (left + step, top)
    return group, (len(heads) if below else 1) * LINE_HEIGHT + 4


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
        drawing.add(_text(0, y + 1.3 * mm, part.name_of(row), "start"))
        for nth, place in enumerate(columns):
            share = _number(row[place]) / highest
            words = part.columns[place].shown(row[place])
            drawing.add(_box(NAME_WIDTH + slot * nth, y, slot, share, words))
    return drawing


def _box(x: float, y: float, width: float, share: float, words: str) -> Group:
    fill = linearlyInterpolatedColor(_COLD, _HOT, 0, 1, share)
    return Group(
        Rect(x, y, width - 1, HEAT_ROW - 1, fillColor=fill, strokeColor=None),
        _text(x + width / 2, y + 1.3 * mm, words),
    )
