"""A sheet (receipt, slip, registration, disposition) as a PDF page, with the program's own font inside."""

from functools import partial

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from ult_desktop.core.sheet import Cells, Sheet, SheetRow
from ult_desktop.reports.long_table import long_table, shared_widths
from ult_desktop.reports.pages import LINE, letterhead, pdf_of, words

HEAD_WIDTH = 36 * mm
PLACE_WIDTH = 10 * mm
QR_SIZE = 30 * mm
SIGNATURE_HEIGHT = 16 * mm
FEW_COLUMNS, SOME_COLUMNS = 3, 6  # up to so many a sheet is A4 upright, then A5 across, then A4 across
CELL, CELL_SIDES = 8, 12.5  # the letters of a cell, and the room beside them, in points
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
    """Return the page's size in points: A5 upright for lines, by the number of columns for a table."""
    columns = len(sheet.table[0].words) if sheet.table else 0
    upright: tuple[float, float] = A4 if columns else A5
    across: tuple[float, float] = landscape(A5 if columns <= SOME_COLUMNS else A4)
    return upright if columns <= FEW_COLUMNS else across


def _story(sheet: Sheet, width: float) -> list[Flowable]:
    end = [
        *_code(sheet.code),
        Spacer(0, 4 * mm),
        *(words(line, 8) for line in sheet.notes),
        *([signature_row(sheet.signatures, width)] if sheet.signatures else []),
    ]
    below = sum(each.wrap(width, A4[1])[1] for each in end) if sheet.notes or sheet.signatures else 0.0
    return [
        letterhead(sheet.office, width),
        Spacer(0, 5 * mm),
        words(sheet.title.upper(), 13, bold=True, centred=True),
        *([words(sheet.number, 10, centred=True)] if sheet.number else []),
        Spacer(0, 5 * mm),
        *([_table(sheet.facts, width), Spacer(0, 5 * mm)] if sheet.facts else []),
        *_lines(sheet, width, below),
        *end,
    ]


def _lines(sheet: Sheet, width: float, below: float) -> list[Flowable]:
    if sheet.table:
        return [_columns(sheet.table, width, below, by_words=sheet.numbered)]
    return [_table(sheet.rows, width)] if sheet.rows else []


def _table(rows: tuple[SheetRow, ...], width: float) -> Table:
    cells = [[words(row.head, 9, bold=True), words(row.text)] for row in rows]
    return Table(cells, colWidths=[HEAD_WIDTH, width - HEAD_WIDTH], style=_RULED, splitInRow=1)


def _columns(table: tuple[Cells, ...], width: float, below: float, *, by_words: bool) -> Flowable:
    """Return the table.

    The first column numbers the lines. The others share the width equally, or `by_words`: each as much as its
    words need.
    """
    heads, *lines = table
    room, others = width - PLACE_WIDTH, len(heads.words) - 1
    texts = [line.words[1:] for line in table]
    shares = shared_widths(texts, room, CELL, CELL_SIDES) if by_words else [room / others] * others
    return long_table(
        [words(head, CELL, bold=True) for head in heads.words],
        [partial(_cells, line) for line in lines],
        [PLACE_WIDTH, *shares],
        _RULED,
        splits_rows=True,
        below=below,
    )


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


def signature_row(names: tuple[str, ...], width: float) -> Table:
    """Return room to sign for each of these people, side by side."""
    under = [name if "\n" in name else f"({name})" for name in names]
    cells = [[""] * len(names), [words(name, 8, centred=True) for name in under]]
    return Table(cells, colWidths=[width / len(names)] * len(names), rowHeights=[SIGNATURE_HEIGHT, None])
