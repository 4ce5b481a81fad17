"""A procedure (POS) as the PDF that a head of office signs: a page of lists, then the table of its steps.

Its form is that of PermenPANRB 35/2012: identity at the right, lists in boxes, one column an actor.
"""

from reportlab.graphics.shapes import Drawing, Polygon, Rect, String
from reportlab.lib.colors import white
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer, Table, TableStyle

from ult_desktop.base import _
from ult_desktop.core.procedures import document
from ult_desktop.core.procedures.procedure import Procedure, Step
from ult_desktop.reports.pages import BOLD, INK, LINE, SOFT, logo_picture, pdf_of, words

MARGIN = 12 * mm
HEAD_NAME, HEAD_VALUE = 36 * mm, 84 * mm
PLACE, LANE, TIME = 9 * mm, 17 * mm, 18 * mm
ACTIVITY, INPUTS, OUTPUTS, REMARKS = 0.38, 0.20, 0.20, 0.22  # of what the other columns leave
MARK_WIDTH, MARK = 12 * mm, 6 * mm
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
    return [
        _head(procedure, width, logo),
        Spacer(0, 4 * mm),
        _lists(procedure, width),
        PageBreak(),
        words(f"POS {procedure.title}", 13, bold=True, centred=True),
        Spacer(0, 4 * mm),
        _steps(procedure, width),
        Spacer(0, 5 * mm),
        _signature(procedure, width),
    ]


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


def _lists(procedure: Procedure, width: float) -> Table:
    """Return the lists as pairs of boxes side by side, as on the form."""
    boxes = [
        [words(part.heading, 10, bold=True), *(_numbered(n, item) for n, item in enumerate(part.items, 1))]
        for part in document.lists(procedure)
    ]
    pairs = [[*boxes[at : at + 2], *[""] * (2 - len(boxes[at : at + 2]))] for at in range(0, len(boxes), 2)]
    return Table(pairs, colWidths=[width / 2] * 2, style=_BOXES, splitInRow=1)


def _numbered(place: int, item: str) -> Flowable:
    return words(f"{place}. {item}", 8)


def _steps(procedure: Procedure, width: float) -> Table:
    """Return the table of steps, one row a step; its heads are on every page."""
    lanes = len(procedure.actors)
    free = width - PLACE - TIME - lanes * LANE
    widths = [PLACE, free * ACTIVITY, *[LANE] * lanes, free * INPUTS, TIME, free * OUTPUTS, free * REMARKS]
    executors, quality = 2, 2 + lanes
    columns = [name for name, _value in document.quality_rows(procedure.steps[0])]
    top = [_("No."), _("Kegiatan"), _("Pelaksana"), *[""] * (lanes - 1), _("Mutu Baku"), "", "", columns[3]]
    under = ["", "", *(actor.name for actor in procedure.actors), *columns[:3], ""]
    heads = [[words(text, 6.5, bold=True, centred=True) for text in row] for row in (top, under)]
    rows = [_row(procedure, step) for step in procedure.steps]
    style = TableStyle(
        [
            *_BOXES.getCommands(),
            ("BACKGROUND", (0, 0), (-1, 1), SOFT),
            *((side, (0, 0), (0, -1), 1) for side in ("LEFTPADDING", "RIGHTPADDING")),
            *((side, (executors, 0), (quality - 1, -1), 1) for side in ("LEFTPADDING", "RIGHTPADDING")),
            ("VALIGN", (0, 0), (-1, 1), "MIDDLE"),
            ("VALIGN", (executors, 2), (quality - 1, -1), "MIDDLE"),
            ("ALIGN", (executors, 2), (quality - 1, -1), "CENTER"),
            ("SPAN", (executors, 0), (quality - 1, 0)),
            ("SPAN", (quality, 0), (quality + 2, 0)),
            *(("SPAN", (column, 0), (column, 1)) for column in (0, 1, quality + 3)),
        ]
    )
    return Table([*heads, *rows], colWidths=widths, style=style, repeatRows=2)


def _row(procedure: Procedure, step: Step) -> list[object]:
    acting = [actor.id for actor in step.actors]
    marks = [
        _mark(procedure, step, main=actor.id == acting[0]) if actor.id in acting else ""
        for actor in procedure.actors
    ]
    quality = [words(value, 8) for _name, value in document.quality_rows(step)]
    return [words(str(step.step), 8, centred=True), words(step.activity, 8), *marks, *quality]


def _mark(procedure: Procedure, step: Step, *, main: bool) -> Drawing:
    """Draw the form's symbol of a step: rounded for a beginning or end, a diamond for a decision, else a box.

    The main actor's symbol is shaded; a helper's is a white box.
    """
    drawing = Drawing(MARK_WIDTH, MARK)
    drawing.hAlign = "CENTER"
    fill = SOFT if main else white
    if main and step.branches:
        points = [MARK_WIDTH / 2, 0, MARK_WIDTH, MARK / 2, MARK_WIDTH / 2, MARK, 0, MARK / 2]
        drawing.add(Polygon(points, fillColor=fill, strokeColor=INK))
    else:
        ends = step is procedure.steps[0] or step.next is None
        radius = MARK / 2 if main and ends else 0
        drawing.add(Rect(0, 0, MARK_WIDTH, MARK, rx=radius, ry=radius, fillColor=fill, strokeColor=INK))
    drawing.add(
        String(MARK_WIDTH / 2, MARK / 2 - 2.5, str(step.step), fontName=BOLD, fontSize=7, textAnchor="middle")
    )
    return drawing


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
