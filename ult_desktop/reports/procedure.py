"""A procedure (POS) as the PDF that a head of office signs: a page of lists, then the table of its steps.

Its form is that of PermenPANRB 35/2012: identity at the right, lists in boxes, one column an actor, in
which the flow is drawn.
"""

from collections.abc import Sequence
from typing import NamedTuple

from reportlab.lib.colors import Color, white
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.platypus import Flowable, PageBreak, Spacer, Table, TableStyle
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.procedures import document
from ult_desktop.core.procedures.flow_layout import (
    FlowShape,
    FlowSizes,
    FlowSymbol,
    PageFlow,
    Point,
    divide_into_pages,
    head_points,
    page_flows,
    symbol_points,
)
from ult_desktop.core.procedures.procedure import Procedure, Step
from ult_desktop.reports.pages import BOLD, FOOT, INK, LINE, SOFT, logo_picture, pdf_of, words

MARGIN = 12 * mm
HEAD_NAME, HEAD_VALUE = 36 * mm, 84 * mm  # the two columns of the facts in the head
GAP, _ENDLESS = 4 * mm, 0xFFFFFF  # between two parts; a height (points) that is never too small
ROOM = landscape(A4)[1] - 2 * MARGIN - FOOT - 4 * mm  # what a page has between its edges, less a frame's own
SIZES = (8, 7.5, 7, 6, 5)  # of the letters: the largest with which each part fits its page
_LIST_SIZES = SIZES[:3]  # smaller ones are for the table alone, whose rows must not break
PLACE, TIME = 9 * mm, 18 * mm  # the widths of the columns with a step's number and its time
EXECUTORS = 2  # the columns before those of the actors: number and activity
LANES, WIDEST_LANE = 102 * mm, 22 * mm  # the actors' columns ("lanes") together, and one of them, at most
ACTIVITY, INPUTS, OUTPUTS, REMARKS = 0.38, 0.20, 0.20, 0.22  # of the width that the other columns leave
MARK_WIDTH, MARK, AIR = 12 * mm, 6 * mm, 3.2 * mm  # a symbol's width and height, and the room around it
STRIP = 9 * mm  # the height of the row in which the flow comes from the page before, or goes to the next
HEAD = 1.5 * mm  # of an arrow
_BOXES = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, LINE), ("VALIGN", (0, 0), (-1, -1), "TOP")])


def procedure_pdf(procedure: Procedure, logo: bytes = b"") -> bytes:
    """Return the whole PDF on A4 across; the same procedure gives the same bytes. It must be free of faults.

    `logo` is the office's (PNG).
    """
    return pdf_of(
        lambda width: _story(procedure, width, logo),
        landscape(A4),
        title=f"{procedure.title} {procedure.number}",
        author=procedure.office.name,
        foot=f"{procedure.number} · {procedure.title}",
        margin=MARGIN,
    )


def _story(procedure: Procedure, width: float, logo: bytes) -> list[Flowable]:
    head = _head(procedure, width, logo)
    room = ROOM - GAP - head.wrap(width, ROOM)[1]
    for size in _LIST_SIZES:
        lists = _lists(procedure, width, size)
        if lists.wrap(width, ROOM)[1] <= room:
            break
    else:  # in no size on this page: then it is broken, in the largest
        lists = _lists(procedure, width, _LIST_SIZES[0])
    return [head, Spacer(0, GAP), lists, *_pages(procedure, width, _signature(procedure, width))]


def _head(procedure: Procedure, width: float, logo: bytes) -> Table:
    """Return the head: the office at the left, number, dates and approver at the right."""
    office: list[Flowable] = [logo_picture(logo)] if logo else []
    office += [words(line.upper(), 9, centred=True) for line in procedure.office.parents]
    office.append(words(procedure.office.name.upper(), 12, bold=True, centred=True))
    rows = [[words(name, 9, bold=True), words(value)] for name, value in document.head_rows(procedure)]
    facts = Table(rows, colWidths=[HEAD_NAME, HEAD_VALUE], style=_BOXES)
    style = TableStyle(
        [
            ("VALIGN", (0, 0), (0, 0), "MIDDLE"),
            ("RIGHTPADDING", (1, 0), (1, 0), 0),
            ("TOPPADDING", (1, 0), (1, 0), 0),
        ]
    )
    right = HEAD_NAME + HEAD_VALUE
    return Table([[office, facts]], colWidths=[width - right, right], style=style)


def _lists(procedure: Procedure, width: float, size: float) -> Table:
    """Return the lists as pairs of boxes side by side, as on the form."""
    boxes = [
        [
            words(part.heading, 10, bold=True),
            *(words(f"{n}. {item}", size) for n, item in enumerate(part.items, 1)),
        ]
        for part in document.document_lists(procedure)
    ]
    pairs = [[*boxes[at : at + 2], *[""] * (2 - len(boxes[at : at + 2]))] for at in range(0, len(boxes), 2)]
    table = Table(pairs, colWidths=[width / 2] * 2, style=_BOXES)
    table.wrap(width, _ENDLESS)
    table.splitInRow = max(table._rowHeights) > ROOM  # noqa: SLF001
    return table


def _pages(procedure: Procedure, width: float, signature: Table) -> list[Flowable]:
    """Return the table of steps page by page, the signature below its last row."""
    title = [words(f"POS {procedure.title}", 13, bold=True, centred=True), Spacer(0, GAP)]
    lane = min(WIDEST_LANE, LANES / len(procedure.actors))
    columns = _Columns(procedure, width, lane)
    sizes = FlowSizes(
        lane=lane, wide=min(MARK_WIDTH, lane * 0.66), high=MARK, air=AIR, strip=STRIP, gap=1.2 * mm
    )
    room = ROOM - sum(flowable.wrap(width, ROOM)[1] for flowable in title) - 2 * STRIP
    below = GAP + signature.wrap(width, ROOM)[1]
    size: float = SIZES[0]
    heads, heights = _measure_rows(columns, size, sizes.least_row)
    for smaller in SIZES[1:]:  # the smallest is taken whether it fits or not
        if max([*heights, heights[-1] + below]) <= room - heads:
            break
        size = smaller
        heads, heights = _measure_rows(columns, size, sizes.least_row)
    divided = divide_into_pages(heights, room - heads, below)
    steps = iter(procedure.steps)
    story: list[Flowable] = []
    for page, flow in zip(divided, page_flows(procedure, divided, sizes), strict=True):
        rows = [_row(next(steps), size) for _height in page]
        story += [PageBreak(), *title] if not story else [PageBreak()]
        story.append(_FlowTable(columns, rows, page, flow))
    return [*story, Spacer(0, GAP), signature]


def _measure_rows(columns: "_Columns", size: float, least: float) -> tuple[float, list[float]]:
    """Return the height of the table's heads, and of each of its rows in letters of a `size`."""
    table = columns.table([_row(step, size) for step in columns.procedure.steps])
    table.wrap(columns.width, _ENDLESS)
    first, second, *rows = table._rowHeights  # noqa: SLF001
    return first + second, [max(height, least) for height in rows]


class _Columns(NamedTuple):
    """The columns of a procedure's table across `width`, each actor's `lane` wide."""

    procedure: Procedure
    width: float
    lane: float

    @property
    def activity(self) -> float:
        """The width of the column that says what is done; the lanes begin behind it."""
        return self._free * ACTIVITY

    @property
    def _free(self) -> float:
        return float(self.width - PLACE - TIME - len(self.procedure.actors) * self.lane)

    def table(
        self,
        rows: Sequence[Sequence[object]],
        heights: Sequence[float] | None = None,
        blank: Sequence[int] = (),
    ) -> Table:
        """Return a table with these rows below the heads.

        `blank` are numbers of rows (the heads are 0 and 1) whose cells beside the lanes are joined.
        """
        lanes = len(self.procedure.actors)
        shares = [self._free * share for share in (INPUTS, OUTPUTS, REMARKS)]
        widths = [PLACE, self.activity, *[self.lane] * lanes, shares[0], TIME, *shares[1:]]
        quality = EXECUTORS + lanes
        columns = [name for name, _value in document.quality_rows(self.procedure.steps[0])]
        top = [
            _("No."),
            _("Kegiatan"),
            _("Pelaksana"),
            *[""] * (lanes - 1),
            _("Mutu Baku"),
            "",
            "",
            columns[3],
        ]
        under = ["", "", *(actor.name for actor in self.procedure.actors), *columns[:3], ""]
        heads = [[words(text, 6.5, bold=True, centred=True) for text in row] for row in (top, under)]
        body = [[*row[:EXECUTORS], *[""] * lanes, *row[EXECUTORS:]] for row in rows]
        style = TableStyle(
            [
                *_BOXES.getCommands(),
                ("BACKGROUND", (0, 0), (-1, 1), SOFT),
                *((side, (0, 0), (0, -1), 1) for side in ("LEFTPADDING", "RIGHTPADDING")),
                *((side, (EXECUTORS, 0), (quality - 1, -1), 1) for side in ("LEFTPADDING", "RIGHTPADDING")),
                ("VALIGN", (0, 0), (-1, 1), "MIDDLE"),
                ("SPAN", (EXECUTORS, 0), (quality - 1, 0)),
                ("SPAN", (quality, 0), (quality + 2, 0)),
                *(("SPAN", (column, 0), (column, 1)) for column in (0, 1, quality + 3)),
                *(("SPAN", (0, row), (EXECUTORS - 1, row)) for row in blank),
                *(("SPAN", (quality, row), (-1, row)) for row in blank),
            ]
        )
        row_heights = None if heights is None else [None, None, *heights]
        return Table([*heads, *body], colWidths=widths, rowHeights=row_heights, style=style)


def _row(step: Step, size: float) -> list[object]:
    quality = [words(value, size) for _name, value in document.quality_rows(step)]
    return [words(str(step.step), size, centred=True), words(step.activity, size), *quality]


class _FlowTable(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The steps of a page with their flow drawn into the actors' lanes."""

    def __init__(
        self, columns: _Columns, rows: Sequence[Sequence[object]], heights: Sequence[float], flow: PageFlow
    ) -> None:
        super().__init__()
        # A strip above or below the steps is a row without words, through which the flow goes on.
        above, below = ([strip] if strip else [] for strip in (flow.above, flow.below))
        every_height = [*above, *heights, *below]
        empty = [""] * (EXECUTORS + 4)  # four columns after the lanes: input, time, output, remark
        body = [*([empty] if above else []), *rows, *([empty] if below else [])]
        # Rows 0 and 1 are the heads.
        blank = [*([2] if above else []), *([len(every_height) + 1] if below else [])]
        self._table = columns.table(body, every_height, blank)
        self._flow, self._body = flow, sum(every_height)
        self._left = PLACE + columns.activity

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        self.width, self.height = self._table.wrap(availWidth, availHeight)
        return self.width, self.height

    @override
    def draw(self) -> None:
        canvas = self.canv
        self._table.drawOn(canvas, 0, 0)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.8)
        canvas.setDash(2, 2)
        for tie in self._flow.ties:
            canvas.drawPath(self._path(tie))
        canvas.setDash()
        for arrow in self._flow.arrows:
            canvas.drawPath(self._path(arrow))
            self._polygon(head_points(arrow, HEAD), INK)
        for symbol in self._flow.symbols:
            self._draw(symbol)

    def _on_canvas(self, point: Point) -> Point:
        """Return a point of the flow on reportlab's canvas, whose y grows upwards."""
        return self._left + point[0], self._body - point[1]

    def _path(self, points: Sequence[Point]) -> PDFPathObject:
        path = self.canv.beginPath()
        path.moveTo(*self._on_canvas(points[0]))
        for point in points[1:]:
            path.lineTo(*self._on_canvas(point))
        return path

    def _polygon(self, points: Sequence[Point], fill: Color) -> None:
        path = self._path(points)
        path.close()
        self.canv.setFillColor(fill)
        self.canv.drawPath(path, fill=1)

    def _draw(self, symbol: FlowSymbol) -> None:
        fill = white if symbol.helps else SOFT
        if symbol.shape is FlowShape.CAPSULE:
            x, y = self._on_canvas((symbol.x - symbol.wide / 2, symbol.y + symbol.high / 2))
            self.canv.setFillColor(fill)
            self.canv.roundRect(x, y, symbol.wide, symbol.high, symbol.high / 2, fill=1)
        else:
            self._polygon(symbol_points(symbol), fill)
        x, y = self._on_canvas((symbol.x, symbol.y))
        size = 7 if len(symbol.text) < 3 else 5.5
        self.canv.setFillColor(INK)
        self.canv.setFont(BOLD, size)
        self.canv.drawCentredString(x, y - size * 0.36, symbol.text)


def _signature(procedure: Procedure, width: float) -> Table:
    """Return room for the signature; dots stand for a name or NIP that is to be written by hand."""
    title = procedure.approved_by.title or _("Kepala {office}").format(office=procedure.office.short_name)
    name = procedure.approved_by.name or "." * 40
    nip = _("NIP {number}").format(number=procedure.approved_by.nip or "." * 30)
    lines = (words(f"{title},"), "", words(name, bold=True), words(nip))
    return Table(
        [["", line] for line in lines],
        colWidths=[width - 90 * mm, 90 * mm],
        rowHeights=[None, 18 * mm, None, None],
    )
