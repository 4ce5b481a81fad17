"""The reading of a workbook (XLSX, XLS, ODS): the rows of a sheet, with the values of its formulas."""

import datetime
import html
import io
import re
import zipfile
import zlib
from collections.abc import Mapping

import msgspec
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ult_desktop.base import UserError, _, counted
from ult_desktop.operations.lists.list_files import MAX_COLUMNS, MAX_NAMED, RowIntake, SheetInfo, WorkbookRead

MAX_UNPACKED = 100_000_000  # bytes: a few kilobytes can unpack to gigabytes
# Cells from A1 to the last row and column that hold something; calamine takes 32 bytes each.
MAX_AREA = 16_000_000
MAX_MERGED_ROWS = 200  # rows that one merged cell may stand for
MAX_MERGES = 10_000
# The tag of a row or a cell: its kind, the column and row that it gives, the slash of one without content.
_TAG = re.compile(rb"""[<:](row|c)(?=[\s/>])(?:[^<]*?\sr\s*=\s*["']([A-Za-z]*)(\d+))?(?:[^<>]*?(/)>)?""")
_LONGEST_COLUMN = 3  # letters
# An encrypted part raises RuntimeError; an unknown way of packing raises its subclass NotImplementedError.
_BROKEN = (CalamineError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


def read_workbook(data: bytes, intake: RowIntake, name: str, sheet: str = "") -> WorkbookRead:
    """Hand the rows of a sheet to the intake, with their numbers as the spreadsheet shows them.

    `sheet` "" is the first visible one that is filled.

    Raises:
        UserError: the data is no workbook, or it is locked with a password, damaged or too large.
    """
    try:
        parts: dict[str, bytes] = {}
        stream = io.BytesIO(data)
        if data.startswith(b"PK"):
            parts = _unpack_parts(data, name)
            for part in parts.values():
                if b"sheetData" in part and _filled_area(part, intake) > MAX_AREA:
                    raise _too_large_error(name)
            stream = _pack(parts, data)
        read = _read_sheet(stream, intake, name, sheet)
        hidden = hidden_rows(parts, read.sheet)
    except _BROKEN as error:
        raise UserError(
            _("{name} bukan berkas Excel atau ODS yang utuh.").format(name=name),
            _("Tidak ada yang diimpor."),
            _("Buka di Excel atau LibreOffice tanpa kata sandi, lalu simpan ulang sebagai .xlsx atau CSV."),
        ) from error
    hidden_filled = [number for number in hidden if number in intake.rows]
    if not hidden_filled:
        return read
    words = counted("{n} baris tersembunyi (disaring) ikut dibaca", len(hidden_filled))
    numbers = ", ".join(map(str, hidden_filled[:MAX_NAMED]))
    more = "…" if len(hidden_filled) > MAX_NAMED else ""
    note = f"{words}: {numbers}{more}."
    return msgspec.structs.replace(read, notes=(*read.notes, note))


_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*?\shidden="(?:1|true)")[^>]*?(?<=\s)r="(\d{1,7})"')


def hidden_rows(parts: Mapping[str, bytes], sheet: str) -> tuple[int, ...]:
    """Return the numbers of a sheet's rows that a filter or a person hid. Only XLSX is searched for them."""
    sheets = _SHEET.findall(parts.get("xl/workbook.xml", b""))
    relation_ids = {html.unescape(name.decode("utf-8", "replace")): id_ for name, id_ in sheets}
    for relation in _RELATION.findall(parts.get("xl/_rels/workbook.xml.rels", b"")):
        if b'Id="%s"' % relation_ids.get(sheet, b"?") in relation:
            target = re.search(rb'Target="/?(?:xl/)?([^"]*)"', relation)
            part = parts.get(f"xl/{target[1].decode('utf-8', 'replace')}", b"") if target else b""
            return tuple(int(number) for number in _HIDDEN_ROW.findall(part))
    return ()


def _unpack_parts(data: bytes, name: str) -> dict[str, bytes]:
    """Return the XML parts of a workbook. A part with a zero byte is not in UTF-8, and is left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > MAX_UNPACKED:
            raise _too_large_error(name)
        parts = {}
        for member in members:
            if member.filename.lower().endswith((".xml", ".rels")):
                with archive.open(member) as packed:
                    # Without a size zipfile unpacks more than the size in the member's head, then cuts it.
                    parts[member.filename] = packed.read(member.file_size)
    return {path: part for path, part in parts.items() if b"\0" not in part}


def _pack(parts: Mapping[str, bytes], data: bytes) -> io.BytesIO:
    """Return a workbook of these parts alone, which were checked: calamine could find others in the file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if data[30:38] == b"mimetype":  # the first part of an ODS
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for path, part in parts.items():
            archive.writestr(path, part)
    stream.seek(0)
    return stream


def _too_large_error(name: str) -> UserError:
    return UserError(
        _("{name} terlalu besar.").format(name=name),
        _("Tidak ada yang diimpor."),
        _("Hapus baris, kolom, dan sel gabungan yang tidak perlu, atau bagi daftarnya."),
    )


def _filled_area(sheet: bytes, intake: RowIntake) -> int:
    """Return the number of cells from A1 to the last filled row and column of a sheet.

    WORKAROUND: calamine makes a table of all of them, and ends the process when it finds no memory for that
    (https://github.com/tafia/calamine/issues/693). This can go when calamine bounds the table itself. A sheet
    that evades this count meets the memory limit of `read-list`.

    Raises:
        UserError: a row is beyond the last that a spreadsheet has; calamine would begin again with the first.
    """
    row = column = last_row = last_column = 0
    for tag in _TAG.finditer(sheet):
        kind, letters, digits, is_empty = tag.groups()
        if kind == b"row":
            row, column = int(digits[:9]) if digits else row + 1, 0
            intake.check_number(row)
            continue
        column = _column_number(letters) if letters else column + 1
        if not is_empty:
            cell_row = int(digits[:9]) if digits else row
            intake.check_number(cell_row)
            last_row, last_column = max(last_row, cell_row), max(last_column, column)
    return last_row * last_column


def _column_number(letters: bytes) -> int:
    """Return the number of a column: A is 1. For a column that no spreadsheet has it is above `MAX_AREA`."""
    if len(letters) > _LONGEST_COLUMN:
        return MAX_AREA + 1
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("@")
    return number


def _read_sheet(stream: io.BytesIO, intake: RowIntake, name: str, wanted: str) -> WorkbookRead:
    """Hand the rows of the sheet `wanted` to the intake, or those of the first visible one that is filled."""
    with CalamineWorkbook.from_filelike(stream) as book:
        sheets = tuple(
            SheetInfo(metadata.name, metadata.visible != SheetVisibleEnum.Visible)
            for metadata in book.sheets_metadata
            if metadata.typ == SheetTypeEnum.WorkSheet
        )
        for info in sheets:
            is_candidate = info.name == wanted if wanted else not info.hidden
            if not is_candidate:
                continue
            sheet = book.get_sheet_by_name(info.name)
            _take_rows(sheet, intake)
            if intake.rows:
                filled = _fill_merged_cells(sheet, intake, name)
                note = counted("{n} kelompok sel gabungan diisikan ke setiap barisnya.", filled)
                return WorkbookRead(info.name, sheets, (note,) if filled else ())
    return WorkbookRead("", sheets)


def _take_rows(sheet: CalamineSheet, intake: RowIntake) -> None:
    # calamine leaves out the empty columns before the first filled one.
    left_columns = [""] * sheet.start[1] if sheet.start else []
    for number, row in enumerate(sheet.iter_rows(), 1):
        if row.count("") < len(row):
            intake.take(number, [*left_columns, *map(_text, row)][:MAX_COLUMNS])
        else:
            intake.count_row()


def _fill_merged_cells(sheet: CalamineSheet, intake: RowIntake, name: str) -> int:
    """Write merged cells' values into each of their rows; return for how many. ODS does not list them."""
    try:
        merges = sheet.merged_cell_ranges or []
    except CalamineError:
        return 0
    if len(merges) > MAX_MERGES:
        raise _too_large_error(name)
    return sum(_fill_merged_cell(intake.rows, first, last) for first, last in merges)


def _fill_merged_cell(rows: dict[int, list[str]], first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Write a merged cell's value into each of its rows; return whether that was done.

    Nothing is written if the cell is a title across columns, is empty, or exceeds `MAX_MERGED_ROWS`.
    `first` and `last` are row and column, counted from zero; the numbers of `rows` are counted from 1.
    """
    (top, column), (bottom, last_column) = first, last
    top_cells = rows.get(top + 1, [])
    value = top_cells[column] if column < len(top_cells) else ""
    if column != last_column or not value or bottom - top > MAX_MERGED_ROWS:
        return False
    for number in range(top + 2, bottom + 2):
        cells = rows.get(number)
        if cells is not None:
            cells += [""] * (column + 1 - len(cells))
            cells[column] = value
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
