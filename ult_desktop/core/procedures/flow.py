"""The picture of a procedure as SVG: the table of PermenPANRB 35/2012 with its flow.

`flow_layout.py` places symbols and arrows; this module draws them, and the table around them.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from msgspec import Struct

from ult_desktop.base import _
from ult_desktop.core.procedures.document import remark_lines
from ult_desktop.core.procedures.flow_layout import (
    FlowShape,
    FlowSizes,
    Point,
    head_points,
    page_flows,
    symbol_points,
)
from ult_desktop.core.procedures.procedure import Procedure, Step
from ult_desktop.core.procedures.standard_time import time_words

Colours = Mapping[str, str]
# Pixels: the size of the text, the height of a line, the space in a cell, the top of the table.
TEXT, LINE, PAD, TOP = 13, 18, 12, 118
# Pixels: the widths of the columns; each actor has a lane.
NUMBER, ACTIVITY, LANE, INPUTS, TIME, OUTPUTS, REMARKS = 48, 300, 116, 170, 120, 170, 210
HEAD, MARGIN = 58, 32  # pixels: the height of the table's head, the space around the table
_BELOW_MIDDLE = 0.35  # of the size of a text: how far its base line lies below the middle of its letters
SIZES = FlowSizes(lane=LANE, wide=62, high=34, air=25, strip=0, gap=9)


class FlowCell(NamedTuple):
    """A cell of a row with text: the x of its left edge, in pixels, and its lines."""

    left: float
    lines: tuple[str, ...]


class FlowRow(Struct, frozen=True):
    """A step's row in the picture, in pixels."""

    step: Step
    cells: tuple[FlowCell, ...]
    top: float
    height: float

    @property
    def y(self) -> float:
        return self.top + self.height / 2


class FlowLayout(Struct, frozen=True):
    """The columns of the picture; the actors' lanes come after the activity."""

    procedure: Procedure

    @property
    def lanes(self) -> float:
        """The left edge of the first lane."""
        return MARGIN + NUMBER + ACTIVITY

    @property
    def after_lanes(self) -> float:
        """The left edge of the column after the lanes."""
        return self.lanes + LANE * len(self.procedure.actors)

    @property
    def width(self) -> float:
        return self.after_lanes + INPUTS + TIME + OUTPUTS + REMARKS + MARGIN

    def columns(self) -> tuple[tuple[str, float, float], ...]:
        """Return heading, left edge and width of each column from left to right."""
        named: list[tuple[str, float]] = [(_("No."), NUMBER), (_("Kegiatan"), ACTIVITY)]
        named += [(actor.name, LANE) for actor in self.procedure.actors]
        named += [(_("Kelengkapan"), INPUTS), (_("Waktu"), TIME)]
        named += [(_("Keluaran"), OUTPUTS), (_("Keterangan"), REMARKS)]
        left, placed = float(MARGIN), []
        for heading, width in named:
            placed.append((heading, left, width))
            left += width
        return tuple(placed)


def flow_picture(procedure: Procedure, colours: Colours) -> str:
    """Draw the picture as SVG text; `colours` are the theme's colours by name.

    The procedure must be free of faults.
    """
    sheet = FlowLayout(procedure)
    rows = _place_rows(sheet)
    height = rows[-1].top + rows[-1].height + MARGIN
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width:g}" height="{height:g}" '
        f'viewBox="0 0 {sheet.width:g} {height:g}" font-family="Inter, sans-serif" font-size="{TEXT}">'
    )
    return "\n".join(
        [
            opening,
            f'<rect width="{sheet.width:g}" height="{height:g}" fill="{colours["surface"]}"/>',
            *_title(procedure, colours),
            *_table(sheet, rows, colours),
            *_flow(sheet, rows, colours),
            "</svg>\n",
        ]
    )


def wrap_text(text: str, width: float, size: float = TEXT) -> tuple[str, ...]:
    """Break the text into lines of at most `width` pixels; a longer word is broken, too."""
    lines, line = [], ""
    for word in text.split():
        joined = f"{line} {word}".lstrip()
        if line and _width(joined, size) > width:
            lines.append(line)
            joined = word
        while _width(joined, size) > width:
            fitting = next(n for n in range(len(joined)) if _width(joined[: n + 1], size) > width)
            end = joined.rfind("/", 0, fitting) + 1 or max(1, fitting)  # after the last slash, if any
            lines.append(joined[:end])
            joined = joined[end:]
        line = joined
    return (*lines, line) if line else tuple(lines)


def _width(text: str, size: float) -> float:
    """Return an estimate of the text's width: the font Inter cannot be measured without a screen.

    The factors are mean widths of its letters, in units of the font size.
    """
    wide = len([c for c in text if c in "mwMW@%" or c.isupper()])
    narrow = len([c for c in text if c in "ijlft.,:;'|()[] /"])
    return size * (0.61 * len(text) + 0.16 * wide - 0.25 * narrow)


def _place_rows(sheet: FlowLayout) -> tuple[FlowRow, ...]:
    rows: list[FlowRow] = []
    top = float(TOP + HEAD)
    after = sheet.after_lanes
    for step in sheet.procedure.steps:
        inputs, outputs = ", ".join(step.inputs) or "–", ", ".join(step.outputs) or "–"
        cells = (
            FlowCell(MARGIN + NUMBER, wrap_text(step.activity, ACTIVITY - 2 * PAD)),
            FlowCell(after, wrap_text(inputs, INPUTS - 2 * PAD)),
            FlowCell(after + INPUTS, wrap_text(time_words(step.time), TIME - 2 * PAD)),
            FlowCell(after + INPUTS + TIME, wrap_text(outputs, OUTPUTS - 2 * PAD)),
            FlowCell(
                after + INPUTS + TIME + OUTPUTS,
                tuple(part for line in remark_lines(step) for part in wrap_text(line, REMARKS - 2 * PAD)),
            ),
        )
        height = max(SIZES.least_row, max(len(cell.lines) for cell in cells) * LINE + 2 * PAD)
        rows.append(FlowRow(step, cells, top, height))
        top += height
    return tuple(rows)


def _title(procedure: Procedure, colours: Colours) -> list[str]:
    under = _("Nomor {number} · {office}").format(number=procedure.number, office=procedure.office.short_name)
    return [
        _text(MARGIN, 58, procedure.title, colours["ink"], size=26, weight=700),
        _text(MARGIN, 88, under, colours["ink-soft"], size=15),
    ]


def _table(sheet: FlowLayout, rows: tuple[FlowRow, ...], colours: Colours) -> list[str]:
    width, bottom = sheet.width - 2 * MARGIN, rows[-1].top + rows[-1].height
    fill = colours["header-to"]
    drawn = [
        # The head has round corners above alone: the second rectangle covers those below.
        f'<rect x="{MARGIN}" y="{TOP}" width="{width:g}" height="{HEAD}" rx="10" fill="{fill}"/>',
        f'<rect x="{MARGIN}" y="{TOP + HEAD - 12}" width="{width:g}" height="12" fill="{fill}"/>',
    ]
    for nth, row in enumerate(rows):
        fill = colours["surface-alt"] if nth % 2 else colours["surface"]
        drawn.append(
            f'<rect x="{MARGIN}" y="{row.top:g}" width="{width:g}" height="{row.height:g}" fill="{fill}"/>'
        )
        drawn.append(_line((MARGIN, row.top + row.height), (MARGIN + width, row.top + row.height), colours))
        drawn += _cells(row, colours)
    for heading, left, wide in sheet.columns():
        drawn += _lines(
            (left + wide / 2, TOP + HEAD / 2), wrap_text(heading, wide - 8, 12), colours["header-ink"]
        )
        drawn.append(_line((left, TOP + HEAD), (left, bottom), colours))
    drawn.append(_line((MARGIN + width, TOP + HEAD), (MARGIN + width, bottom), colours))
    return drawn


def _cells(row: FlowRow, colours: Colours) -> list[str]:
    drawn = _lines((MARGIN + NUMBER / 2, row.y), (str(row.step.step),), colours["primary"], size=16)
    for left, lines in row.cells:
        baseline = row.y - (len(lines) - 1) * LINE / 2 + TEXT * _BELOW_MIDDLE
        for line in lines:
            drawn.append(_text(left + PAD, baseline, line, colours["ink"]))
            baseline += LINE
    return drawn


def _flow(sheet: FlowLayout, rows: tuple[FlowRow, ...], colours: Colours) -> list[str]:
    """Draw symbols and arrows; dashes tie the symbols of further actors to that of their step."""
    (page,) = page_flows(sheet.procedure, [[row.height for row in rows]], SIZES)
    ink = colours["primary"]
    drawn = [
        f'<polyline points="{_points(tie)}" stroke="{ink}" stroke-width="2" stroke-dasharray="4 4"/>'
        for tie in page.ties
    ]
    drawn += [
        f'<polyline points="{_points(arrow)}" fill="none" stroke="{ink}" stroke-width="2"/>'
        f'<polygon points="{_points(head_points(arrow, 9))}" fill="{ink}"/>'
        for arrow in page.arrows
    ]
    for symbol in page.symbols:
        fill = colours["surface" if symbol.helps else "primary-soft"]
        if symbol.shape is FlowShape.CAPSULE:
            left, top = symbol.x - symbol.wide / 2, symbol.y - symbol.high / 2
            drawn.append(
                f'<rect x="{left:g}" y="{top:g}" width="{symbol.wide:g}" height="{symbol.high:g}" '
                f'rx="{symbol.high / 2:g}" fill="{fill}" stroke="{ink}" stroke-width="2"/>'
            )
        else:
            corners = _points(symbol_points(symbol))
            drawn.append(f'<polygon points="{corners}" fill="{fill}" stroke="{ink}" stroke-width="2"/>')
        size = 12 if len(symbol.text) < 3 else 10
        drawn += _lines((symbol.x, symbol.y), (symbol.text,), colours["ink"], size)
    return [f'<g transform="translate({sheet.lanes:g} {rows[0].top:g})">', *drawn, "</g>"]


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _line(start: tuple[float, float], end: tuple[float, float], colours: Colours) -> str:
    (x1, y1), (x2, y2) = start, end
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{colours["line"]}"/>'


def _lines(middle: tuple[float, float], lines: tuple[str, ...], colour: str, size: int = 12) -> list[str]:
    """Draw bold lines of text, centred on a point."""
    x, y = middle
    first = y - (len(lines) - 1) * (size + 4) / 2 + size * _BELOW_MIDDLE
    return [
        _text(x, first + n * (size + 4), line, colour, size=size, weight=600, anchor="middle")
        for n, line in enumerate(lines)
    ]


def _text(x: float, y: float, text: str, colour: str, **style: str | int) -> str:
    names = {"size": "font-size", "weight": "font-weight", "anchor": "text-anchor"}
    extra = "".join(f' {names[key]}="{value}"' for key, value in style.items())
    return f'<text x="{x:g}" y="{y:g}" fill="{colour}"{extra}>{escape(text)}</text>'
