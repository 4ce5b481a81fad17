"""A list of requests as a file: read once, recognised by its contents, never written to."""

import hashlib
import importlib
from pathlib import Path

import msgspec

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.core.online.mapping import (
    MAX_ROWS,
    ColumnMappings,
    RawRow,
    Table,
    split_headers,
)
from ult_desktop.operations.online.csv_lists import read_csv
from ult_desktop.operations.online.json_lists import read_json

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
