"""A sheet (receipt, slip, registration, disposition) as a PDF page, with the program's own font inside."""

from functools import partial

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from ult_desktop.core.sheet import Cells, Sheet, SheetRow
from ult_desktop.reports.long_table import long_table, shared_widths
from ult_desktop.reports.pages import RULED, letterhead, pdf_of, words

HEAD_WIDTH = 36 * mm  # of the facts' heads
NUMBER_WIDTH = 10 * mm  # of a table's first column, which numbers the lines
QR_SIZE = 30 * mm
SIGNATURE_HEIGHT = 16 * mm
MOST_UPRIGHT = 3  # columns of a table on A4 upright
MOST_ON_A5 = 6  # columns of a table on A5 across; a table with more is on A4 across
CELL, CELL_SIDES = 8, 12.5  # the letters of a cell, and the room beside them, in points


def sheet_pdf(sheet: Sheet) -> bytes:
    """Return the whole PDF; long texts run on to further pages. The same sheet gives the same bytes."""
    title = f"{sheet.title} {sheet.number}".strip()
    return pdf_of(
        lambda width: _story(sheet, width),
        _page_size(sheet),
        title=title,
        foot=title if sheet.numbered else "",
        author=next(iter(sheet.office.lines), ""),
    )


def _page_size(sheet: Sheet) -> tuple[float, float]:
    """Return the page's size in points: A5 upright without a table, else by its number of columns."""
    columns = len(sheet.table[0].words) if sheet.table else 0
    size: tuple[float, float] = landscape(A4)
    if not columns:
        size = A5
    elif columns <= MOST_UPRIGHT:
        size = A4
    elif columns <= MOST_ON_A5:
        size = landscape(A5)
    return size


def _story(sheet: Sheet, width: float) -> list[Flowable]:
    story = [
        letterhead(sheet.office, width),
        Spacer(0, 5 * mm),
        words(sheet.title.upper(), 13, bold=True, centred=True),
    ]
    if sheet.number:
        story.append(words(sheet.number, 10, centred=True))
    story.append(Spacer(0, 5 * mm))
    if sheet.facts:
        story += [_facts(sheet.facts, width), Spacer(0, 5 * mm)]
    end = [*_qr_code(sheet.code), Spacer(0, 4 * mm), *(words(line, 8) for line in sheet.notes)]
    if sheet.signatures:
        end.append(signature_row(sheet.signatures, width))
    if sheet.table:
        # Notes and signatures get the table's last rows onto their page; a code alone may be without them.
        is_kept = sheet.notes or sheet.signatures
        end_height = sum(flowable.wrap(width, A4[1])[1] for flowable in end) if is_kept else 0.0
        story.append(_table(sheet.table, width, end_height, is_register=sheet.numbered))
    elif sheet.rows:
        story.append(_facts(sheet.rows, width))
    return [*story, *end]


def _facts(rows: tuple[SheetRow, ...], width: float) -> Table:
    cells = [[words(row.head, 9, bold=True), words(row.text)] for row in rows]
    return Table(cells, colWidths=[HEAD_WIDTH, width - HEAD_WIDTH], style=RULED, splitInRow=1)


def _table(table: tuple[Cells, ...], width: float, end_height: float, *, is_register: bool) -> Flowable:
    """Return the table, with `end_height` points of the sheet's end below it.

    The columns after the number share the width: equally, or in a register as their words need.
    """
    heads, *lines = table
    room, columns = width - NUMBER_WIDTH, len(heads.words) - 1
    widths = [room / columns] * columns
    if is_register:
        widths = shared_widths([line.words[1:] for line in table], room, CELL, CELL_SIDES)

    def cells(line: Cells) -> list[Paragraph]:
        return [words(word, CELL) for word in line.words]

    return long_table(
        [words(head, CELL, bold=True) for head in heads.words],
        [partial(cells, line) for line in lines],
        [NUMBER_WIDTH, *widths],
        RULED,
        splits_rows=True,
        below=end_height,
    )


def _qr_code(code: str) -> list[Flowable]:
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
