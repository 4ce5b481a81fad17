"""A procedure as a picture: the table of PermenPANRB 35/2012, with arrows through the actors' columns."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from msgspec import Struct

from ult_desktop.base import _
from ult_desktop.core.procedures.procedure import Procedure, Step
from ult_desktop.core.procedures.standard_time import time_words

Colours = Mapping[str, str]
TEXT, LINE, PAD, TOP = 13, 18, 12, 118
NUMBER, ACTIVITY, LANE, INPUTS, TIME, OUTPUTS, REMARKS = 48, 300, 116, 170, 120, 170, 210
TRACK, HEAD, MARGIN, LEAST_ROW = 16, 58, 32, 84
WIDE, HIGH = 62, 34


class FlowRow(Struct, frozen=True):
    """A step's row in the picture: its top and height, and the middle of its symbol."""

    step: Step
    cells: tuple[tuple[float, float, tuple[str, ...]], ...]
    top: float
    height: float
    x: float

    @property
    def y(self) -> float:
        return self.top + self.height / 2


class FlowLayout(Struct, frozen=True):
    """The columns of the picture: lanes next to each other, then a gutter for the jumps."""

    procedure: Procedure
    jumps: int

    @property
    def lanes(self) -> float:
        return MARGIN + NUMBER + ACTIVITY

    @property
    def gutter(self) -> float:
        return self.lanes + LANE * len(self.procedure.actors)

    @property
    def after(self) -> float:
        return self.gutter + (TRACK * (self.jumps + 1) if self.jumps else 0)

    @property
    def width(self) -> float:
        return self.after + INPUTS + TIME + OUTPUTS + REMARKS + MARGIN

    def lane(self, actor: str) -> float:
        """Return the middle of that actor's lane."""
        return self.lanes + LANE * ([each.id for each in self.procedure.actors].index(actor) + 0.5)

    def columns(self) -> tuple[tuple[str, float, float], ...]:
        """Return heading, left edge and width of each column from left to right."""
        named: list[tuple[str, float]] = [(_("No."), NUMBER), (_("Kegiatan"), ACTIVITY)]
        named += [(actor.name, LANE) for actor in self.procedure.actors]
        named += [("", self.after - self.gutter), (_("Kelengkapan"), INPUTS), (_("Waktu"), TIME)]
        named += [(_("Keluaran"), OUTPUTS), (_("Keterangan"), REMARKS)]
        left, placed = float(MARGIN), []
        for heading, width in named:
            if width:
                placed.append((heading, left, width))
            left += width
        return tuple(placed)


def flow_picture(procedure: Procedure, colours: Colours) -> str:
    """Draw the picture as SVG text; `colours` are the theme's colours by name.

    The procedure must be free of faults.
    """
    sheet = FlowLayout(procedure, sum(len(_jumps(procedure, at)) for at in range(len(procedure.steps))))
    rows = _rows(sheet)
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
            *(line for row in rows for line in _symbols(sheet, row, colours)),
            "</svg>\n",
        ]
    )


def wrapped(text: str, width: float, size: float = TEXT) -> tuple[str, ...]:
    """Break the text into lines that fit `width`; a word that is too long alone is broken."""
    lines, line = [], ""
    for word in text.split():
        joined = f"{line} {word}".lstrip()
        if line and _width(joined, size) > width:
            lines.append(line)
            joined = word
        while _width(joined, size) > width:
            fits = _fitting(joined, width, size)
            lines.append(joined[:fits])
            joined = joined[fits:]
        line = joined
    return (*lines, line) if line else tuple(lines)


def _fitting(word: str, width: float, size: float) -> int:
    """Return how many letters of a too long word go on a line, up to its last slash where there is one."""
    fits = max(1, next(n for n in range(len(word)) if _width(word[: n + 1], size) > width))
    return word.rfind("/", 0, fits) + 1 or fits


def _width(text: str, size: float) -> float:
    """Return about how wide the text is in the font Inter, which cannot be measured without a screen."""
    wide, narrow = (
        sum(c in "mwMW@%" or c.isupper() for c in text),
        sum(c in "ijlft.,:;'|()[] /" for c in text),
    )
    return size * (0.61 * len(text) + 0.16 * wide - 0.25 * narrow)


def _jumps(procedure: Procedure, at: int) -> list[int | None]:
    """Return the steps to which a step leads, except the one in the row below; None is the end."""
    step = procedure.steps[at]
    below = procedure.steps[at + 1].step if at + 1 < len(procedure.steps) else None
    last = not step.branches and step.next is None
    return [] if last else [target for target in step.targets if target != below or target is None]


def _rows(sheet: FlowLayout) -> tuple[FlowRow, ...]:
    rows: list[FlowRow] = []
    top = float(TOP + HEAD)
    after = sheet.after
    for step in sheet.procedure.steps:
        cells = (
            (MARGIN + NUMBER, ACTIVITY, wrapped(step.activity, ACTIVITY - 2 * PAD)),
            (after, INPUTS, wrapped(", ".join(step.inputs) or "–", INPUTS - 2 * PAD)),
            (after + INPUTS, TIME, wrapped(time_words(step.time), TIME - 2 * PAD)),
            (after + INPUTS + TIME, OUTPUTS, wrapped(", ".join(step.outputs) or "–", OUTPUTS - 2 * PAD)),
            (after + INPUTS + TIME + OUTPUTS, REMARKS, _remarks(step)),
        )
        height = max(LEAST_ROW, max(len(lines) for _x, _w, lines in cells) * LINE + 2 * PAD)
        rows.append(FlowRow(step, cells, top, height, sheet.lane(step.actors[0].id)))
        top += height
    return tuple(rows)


def _remarks(step: Step) -> tuple[str, ...]:
    lines = list(wrapped(step.remarks, REMARKS - 2 * PAD))
    for branch in step.branches:
        target = _("langkah {n}").format(n=branch.goto) if branch.goto else _("selesai")
        lines += wrapped(f"◇ {branch.label} → {target}", REMARKS - 2 * PAD)
    return tuple(lines)


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
        f'<rect x="{MARGIN}" y="{TOP}" width="{width:g}" height="{HEAD}" rx="10" fill="{fill}"/>',
        f'<rect x="{MARGIN}" y="{TOP + HEAD - 12}" width="{width:g}" height="12" fill="{fill}"/>',
    ]
    for at, row in enumerate(rows):
        fill = colours["surface-alt"] if at % 2 else colours["surface"]
        drawn.append(
            f'<rect x="{MARGIN}" y="{row.top:g}" width="{width:g}" height="{row.height:g}" fill="{fill}"/>'
        )
        drawn.append(_line((MARGIN, row.top + row.height), (MARGIN + width, row.top + row.height), colours))
        drawn += _cells(row, colours)
    for heading, left, wide in sheet.columns():
        drawn += _lines(
            (left + wide / 2, TOP + HEAD / 2), wrapped(heading, wide - 8, 12), colours["header-ink"]
        )
        drawn.append(_line((left, TOP + HEAD), (left, bottom), colours))
    drawn.append(_line((MARGIN + width, TOP + HEAD), (MARGIN + width, bottom), colours))
    return drawn


def _cells(row: FlowRow, colours: Colours) -> list[str]:
    drawn = _lines((MARGIN + NUMBER / 2, row.y), (str(row.step.step),), colours["primary"], size=16)
    for left, _wide, lines in row.cells:
        first = row.y - (len(lines) - 1) * LINE / 2 + TEXT * 0.35
        drawn += [_text(left + PAD, first + n * LINE, line, colours["ink"]) for n, line in enumerate(lines)]
    return drawn


def _flow(sheet: FlowLayout, rows: tuple[FlowRow, ...], colours: Colours) -> list[str]:
    """Draw the arrows: to the row below through the lanes, all others through the gutter."""
    by_number = {row.step.step: row for row in rows}
    drawn, track = [], 0
    for at, row in enumerate(rows):
        if at + 1 < len(rows) and rows[at + 1].step.step in row.step.targets:
            below = rows[at + 1]
            start, end = (row.x, row.y + HIGH / 2), (below.x, below.y - HIGH / 2)
            drawn.append(_arrow([start, (row.x, below.top), (below.x, below.top), end], colours["primary"]))
        for target in _jumps(sheet.procedure, at):
            track += 1
            x = sheet.gutter + TRACK * track
            to = by_number[target] if target else None
            drawn += _round(row, to, x, colours)
    return drawn


def _round(row: FlowRow, to: FlowRow | None, x: float, colours: Colours) -> list[str]:
    start = (row.x + WIDE / 2, row.y)
    if to is None:
        stop = f'<circle cx="{x:g}" cy="{row.y:g}" r="6" fill="{colours["danger"]}"/>'
        return [_arrow([start, (x - 6, row.y)], colours["danger"]), stop]
    above = to.top + 12
    turn = [start, (x, row.y), (x, above), (to.x, above), (to.x, to.y - HIGH / 2)]
    return [_arrow(turn, colours["accent-soft-ink"])]


def _arrow(points: list[tuple[float, float]], colour: str) -> str:
    path = " ".join(f"{x:g},{y:g}" for x, y in points)
    (x0, y0), (x, y) = points[-2:]
    tip = f"{x - 5:g},{y - 8:g} {x + 5:g},{y - 8:g} {x:g},{y:g}"
    if y0 == y and x0 != x:
        tip = f"{x - 8:g},{y - 5:g} {x - 8:g},{y + 5:g} {x:g},{y:g}"
    return (
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round"/>'
        f'<polygon points="{tip}" fill="{colour}"/>'
    )


def _symbols(sheet: FlowLayout, row: FlowRow, colours: Colours) -> list[str]:
    """Draw a row's symbols: a pill for the first step or an end, a diamond for a decision, else a box.

    The step's further actors get a box in their lanes, with a dashed line to the symbol.
    """
    steps = sheet.procedure.steps
    drawn = []
    for actor in row.step.actors[1:]:
        x = sheet.lane(actor.id)
        drawn.append(
            f'<line x1="{row.x:g}" y1="{row.y:g}" x2="{x:g}" y2="{row.y:g}" '
            f'stroke="{colours["primary"]}" stroke-width="2" stroke-dasharray="4 4"/>'
        )
        drawn.append(_box(x, row.y, 4, colours["surface"], colours["primary"]))
    if row.step.branches:
        drawn.append(_diamond(row, colours))
    else:
        pill = row.step is steps[0] or row.step.next is None
        drawn.append(_box(row.x, row.y, HIGH / 2 if pill else 4, colours["primary-soft"], colours["primary"]))
    return drawn + _lines((row.x, row.y), (str(row.step.step),), colours["ink"])


def _box(x: float, y: float, radius: float, fill: str, stroke: str) -> str:
    return (
        f'<rect x="{x - WIDE / 2:g}" y="{y - HIGH / 2:g}" width="{WIDE}" height="{HIGH}" rx="{radius:g}" '
        f'fill="{fill}" stroke="{stroke}" stroke-width="2"/>'
    )


def _diamond(row: FlowRow, colours: Colours) -> str:
    x, y = row.x, row.y
    points = f"{x:g},{y - HIGH / 2:g} {x + WIDE / 2:g},{y:g} {x:g},{y + HIGH / 2:g} {x - WIDE / 2:g},{y:g}"
    fill, stroke = colours["accent-soft"], colours["accent-soft-ink"]
    return f'<polygon points="{points}" fill="{fill}" stroke="{stroke}" stroke-width="2"/>'


def _line(start: tuple[float, float], end: tuple[float, float], colours: Colours) -> str:
    (x1, y1), (x2, y2) = start, end
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{colours["line"]}"/>'


def _lines(middle: tuple[float, float], lines: tuple[str, ...], colour: str, size: int = 12) -> list[str]:
    """Draw bold lines of text, centred on a point."""
    x, y = middle
    first = y - (len(lines) - 1) * (size + 4) / 2 + size * 0.35
    return [
        _text(x, first + n * (size + 4), line, colour, size=size, weight=600, anchor="middle")
        for n, line in enumerate(lines)
    ]


def _text(x: float, y: float, text: str, colour: str, **style: str | int) -> str:
    names = {"size": "font-size", "weight": "font-weight", "anchor": "text-anchor"}
    extra = "".join(f' {names[key]}="{value}"' for key, value in style.items())
    return f'<text x="{x:g}" y="{y:g}" fill="{colour}"{extra}>{escape(text)}</text>'
