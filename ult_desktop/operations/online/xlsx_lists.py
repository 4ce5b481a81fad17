"""A list as an Excel workbook: the first sheet that holds something, values instead of formulas."""

import datetime
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from ult_desktop.base import UserError, _, counted
from ult_desktop.operations.online.list_files import MAX_COLUMNS, RowIntake

MAX_UNPACKED = 100_000_000  # bytes: a few kilobytes can unpack to gigabytes
LARGEST_MERGE = 200  # rows that one merged cell may stand for
MAX_MERGES = 10_000
# WORKAROUND openpyxl's read-only mode has no `merged_cells` (3.1 too; asked for in
# https://foss.heptapod.net/openpyxl/openpyxl/-/issues/540), and its usual mode would hold the whole
# workbook. So the XML is read here. It can go when that mode knows merged cells.
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
# What openpyxl raises on damaged workbooks: it checks little by itself. RuntimeError: a locked one.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ParseError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError),
)

Merge = tuple[int, int, int, int]


def read_xlsx(data: bytes, intake: RowIntake, name: str) -> tuple[str, ...]:
    """Take the rows with their numbers as the spreadsheet shows them; return notes on merged cells.

    Raises:
        UserError: no workbook, locked with a password, damaged, or too large.
    """
    try:
        _require_small(data, name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and rules that other programs wrote are not read anyway
            sheet = _read(data, intake)
        merges = list(islice(_merges(data, sheet), MAX_MERGES + 1)) if sheet else []
    except _BROKEN as error:
        raise UserError(
            _("{name} bukan berkas Excel (.xlsx) yang utuh.").format(name=name),
            _("Tidak ada yang diimpor."),
            _("Buka di Excel atau LibreOffice tanpa kata sandi, lalu simpan ulang sebagai .xlsx atau CSV."),
        ) from error
    if len(merges) > MAX_MERGES:
        raise _too_large(name)
    filled = _fill(intake.rows, merges)
    return (counted("{n} kelompok sel gabungan diisikan ke setiap barisnya.", filled),) if filled else ()


def _require_small(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(member.file_size for member in archive.infolist())
    if size > MAX_UNPACKED:
        raise _too_large(name)


def _too_large(name: str) -> UserError:
    return UserError(
        _("{name} terlalu besar.").format(name=name),
        _("Tidak ada yang diimpor."),
        _("Hapus baris kosong dan sel gabungan yang tidak perlu, atau bagi daftarnya."),
    )


def _read(data: bytes, intake: RowIntake) -> str:
    """Take the first sheet that holds something; return its path in the workbook, "" without one."""
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            # Some programs write a wrong size into the file:
            # https://openpyxl.readthedocs.io/en/stable/optimized.html#worksheet-dimensions
            sheet.reset_dimensions()  # what the file says of its size is often wrong
            for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
                if any(row):
                    intake.take(number, [_text(value) for value in row])
                else:
                    intake.pass_over()
            if intake.rows:
                return str(sheet._worksheet_path)  # noqa: SLF001  (it has no public name)
    finally:
        book.close()
    return ""


def _merges(data: bytes, sheet: str) -> Iterator[Merge]:
    """Yield (first column, first row, last column, last row) of the cells that are merged.

    openpyxl's streaming reader omits them.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(sheet)
    for found in _MERGED.finditer(text):
        yield range_boundaries(found[1].decode())


def _fill(lines: dict[int, list[str]], merges: list[Merge]) -> int:
    """Write a merged cell's value into each of its rows; return how many merged cells were filled."""
    filled = 0
    for column, first, last_column, last in merges:
        cells = lines.get(first, [])
        value = cells[column - 1] if column <= len(cells) else ""
        if column != last_column or not value or last - first > LARGEST_MERGE:
            continue  # a title across columns is no list
        filled += 1
        for number in range(first + 1, last + 1):
            below = lines.get(number)
            if below is not None:
                below += [""] * (column - len(below))
                below[column - 1] = value
    return filled


def _text(value: object) -> str:
    """Return a cell as a person would type it: dates as ISO, whole numbers without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
