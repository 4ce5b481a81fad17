"""The charts of a report on paper, drawn from the same rows as its tables."""

from reportlab.graphics.shapes import Drawing, Group, Rect, String
from reportlab.lib.colors import HexColor, linearlyInterpolatedColor
from reportlab.lib.units import mm

from ult_desktop.core.figures.report import HEAT_COLOURS, ChartKind, ReportPart, ReportValue
from ult_desktop.reports.pages import INK, LINE, REGULAR

HEIGHT, HEAT_ROW = 46 * mm, 7 * mm
NAME_WIDTH, FOOT, HEAD, LETTER = 24 * mm, 8 * mm, 7 * mm, 7
COLOURS = (HexColor("#1F5FA8"), HexColor("#E0912F"))
MOST_NAMES = 16
_COLD, _HOT = (HexColor(f"#{each}") for each in HEAT_COLOURS)


def chart_drawing(part: ReportPart, width: float) -> Drawing:
    """The picture of a part that has a chart."""
    if part.chart is not None and part.chart.kind is ChartKind.HEAT:
        return _heat(part, width)
    return _bars(part, width)


def _number(value: ReportValue) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _text(x: float, y: float, words: str, anchor: str = "middle") -> String:
    return String(x, y, words, fontName=REGULAR, fontSize=LETTER, textAnchor=anchor, fillColor=INK)


def _bars(part: ReportPart, width: float) -> Drawing:
    """Groups of bars beside each other; their numbers stand in the table."""
    drawing = Drawing(width, HEIGHT)
    rows, columns = part.drawn_rows, part.drawn
    highest = max((_number(row[place]) for row in rows for place in columns), default=0.0) or 1.0
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
            drawing.add(
                _text(at * slot + slot / 2, FOOT - LETTER - 2, _short(part.name_of(row), slot * every))
            )
    drawing.add(_legend(part))
    return drawing


def _short(words: str, width: float) -> str:
    room = max(3, int(width / (LETTER * 0.55)))
    return words if len(words) <= room else f"{words[: room - 1]}…"


def _legend(part: ReportPart) -> Group:
    group, left = Group(), 0.0
    for nth, place in enumerate(part.drawn):
        head = part.columns[place].head
        group.add(Rect(left, HEIGHT - LETTER, LETTER, LETTER, fillColor=COLOURS[nth], strokeColor=None))
        group.add(_text(left + LETTER + 3, HEIGHT - LETTER + 1, head, "start"))
        left += len(head) * LETTER * 0.6 + 24
    return group


def _heat(part: ReportPart, width: float) -> Drawing:
    """One box a place, the darker the longer; its number stands in it."""
    rows, columns = part.rows, part.drawn
    height = HEAT_ROW * (len(rows) + 1)
    drawing = Drawing(width, height)
    slot = (width - NAME_WIDTH) / len(columns)
    highest = max((_number(row[place]) for row in rows for place in columns), default=0.0) or 1.0
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
