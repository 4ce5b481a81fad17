"""A list as text: CSV in whatever encoding and with whatever delimiter the source wrote it."""

import csv
import io
from collections.abc import Sequence

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.core.online.mapping import RawRow

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
