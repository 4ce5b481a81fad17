"""A list of requests as a file: CSV, JSON or Excel, recognised by its contents, never written to."""

import csv
import hashlib
import importlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core.online.mapping import MAX_ROWS, ColumnMappings, RawRow, Table, split_headers

DELIMITERS = (",", ";", "\t", "|")
LOOK_AT = 20  # records that tell the delimiter
MAX_COLUMNS = 200
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes, name: str) -> str:
    """The text of a file: by its mark, else UTF-8, UTF-16 or the Windows code page 1252.

    Raises:
        UserError: none of them fits; it is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, name)
    if b"\x00" in data[:4096]:
        return _decoded(data, "utf-16-be" if data[:1] == b"\x00" else "utf-16-le", name)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp1252", name)
    return _decoded(data, "utf-8", name)


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text(name) from error
    if "\x00" in text:
        raise _no_text(name)
    return text


def _no_text(name: str) -> UserError:
    return UserError(
        _("{name} bukan daftar teks yang dapat dibaca.").format(name=name),
        _("Tidak ada yang diimpor."),
        _("Simpan ulang daftar itu sebagai CSV UTF-8 atau XLSX."),
    )


def read_csv(data: bytes, name: str) -> tuple[RawRow, ...]:
    """Every record with its number, the first is 1.

    Raises:
        UserError: no text, or a quotation mark that is never closed; the line is named.
    """
    lines = decode(data, name).splitlines(keepends=True)
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:  # Excel's own hint
        return tuple(_records(lines[1:], lines[0][4], name, first=2))
    text = "".join(lines)
    return tuple(_records(io.StringIO(text, newline=""), _delimiter(lines), name))


def _records(lines: "Sequence[str] | io.StringIO", delimiter: str, name: str, first: int = 1) -> list[RawRow]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    found: list[RawRow] = []
    try:
        for number, cells in enumerate(reader, first):
            found.append(RawRow(number, tuple(cells[:MAX_COLUMNS])))
    except csv.Error as error:
        raise UserError(
            _("{name}, baris {line}: tanda kutip tidak ditutup, atau sel terlalu besar.").format(
                name=name, line=reader.line_num
            ),
            _("Tidak ada yang diimpor."),
            _("Perbaiki baris itu, atau simpan ulang daftarnya dari aplikasi asalnya."),
        ) from error
    return found


def _delimiter(lines: Sequence[str]) -> str:
    """The sign that parts the first lines into the same number of columns most often."""
    best, most = DELIMITERS[0], 0
    for sign in DELIMITERS:
        widths = [line.count(sign) for line in lines[:LOOK_AT] if line.strip()]
        agreeing = max((widths.count(width) * width for width in set(widths) if width), default=0)
        if agreeing > most:
            best, most = sign, agreeing
    return best


DEEPEST = 4  # objects within objects that become columns, as "pemohon.nama"


def read_json(data: bytes, name: str) -> tuple[RawRow, ...]:
    """The headers as row 0, then the objects, the first is 1.

    Raises:
        UserError: no JSON, or no list of objects in it.
    """
    try:
        document = msgspec.json.decode(decode(data, name).lstrip("\ufeff"))
    except (msgspec.DecodeError, RecursionError) as error:
        raise _not_json(name, _("ini bukan JSON yang benar")) from error
    items = _objects(document)
    if items is None:
        raise _not_json(name, _("tidak ada daftar permohonan di dalamnya"))
    flat = [dict(_flat(item)) for item in items]
    headers = tuple(dict.fromkeys(key for item in flat for key in item))[:MAX_COLUMNS]
    rows = [
        RawRow(number, tuple(item.get(key, "") for key in headers)) for number, item in enumerate(flat, 1)
    ]
    return (RawRow(0, headers), *rows)


def _objects(document: object) -> list[dict[str, object]] | None:
    """The first list of objects, at the top or one key below."""
    candidates = [document, *(document.values() if isinstance(document, dict) else ())]
    for each in candidates:
        if isinstance(each, list) and each and all(isinstance(item, dict) for item in each):
            return each
    return None


def _flat(item: dict[str, object], above: str = "", depth: int = 1) -> Iterator[tuple[str, str]]:
    for key, value in item.items():
        path = f"{above}{key}"
        if isinstance(value, dict) and depth < DEEPEST:
            yield from _flat(value, f"{path}.", depth + 1)
        else:
            yield path, _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return msgspec.json.encode(value).decode()


def _not_json(name: str, problem: str) -> UserError:
    return UserError(
        f"{name}: {problem}.",
        _("Tidak ada yang diimpor."),
        _("Bentuk yang diterima: daftar objek, misalnya [{“nama”: …, “isi”: …}]."),
    )


LARGEST = 25_000_000  # bytes
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".json")


class FileInUse(UserError):
    """The file is there and cannot be read now: another program holds it, or the right is missing."""


class ListFile(msgspec.Struct, frozen=True, kw_only=True):
    """A list as it was read: the file's name, the SHA-256 of its bytes, and its lines."""

    name: str
    hash: str
    lines: tuple[RawRow, ...]
    notes: tuple[str, ...] = ()

    def table(self, remembered: ColumnMappings = ()) -> Table:
        """Headers and rows; what is remembered helps to find the header."""
        return split_headers(self.lines, remembered, self.notes)


def read_list(path: Path) -> ListFile:
    """Read a CSV, XLSX or JSON file.

    Raises:
        UserError: it cannot be read, is too large, empty, or of another kind.
    """
    data = _bytes(path)
    lines, notes = _lines(data, path.name)
    if not any(any(cell.strip() for cell in line.cells) for line in lines):
        raise _refused(_("{name} kosong.").format(name=path.name), _("Pilih daftar yang berisi permohonan."))
    if len(lines) > MAX_ROWS:
        raise _refused(
            _("{name} berisi lebih dari {n} baris.").format(name=path.name, n=MAX_ROWS),
            _("Bagi daftarnya menjadi beberapa berkas."),
        )
    return ListFile(name=path.name, hash=hashlib.sha256(data).hexdigest(), lines=lines, notes=notes)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise _refused(
                _("{name} lebih dari {n} MB.").format(name=path.name, n=LARGEST // 1_000_000),
                _("Bagi daftarnya menjadi beberapa berkas."),
            )
        return path.read_bytes()
    except OSError as error:
        raise FileInUse(
            _("{path} tidak dapat dibaca.").format(path=path),
            _("Tidak ada yang diimpor."),
            _("Tutup berkas itu di aplikasi lain, dan periksa hak bacanya."),
        ) from error


def _lines(data: bytes, name: str) -> tuple[tuple[RawRow, ...], tuple[str, ...]]:
    """By what the bytes are: a workbook renamed to .csv is a workbook still."""
    if data.startswith(b"PK\x03\x04"):
        return _workbook(data, name)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        raise _refused(
            _("{name} bukan CSV, XLSX, atau JSON.").format(name=name),
            _("Simpan ulang sebagai .xlsx atau CSV tanpa kata sandi."),
        )
    if name.lower().endswith(".json"):
        return read_json(data, name), ()
    return read_csv(data, name), ()


def _workbook(data: bytes, name: str) -> tuple[tuple[RawRow, ...], tuple[str, ...]]:
    """Openpyxl is loaded with the first workbook: kiosk and display never need it."""
    sheets = importlib.import_module("ult_desktop.operations.online.xlsx_lists")
    found: tuple[tuple[RawRow, ...], tuple[str, ...]] = sheets.read_xlsx(data, name)
    return found


def _refused(what: str, todo: str) -> UserError:
    return UserError(what, _("Tidak ada yang diimpor."), todo)
