"""The reading of a list's bytes: CSV, JSON or a workbook, recognised by their content.

A few kilobytes can stand for endless rows: each row is counted as it comes, and the first one beyond a bound
ends the reading with an error. A reading that the counts do not end is ended from outside (`list_reader`).
"""

import contextlib
import csv
import html
import importlib
import io
import itertools
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.digests import sha256
from ult_desktop.base.spreadsheet import without_guard
from ult_desktop.core.lists.table import HEADER_WITHIN, MAX_ROWS, RawRow, normalise_header
from ult_desktop.core.lists.understanding import RowRefusal
from ult_desktop.core.online.request_fields import request_fields

DELIMITERS = (",", ";", "\t", "|")
SAMPLED_LINES = 20  # lines by which the delimiter is chosen
MAX_COLUMNS = 200
DEEPEST = 4  # levels of objects within objects that become columns, as "pemohon.nama"
MAX_NAMED = 5  # names or numbers in a message
LARGEST = 25_000_000  # bytes of a file
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".json", ".zip")
# https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
LAST_ROW = 1_048_576  # a spreadsheet has no more rows, empty ones included
MAX_CELLS = 2_000_000
LONGEST_CELL = 32_767  # letters; a spreadsheet's cell holds no more
MAX_LETTERS = 25_000_000


class RowIntake:
    """The intake of a list's rows: the reader hands them in one by one, and the filled ones are kept.

    `name` is the file's, for messages. `rows` are the cells of the filled rows, by the row's number.
    """

    def __init__(self, name: str) -> None:
        self.rows: dict[int, list[str]] = {}
        self.refused: list[RowRefusal] = []
        self._name, self._row_count = name, 0

    def count_row(self) -> None:
        """Count a row, which may be empty. Raises UserError when there are more than a spreadsheet has."""
        self._row_count += 1
        self.check_number(self._row_count)

    def refuse(self, number: int, problem: str, expected: str) -> None:
        """Leave a row out that cannot be read."""
        self.count_row()
        self.refused.append(RowRefusal(row=number, column="", problem=problem, expected=expected))

    def check_number(self, number: int) -> None:
        """Raise UserError for the number of a row beyond the last that a spreadsheet has."""
        if number > LAST_ROW:
            raise _too_much_error(self._name, _("berisi terlalu banyak baris kosong"))

    def take(self, number: int, cells: Sequence[str]) -> None:
        """Keep a row unless it is empty. Raises UserError for one row too many, or a cell too long."""
        self.count_row()
        width = max((column for column, cell in enumerate(cells, 1) if cell.strip()), default=0)
        if not width:
            return
        if len(self.rows) == MAX_ROWS + HEADER_WITHIN:  # the records, and the titles and header above them
            raise _too_much_error(self._name, _("berisi lebih dari {n} baris").format(n=MAX_ROWS))
        if any(len(cell) > LONGEST_CELL for cell in cells):
            words = _("baris {row}: satu sel berisi lebih dari {n} huruf")
            raise _too_much_error(self._name, words.format(row=number, n=LONGEST_CELL))
        self.rows[number] = [repair_text(cell) for cell in cells[:width]]

    def lines(self) -> tuple[RawRow, ...]:
        """Return the filled rows. Raises UserError for none, or for too many cells or letters."""
        if not self.rows:
            raise _list_error(
                _("{name} kosong.").format(name=self._name), _("Pilih berkas yang berisi daftarnya.")
            )
        if sum(map(len, self.rows.values())) > MAX_CELLS:
            raise _too_much_error(self._name, _("berisi lebih dari {n} sel").format(n=MAX_CELLS))
        # In a workbook many cells can share one text: a small file may hold more letters than a list needs.
        if sum(len(cell) for cells in self.rows.values() for cell in cells) > MAX_LETTERS:
            raise _too_much_error(self._name, _("berisi lebih dari {n} huruf").format(n=MAX_LETTERS))
        return tuple(RawRow(number, tuple(cells)) for number, cells in self.rows.items())


_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|quot|apos|lt|gt|nbsp);", re.IGNORECASE)
_TWICE_ENCODED = re.compile("[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u20ac")


def repair_text(cell: str) -> str:
    """Undo the encodings that programs left in a cell: "&amp;" becomes &, "Ã©" becomes é, "'=" becomes =."""
    cell = without_guard(cell)
    if _ENTITY.search(cell):
        cell = html.unescape(cell)
    if _TWICE_ENCODED.search(cell):
        with contextlib.suppress(UnicodeError):
            cell = cell.encode("cp1252").decode("utf-8")
    return cell


def _too_much_error(name: str, problem: str) -> UserError:
    return _list_error(
        _("{name} {problem}.").format(name=name, problem=problem),
        _("Hapus baris, kolom, dan sel gabungan yang tidak perlu, atau bagi daftarnya."),
    )


_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes, name: str) -> str:
    """Return the text of a file, decoded by its byte-order mark, else as UTF-16, UTF-8 or code page 1252.

    Raises:
        UserError: none of them fits: the file is no text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data, encoding, name)
    # Of these encodings only UTF-16 has zero bytes in a text.
    if b"\x00" in data[:4096]:
        return _decode_as(data, "utf-16-be" if data[:1] == b"\x00" else "utf-16-le", name)
    try:
        # UTF-8 is tried before code page 1252, since nearly any bytes are a text in 1252.
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(data, "cp1252", name)
    return _decode_as(data, "utf-8", name)


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text_error(name) from error
    if "\x00" in text:
        raise _not_text_error(name)
    return text


def _not_text_error(name: str) -> UserError:
    return UserError(
        _("{name} bukan daftar teks yang dapat dibaca.").format(name=name),
        _("Tidak ada yang diimpor."),
        _("Simpan ulang daftar itu sebagai CSV UTF-8 atau XLSX."),
    )


def read_csv(data: bytes, intake: RowIntake, name: str) -> None:
    """Hand every record of a CSV file to the intake, with its number; the first is 1.

    Raises:
        UserError: the file is no text, or a quotation mark is never closed; the error names the line.
    """
    lines = decode(data, name).splitlines(keepends=True)
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:  # Excel's hint, "sep=;"
        # The next line has the number 2, as in the file that the person sees.
        return _take_records(lines[1:], lines[0][4], intake, name, first=2)
    first_lines = [line for line in lines[:SAMPLED_LINES] if line.strip()]
    delimiter = max(DELIMITERS, key=lambda sign: _delimiter_fitness(first_lines, sign))
    return _take_records(io.StringIO("".join(lines), newline=""), delimiter, intake, name)


def _take_records(
    lines: "Sequence[str] | io.StringIO", delimiter: str, intake: RowIntake, name: str, first: int = 1
) -> None:
    # Without `strict` a quotation mark that is never closed takes the rest of the file into one cell:
    # https://docs.python.org/3/library/csv.html#csv.Dialect.strict
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for number in itertools.count(first):
        try:
            intake.take(number, next(reader)[:MAX_COLUMNS])
        except StopIteration:
            return
        except csv.Error as error:
            # A cell such as "Dapodik" Bayu is refused with its row; the reader goes on with the next line.
            if "expected after" in str(error):
                intake.refuse(
                    number, _("tanda kutip di tengah sel"), _("seluruh sel di antara tanda kutip, atau tanpa")
                )
                continue
            raise UserError(
                _("{name}, baris {line}: tanda kutip tidak ditutup, atau sel terlalu besar.").format(
                    name=name, line=reader.line_num
                ),
                _("Tidak ada yang diimpor."),
                _("Perbaiki baris itu, atau simpan ulang daftarnya dari aplikasi asalnya."),
            ) from error


def _delimiter_fitness(lines: Sequence[str], sign: str) -> tuple[int, int, int]:
    """Return how well a sign fits as the delimiter; the greater the better.

    The first number is how many known headers the sign makes in one line. Then come how many lines it divides
    into equally many parts, and how many parts these are. Signs within quotation marks divide nothing.
    """
    try:
        rows = list(csv.reader(lines, delimiter=sign))
    except csv.Error:  # a cell that is too large is reported when the whole list is read
        return 0, 0, 0
    line_counts = Counter(len(row) for row in rows if len(row) > 1)
    line_count, width = max(((count, width) for width, count in line_counts.items()), default=(0, 0))
    known = (len([cell for cell in row if normalise_header(cell) in _known_headers()]) for row in rows)
    return max(known, default=0), line_count, width


@cache
def _known_headers() -> frozenset[str]:
    return frozenset(name for field in request_fields() for name in field.names)


def read_json(data: bytes, intake: RowIntake, name: str) -> None:
    """Hand the headers of a JSON file to the intake as row 0, then the objects; the first is 1.

    Raises:
        UserError: the file is no JSON, or has no list of objects.
    """
    try:
        document = msgspec.json.decode(decode(data, name).lstrip("\ufeff"))
    except (msgspec.DecodeError, RecursionError) as error:
        raise _not_json_error(name, _("ini bukan JSON yang benar")) from error
    items = _find_objects(document)
    if items is None:
        raise _not_json_error(name, _("tidak ada daftar permohonan di dalamnya"))
    # A list that is cut here is still long enough, with its headers, to be refused by the intake.
    flat_items = [dict(_flatten(item)) for item in items[: MAX_ROWS + HEADER_WITHIN]]
    headers = tuple(dict.fromkeys(key for item in flat_items for key in item))[:MAX_COLUMNS]
    intake.take(0, headers)
    for number, item in enumerate(flat_items, 1):
        intake.take(number, [item.get(key, "") for key in headers])


def _find_objects(document: object) -> list[dict[str, object]] | None:
    """Return the first list of objects, at the top or one key below."""
    candidates = [document, *(document.values() if isinstance(document, dict) else ())]
    for candidate in candidates:
        if isinstance(candidate, list) and candidate and all(isinstance(item, dict) for item in candidate):
            return candidate
    return None


def _flatten(item: dict[str, object], parent: str = "", depth: int = 1) -> Iterator[tuple[str, str]]:
    """Yield the texts of an object by their paths, as "pemohon.nama"."""
    for key, value in item.items():
        # A long key is cut, since each level repeats it. One letter more than allowed is kept, so that the
        # intake refuses it.
        path = f"{parent}{key}"[: LONGEST_CELL + 1]
        if isinstance(value, dict) and depth < DEEPEST:
            yield from _flatten(value, f"{path}.", depth + 1)
        else:
            yield path, _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    # In JSON from JavaScript a whole number may be a float: a telephone number would end in ".0".
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return msgspec.json.encode(value).decode()


def _not_json_error(name: str, problem: str) -> UserError:
    return UserError(
        f"{name}: {problem}.",
        _("Tidak ada yang diimpor."),
        _("Bentuk yang diterima: daftar objek, misalnya [{“nama”: …, “isi”: …}]."),
    )


class SheetInfo(msgspec.Struct, frozen=True):
    """A sheet of a workbook, by its name. A hidden one is read only if a person chooses it."""

    name: str
    hidden: bool = False


class ListFile(msgspec.Struct, frozen=True, kw_only=True):
    """A list as it was read: the file's name, the SHA-256 of its bytes, and the lines of one sheet."""

    name: str
    hash: str
    lines: tuple[RawRow, ...]
    notes: tuple[str, ...] = ()
    refused: tuple[RowRefusal, ...] = ()
    sheet: str = ""
    sheets: tuple[SheetInfo, ...] = ()


_START_BYTES = 1024  # in which a web page shows itself
_WEB_PAGE_STARTS = (
    b"<!doctype html",
    b"<html",
    b"<table",
    b"<meta",
    b"<head",
    b"<style",
    b"<?xml",
    b"mime-version:",
)
_ZIP, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def parse_list(data: bytes, name: str, sheet: str = "") -> ListFile:
    """Read a CSV or JSON file, or a workbook, which is recognised by its bytes, also if it is named .csv.

    `sheet` is the one to read; "" is the first visible one that is filled.

    Raises:
        UserError: the file is of another kind, damaged, empty, or larger than an office's list can be.
    """
    intake = RowIntake(name)
    workbook = WorkbookRead()
    packed_csv = _unpack_csv(data, name) if data.startswith(_ZIP) else None
    if packed_csv is not None:
        read_csv(packed_csv, intake, name)
    elif data.startswith((_ZIP, _OLD_WORKBOOK)):
        # Imported only here: kiosk and display never need calamine.
        workbooks = importlib.import_module("ult_desktop.operations.lists.workbooks")
        workbook = workbooks.read_workbook(data, intake, name, sheet)
    elif data.startswith((b"%PDF", b"{\\rtf")):
        raise _list_error(
            _("{name} bukan CSV, Excel, ODS, atau JSON.").format(name=name),
            _("Simpan ulang sebagai .xlsx atau CSV tanpa kata sandi."),
        )
    elif data[:_START_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB_PAGE_STARTS):
        raise _list_error(
            _("{name} adalah halaman web, walau namanya nama daftar.").format(name=name),
            _("Buka di Excel atau LibreOffice, lalu simpan ulang sebagai .xlsx."),
        )
    elif name.lower().endswith(".json"):
        read_json(data, intake, name)
    else:
        read_csv(data, intake, name)
    return ListFile(
        name=name,
        hash=sha256(data).hex(),
        lines=intake.lines(),
        notes=workbook.notes,
        refused=tuple(intake.refused),
        sheet=workbook.sheet,
        sheets=workbook.sheets,
    )


def _unpack_csv(data: bytes, name: str) -> bytes | None:
    """Return the one CSV file in a ZIP file, as Google Forms saves its answers; None for a workbook.

    Raises UserError when the ZIP file holds something else.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [member.filename for member in archive.infolist() if not member.is_dir()]
            workbook_parts = ("xl/", "[Content_Types]", "content.xml", "mimetype")
            if any(member.startswith(workbook_parts) for member in names):
                return None
            texts = [member for member in names if member.lower().endswith((".csv", ".tsv", ".txt"))]
            if len(texts) == 1 and archive.getinfo(texts[0]).file_size <= LARGEST:
                with archive.open(texts[0]) as packed:
                    return packed.read(LARGEST)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError):
        return None  # the reading as a workbook reports the damage
    raise _list_error(
        _("{name} adalah berkas ZIP berisi: {names}.").format(name=name, names=", ".join(names[:MAX_NAMED])),
        _("Buka ZIP itu, lalu impor satu per satu berkas CSV atau Excel di dalamnya."),
    )


class WorkbookRead(msgspec.Struct, frozen=True):
    """The facts of a workbook that was read: the sheet, all its sheets, and notes on cells and rows."""

    sheet: str = ""
    sheets: tuple[SheetInfo, ...] = ()
    notes: tuple[str, ...] = ()


def _list_error(what: str, todo: str) -> UserError:
    return UserError(what, _("Tidak ada yang diimpor."), todo)
