"""A sheet (receipt, slip, registration, disposition) as a PDF page, with the program's own font inside."""

from collections.abc import Iterable
from functools import partial

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from ult_desktop.core.sheet import Cells, Sheet, SheetRow
from ult_desktop.reports.long_table import long_table
from ult_desktop.reports.pages import BOLD, LINE, letterhead, pdf_of, words

HEAD_WIDTH = 36 * mm
PLACE_WIDTH = 10 * mm
QR_SIZE = 30 * mm
SIGNATURE_HEIGHT = 16 * mm
FEW_COLUMNS, SOME_COLUMNS = 3, 6
CELL, CELL_SIDES, MEASURED, LARGEST_SHARE = 8, 12.5, 200, 0.4
_RULED = TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE), ("VALIGN", (0, 0), (-1, -1), "TOP")])


def sheet_pdf(sheet: Sheet) -> bytes:
    """Return the whole PDF; long texts run on to further pages. The same sheet gives the same bytes."""
    title = f"{sheet.title} {sheet.number}".strip()
    return pdf_of(
        lambda width: _story(sheet, width),
        _page(sheet),
        title=title,
        foot=title if sheet.numbered else "",
        author=next(iter(sheet.office.lines), ""),
    )


def _page(sheet: Sheet) -> tuple[float, float]:
    """Return the page's size: upright for lines, across for columns, and larger for many columns."""
    columns = len(sheet.table[0].words) if sheet.table else 0
    upright: tuple[float, float] = A4 if columns else A5
    across: tuple[float, float] = landscape(A5 if columns <= SOME_COLUMNS else A4)
    return upright if columns <= FEW_COLUMNS else across


def _story(sheet: Sheet, width: float) -> list[Flowable]:
    return [
        letterhead(sheet.office, width),
        Spacer(0, 5 * mm),
        words(sheet.title.upper(), 13, bold=True, centred=True),
        *([words(sheet.number, 10, centred=True)] if sheet.number else []),
        Spacer(0, 5 * mm),
        *_lines(sheet, width),
        *_code(sheet.code),
        Spacer(0, 4 * mm),
        *(words(line, 8) for line in sheet.notes),
        *([_signatures(sheet.signatures, width)] if sheet.signatures else []),
    ]


def _lines(sheet: Sheet, width: float) -> list[Flowable]:
    if sheet.table:
        return [_columns(sheet.table, width, by_words=sheet.numbered)]
    return [_table(sheet.rows, width)] if sheet.rows else []


def _table(rows: tuple[SheetRow, ...], width: float) -> Table:
    cells = [[words(row.head, 9, bold=True), words(row.text)] for row in rows]
    return Table(cells, colWidths=[HEAD_WIDTH, width - HEAD_WIDTH], style=_RULED, splitInRow=1)


def _columns(table: tuple[Cells, ...], width: float, *, by_words: bool) -> Flowable:
    """Return the table.

    The first column numbers the lines. The others share the width equally, or `by_words`: each as much as its
    words need.
    """
    heads, *lines = table
    room, others = width - PLACE_WIDTH, len(heads.words) - 1
    shares = _shares(table, room) if by_words else [room / others] * others
    return long_table(
        [words(head, CELL, bold=True) for head in heads.words],
        [partial(_cells, line) for line in lines],
        [PLACE_WIDTH, *shares],
        _RULED,
        splits_rows=True,
    )


def _shares(table: tuple[Cells, ...], room: float) -> list[float]:
    """Share `room` points out: enough for each column's head and longest word, then for its longest line.

    In a long table some hundred lines are measured.
    """
    heads, *lines = table
    looked_at = [heads, *lines[:: max(1, len(lines) // MEASURED)]]
    columns = list(zip(*(line.words for line in looked_at), strict=True))[1:]
    most = room * LARGEST_SHARE
    least = [min(most, _widest(word for cell in column for word in cell.split())) for column in columns]
    whole = [min(most, _widest(line for cell in column for line in cell.splitlines())) for column in columns]
    wanted = [max(0.0, all_of - word) for all_of, word in zip(whole, least, strict=True)]
    rest = room - sum(least)
    if rest < 0:
        return [room * each / sum(least) for each in least]
    return [each + more for each, more in zip(least, _filled(wanted, rest), strict=True)]


def _filled(wanted: list[float], rest: float) -> list[float]:
    """Share `rest` out, the smallest wish first; what is left over is shared equally."""
    given = dict[int, float]()
    for place in sorted(range(len(wanted)), key=lambda place: wanted[place]):
        given[place] = min(wanted[place], rest / (len(wanted) - len(given)))
        rest -= given[place]
    return [given[place] + rest / len(wanted) for place in range(len(wanted))]


def _widest(words: Iterable[str]) -> float:
    """Return the width of the widest text, with the room at both sides of a cell."""
    return max((stringWidth(each, BOLD, CELL) for each in words), default=0.0) + CELL_SIDES


def _cells(line: Cells) -> list[Paragraph]:
    return [words(word, CELL) for word in line.words]


def _code(code: str) -> list[Flowable]:
    if not code:
        return []
    picture = QrCodeWidget(code, barLevel="M", barWidth=QR_SIZE, barHeight=QR_SIZE, barBorder=2)
    drawing = Drawing(QR_SIZE, QR_SIZE)
    drawing.hAlign = "CENTER"
    drawing.add(picture)
    return [Spacer(0, 4 * mm), drawing, words(code, 10, bold=True, centred=True)]


def _signatures(names: tuple[str, ...], width: float) -> Table:
    under = [name if "\n" in name else f"({name})" for name in names]
    cells = [[""] * len(names), [words(name, 8, centred=True) for name in under]]
    return Table(cells, colWidths=[width / len(names)] * len(names), rowHeights=[SIGNATURE_HEIGHT, None])
