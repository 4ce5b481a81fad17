"""Lists that look small and are not: a few kilobytes that expand to endless rows, merges or letters."""

import io
import zipfile
from collections.abc import Callable, Mapping

import xlsxwriter

_SHEET, _STRINGS, _TYPES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "[Content_Types].xml"
_STRINGS_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_ROW = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x</t></is></c></row>'


def workbook(rows: bytes, after: bytes = b"", strings: bytes = b"") -> bytes:
    """Make a workbook whose one sheet holds this XML; `strings` are its shared strings."""
    plain, held = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet()
    with zipfile.ZipFile(plain) as made:
        parts = {member: made.read(member) for member in made.namelist()}
    parts[_SHEET] = b"<worksheet %b><sheetData>%b</sheetData>%b</worksheet>" % (_NAMESPACE, rows, after)
    if strings:
        parts[_STRINGS] = strings
        parts[_TYPES] = parts[_TYPES].replace(b"</Types>", _STRINGS_TYPE)
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in parts.items():
            archive.writestr(member, content)
    return held.getvalue()


def far_row() -> bytes:
    return workbook(b'<row r="9999999999999"><c r="A9999999999999" t="n"><v>1</v></c></row>')


def far_corner() -> bytes:
    """Make a sheet of two cells, and of seventeen thousand million between them."""
    return workbook(b'<row><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>2</v></c></row>')


def empty_rows(count: int) -> bytes:
    return workbook(b"<row/>" * count)


def merges(count: int) -> bytes:
    rows = b"".join(_ROW % (number, number) for number in range(1, 201))
    return workbook(rows, b"<mergeCells>" + b'<mergeCell ref="A1:A200"/>' * count + b"</mergeCells>")


def one_text_in_many_cells(length: int, rows: int) -> bytes:
    """Make a list that is small in memory, for all cells share one text.

    It is huge once each cell is written out.
    """
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, rows + 1))
    text = b"<sst %b><si><t>%b</t></si></sst>" % (_NAMESPACE, b"x" * length)
    return workbook(cells, strings=text)


def entities() -> bytes:
    """Make XML whose text grows tenfold with each of its entities."""
    names = [b"<!ENTITY e0 'x'>"]
    names += [b"<!ENTITY e%d '%b'>" % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12)]
    text = b"<!DOCTYPE sst [%b]><sst %b><si><t>&e11;</t></si></sst>" % (b"".join(names), _NAMESPACE)
    return workbook(b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=text)


def zip_bomb(size: int) -> bytes:
    return workbook(b" " * size)


# By file name; each differs from a real list by one of the bounds, or by what reading it takes.
POISONED: Mapping[str, Callable[[], bytes]] = {
    "jauh.xlsx": far_row,
    "sudut.xlsx": far_corner,
    "kosong.xlsx": lambda: empty_rows(2_000_000),
    "gabungan.xlsx": lambda: merges(20_000),
    "sama.xlsx": lambda: one_text_in_many_cells(32_000, 5000),
    "entitas.xlsx": entities,
    "bom.xlsx": lambda: zip_bomb(150_000_000),
    "potongan.xlsx": lambda: far_row()[:-40],
    "baris.csv": lambda: b"\n" * 2_000_000,
    "sel.csv": lambda: b"Nama;Isi\nDedi;" + b"x" * 100_000 + b"\n",
    "kutip.csv": lambda: b'Nama;Isi\nDedi;"' + b"x;" * 100_000,
    "lebar.csv": lambda: (b"x y " * 1500 + b";") * 200 + b"\n",
    "dalam.json": lambda: b"[" * 200_000,
    "banyak.json": lambda: b"[" + b"{}," * 1_000_000 + b"{}]",
    "kunci.json": lambda: b'[{"%b":{%b}}]' % (b"k" * 100_000, b",".join(b'"%d":1' % n for n in range(2000))),
}
