"""A list of requests as bytes: CSV, JSON or Excel, recognised by what they are.

A few kilobytes can stand for rows without end: each of them is counted as it comes, and the first one beyond
a bound ends the reading with an error. What the counts do not catch is ended from outside (`list_reader`).
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
SAMPLED_LINES = 20  # lines from which the delimiter is found
MAX_COLUMNS = 200
# https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
LAST_ROW = 1_048_576  # a spreadsheet has no more, empty ones among them
MAX_CELLS = 2_000_000
LONGEST_CELL = 32_767  # letters; a spreadsheet holds no more in one
MAX_LETTERS = 25_000_000


class RowIntake:
    """The intake of a list's rows: the reader hands them in one by one, and the filled ones are kept."""

    def __init__(self, name: str) -> None:
        self.rows: dict[int, list[str]] = {}
        self.refused: list[RowRefusal] = []
        self._name, self._seen = name, 0

    def count_row(self) -> None:
        """Count a row, which may be empty. Raises UserError when there are more than a spreadsheet has."""
        self._seen += 1
        self.check_number(self._seen)

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
        width = max((number for number, cell in enumerate(cells, 1) if cell.strip()), default=0)
        if not width:
            return
        if len(self.rows) == MAX_ROWS + HEADER_WITHIN:  # records, below titles and a header
            raise _too_much_error(self._name, _("berisi lebih dari {n} baris").format(n=MAX_ROWS))
        if any(len(cell) > LONGEST_CELL for cell in cells):
            words = _("baris {row}: satu sel berisi lebih dari {n} huruf")
            raise _too_much_error(self._name, words.format(row=number, n=LONGEST_CELL))
        self.rows[number] = [repair_text(cell) for cell in cells[:width]]

    def lines(self) -> tuple[RawRow, ...]:
        """Return the filled rows. Raises UserError for none, or for too many cells or letters in them."""
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
    """Undo what programs made of a cell's letters: "&amp;" becomes &, "Ã©" becomes é, "'=" becomes =."""
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
        UserError: none of them fits; it is no text.
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
    """Take every record with its number; the first is 1.

    Raises:
        UserError: no text, or a quotation mark that is never closed; the line is named.
    """
    lines = decode(data, name).splitlines(keepends=True)
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:  # Excel's own hint
        # The next line has the number 2, as in the file that the person sees.
        return _take_records(lines[1:], lines[0][4], intake, name, first=2)
    text = "".join(lines)
    # The sign that divides the first lines into known headers, or most of them into equal parts.
    first_lines = [line for line in lines[:SAMPLED_LINES] if line.strip()]
    delimiter = max(DELIMITERS, key=lambda sign: _fitness(first_lines, sign))
    return _take_records(io.StringIO(text, newline=""), delimiter, intake, name)


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
            if "expected after" in str(error):  # a cell such as "Dapodik" Bayu; the next line begins anew
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


def _fitness(lines: Sequence[str], sign: str) -> tuple[int, int, int]:
    """Return how many headers a sign makes known, how many lines it divides alike, and into how many parts.

    Signs within quotation marks divide nothing.
    """
    try:
        rows = list(csv.reader(lines, delimiter=sign))
    except csv.Error:  # a cell that is too large is reported when the whole list is read
        return 0, 0, 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, alike = max(widths.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
    known = (len([cell for cell in row if normalise_header(cell) in _known_heads()]) for row in rows)
    return max(known, default=0), alike, width


@cache
def _known_heads() -> frozenset[str]:
    return frozenset(name for field in request_fields() for name in field.names)


DEEPEST = 4  # objects within objects that become columns, as "pemohon.nama"


def read_json(data: bytes, intake: RowIntake, name: str) -> None:
    """Take the headers as row 0, then the objects; the first is 1.

    Raises:
        UserError: no JSON, or no list of objects in it.
    """
    try:
        document = msgspec.json.decode(decode(data, name).lstrip("\ufeff"))
    except (msgspec.DecodeError, RecursionError) as error:
        raise _not_json_error(name, _("ini bukan JSON yang benar")) from error
    items = _find_objects(document)
    if items is None:
        raise _not_json_error(name, _("tidak ada daftar permohonan di dalamnya"))
    flat = [dict(_flatten(item)) for item in items[: MAX_ROWS + HEADER_WITHIN]]
    headers = tuple(dict.fromkeys(key for item in flat for key in item))[:MAX_COLUMNS]
    intake.take(0, headers)
    # `flat` may be cut, but is then long enough, with its headers, to be refused.
    for number, item in enumerate(flat, 1):
        intake.take(number, [item.get(key, "") for key in headers])


def _find_objects(document: object) -> list[dict[str, object]] | None:
    """Return the first list of objects, at the top or one key below."""
    candidates = [document, *(document.values() if isinstance(document, dict) else ())]
    for each in candidates:
        if isinstance(each, list) and each and all(isinstance(item, dict) for item in each):
            return each
    return None


def _flatten(item: dict[str, object], above: str = "", depth: int = 1) -> Iterator[tuple[str, str]]:
    for key, value in item.items():
        # A long key is cut, since each level repeats it. One letter more than allowed is kept, so that the
        # intake refuses it.
        path = f"{above}{key}"[: LONGEST_CELL + 1]
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
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return msgspec.json.encode(value).decode()


def _not_json_error(name: str, problem: str) -> UserError:
    return UserError(
        f"{name}: {problem}.",
        _("Tidak ada yang diimpor."),
        _("Bentuk yang diterima: daftar objek, misalnya [{“nama”: …, “isi”: …}]."),
    )


LARGEST = 25_000_000  # bytes
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".json", ".zip")


class SheetInfo(msgspec.Struct, frozen=True):
    """A sheet of a workbook, by its name; a hidden one is never taken by itself."""

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


LOOKED_AT_BYTES = 1024
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

    `sheet` is the one to read; "" is the first in sight that holds something.

    Raises:
        UserError: it is of another kind, damaged, empty, or larger than an office's list can be.
    """
    intake = RowIntake(name)
    read = WorkbookRead()
    packed = _packed_text(data, name) if data.startswith(_ZIP) else None
    if packed is not None:
        read_csv(packed, intake, name)
    elif data.startswith((_ZIP, _OLD_WORKBOOK)):
        read = _read_workbook(data, intake, name, sheet)
    elif data.startswith((b"%PDF", b"{\\rtf")):
        raise _list_error(
            _("{name} bukan CSV, Excel, ODS, atau JSON.").format(name=name),
            _("Simpan ulang sebagai .xlsx atau CSV tanpa kata sandi."),
        )
    elif data[:LOOKED_AT_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB_PAGE_STARTS):
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
        notes=read.notes,
        refused=tuple(intake.refused),
        sheet=read.sheet,
        sheets=read.sheets,
    )


def _packed_text(data: bytes, name: str) -> bytes | None:
    """Return the one CSV file in a ZIP file, as Google Forms saves its answers; None for a workbook.

    Raises UserError when it holds something else.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [each.filename for each in archive.infolist() if not each.is_dir()]
            if any(each.startswith(("xl/", "[Content_Types]", "content.xml", "mimetype")) for each in names):
                return None
            texts = [each for each in names if each.lower().endswith((".csv", ".tsv", ".txt"))]
            if len(texts) == 1 and archive.getinfo(texts[0]).file_size <= LARGEST:
                with archive.open(texts[0]) as packed:
                    return packed.read(LARGEST)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError):
        return None  # the reading as a workbook reports the damage
    raise _list_error(
        _("{name} adalah berkas ZIP berisi: {names}.").format(name=name, names=", ".join(names[:MAX_NAMED])),
        _("Buka ZIP itu, lalu impor satu per satu berkas CSV atau Excel di dalamnya."),
    )


MAX_NAMED = 5


class WorkbookRead(msgspec.Struct, frozen=True):
    """The reading of a workbook: the sheet, all its sheets, and notes on cells and rows."""

    sheet: str = ""
    sheets: tuple[SheetInfo, ...] = ()
    notes: tuple[str, ...] = ()


def _read_workbook(data: bytes, intake: RowIntake, name: str, sheet: str) -> WorkbookRead:
    """Read a workbook. calamine is imported only here, since kiosk and display never need it."""
    books = importlib.import_module("ult_desktop.operations.lists.workbooks")
    read: WorkbookRead = books.read_workbook(data, intake, name, sheet)
    return read


def _list_error(what: str, todo: str) -> UserError:
    return UserError(what, _("Tidak ada yang diimpor."), todo)
