"""A list as an Excel workbook: the first sheet that holds something, values instead of formulas."""

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ult_desktop.base import UserError, _, counted
from ult_desktop.operations.online.list_files import MAX_COLUMNS, RowIntake

MAX_UNPACKED = 100_000_000  # bytes: a few kilobytes can unpack to gigabytes
MAX_AREA = (
    16_000_000  # cells from A1 to the last row and column that hold something; calamine takes 32 bytes each
)
LARGEST_MERGE = 200  # rows that one merged cell may stand for
MAX_MERGES = 10_000
# The tag of a row or a cell: its kind, the column and row that it gives, the slash of one without content.
_TAG = re.compile(rb"""[<:](row|c)(?=[\s/>])(?:[^<]*?\sr\s*=\s*["']([A-Za-z]*)(\d+))?(?:[^<>]*?(/)>)?""")
_LONGEST_COLUMN = 3  # letters
# RuntimeError (NotImplementedError is one): a part is encrypted, or compressed by an unknown method.
_BROKEN = (CalamineError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


def read_xlsx(data: bytes, intake: RowIntake, name: str) -> tuple[str, ...]:
    """Take the rows with their numbers as the spreadsheet shows them; return notes on cells and sheets.

    Raises:
        UserError: no workbook, locked with a password, damaged, or too large.
    """
    try:
        parts = _parts(data, name)
        for part in parts.values():
            if b"sheetData" in part and _area(part, intake) > MAX_AREA:
                raise _too_large(name)
        filled, left = _read(_packed(parts), intake, name)
    except _BROKEN as error:
        raise UserError(
            _("{name} bukan berkas Excel (.xlsx) yang utuh.").format(name=name),
            _("Tidak ada yang diimpor."),
            _("Buka di Excel atau LibreOffice tanpa kata sandi, lalu simpan ulang sebagai .xlsx atau CSV."),
        ) from error
    told = [counted("{n} kelompok sel gabungan diisikan ke setiap barisnya.", filled)] if filled else []
    if left:
        told.append(_("Lembar yang tidak dibaca: {names}.").format(names=", ".join(left)))
    return tuple(told)


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    """Return the XML parts of a workbook. A part with a zero byte is not in UTF-8, and is left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > MAX_UNPACKED:
            raise _too_large(name)
        parts = {}
        for member in members:
            if member.filename.lower().endswith((".xml", ".rels")):
                with archive.open(member) as packed:
                    # Without a size zipfile unpacks more than the size in the member's head, then cuts it.
                    parts[member.filename] = packed.read(member.file_size)
    return {path: part for path, part in parts.items() if b"\0" not in part}


def _packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    """Return a workbook of these parts, which were checked: in the file itself calamine could find others."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for path, part in parts.items():
            archive.writestr(path, part)
    held.seek(0)
    return held


def _too_large(name: str) -> UserError:
    return UserError(
        _("{name} terlalu besar.").format(name=name),
        _("Tidak ada yang diimpor."),
        _("Hapus baris, kolom, dan sel gabungan yang tidak perlu, atau bagi daftarnya."),
    )


def _area(sheet: bytes, intake: RowIntake) -> int:
    """Return the number of cells from A1 to the last row and column of a sheet that hold something.

    WORKAROUND: calamine makes a table of all of them, and ends the process when it finds no memory for that
    (https://github.com/tafia/calamine/issues/693). This can go when calamine bounds the table itself. What is
    written so that this misses it meets the memory limit of `read-list`.

    Raises:
        UserError: a row is beyond the last that a spreadsheet has; calamine would begin again with the first.
    """
    row = column = last_row = last_column = 0
    for tag in _TAG.finditer(sheet):
        kind, letters, digits, is_empty = tag.groups()
        if kind == b"row":
            row, column = int(digits[:9]) if digits else row + 1, 0
            intake.reach(row)
            continue
        column = _number(letters) if letters else column + 1
        if not is_empty:
            cell_row = int(digits[:9]) if digits else row
            intake.reach(cell_row)
            last_row, last_column = max(last_row, cell_row), max(last_column, column)
    return last_row * last_column


def _number(letters: bytes) -> int:
    """Return the number of a column: A is 1. For a column that no spreadsheet has it is above `MAX_AREA`."""
    if len(letters) > _LONGEST_COLUMN:
        return MAX_AREA + 1
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("@")
    return number


def _read(held: io.BytesIO, intake: RowIntake, name: str) -> tuple[int, list[str]]:
    """Take the first sheet in sight that holds something.

    Return how many merged cells were filled, and the names of the sheets left out: hidden ones, and those
    below it.
    """
    with CalamineWorkbook.from_filelike(held) as book:
        sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        for described in (each for each in sheets if each.visible == SheetVisibleEnum.Visible):
            sheet = book.get_sheet_by_name(described.name)
            before = [""] * sheet.start[1] if sheet.start else []
            for number, row in enumerate(sheet.iter_rows(), 1):
                if row.count("") < len(row):
                    intake.take(number, [*before, *map(_text, row)][:MAX_COLUMNS])
                else:
                    intake.pass_over()
            if intake.rows:
                merges = sheet.merged_cell_ranges or []
                if len(merges) > MAX_MERGES:
                    raise _too_large(name)
                filled = sum(_fill(intake.rows, first, last) for first, last in merges)
                return filled, [each.name for each in sheets if each.name != described.name]
    return 0, [each.name for each in sheets]


def _fill(lines: dict[int, list[str]], first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Write a merged cell's value into each of its rows; return whether that was done.

    It is not done if the cell is a title across columns, is empty, or has more than `LARGEST_MERGE` rows.
    `first` and `last` are row and column, counted from zero.
    """
    (top, column), (bottom, last_column) = first, last
    cells = lines.get(top + 1, [])
    value = cells[column] if column < len(cells) else ""
    if column != last_column or not value or bottom - top > LARGEST_MERGE:
        return False
    for number in range(top + 2, bottom + 2):
        below = lines.get(number)
        if below is not None:
            below += [""] * (column + 1 - len(below))
            below[column] = value
    return True


def _text(value: object) -> str:
    """Return a cell as a person would type it: dates as ISO, whole numbers without a decimal point."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, datetime.date):
        return f"{value} 00:00:00"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
