"""A sheet of paper with words in lines (receipt, appointment slip, disposition), and the names of forms."""

from enum import StrEnum

import msgspec

from ult_desktop.base import WordEnum, _
from ult_desktop.core.personal import ContactLine
from ult_desktop.core.stamps import on_this_pc


class SheetKind(StrEnum):
    """The kinds of sheets on which personal text is printed."""

    RECEIPT = "receipt"
    REGISTRATION = "registration"
    CASE_FILE = "case_file"


class BlankForm(WordEnum):
    """The blank forms that are filled in by hand, and typed in later."""

    GUEST_BOOK = "buku-tamu", "Lembar Buku Tamu"
    SERVICE = "layanan", "Formulir Layanan"
    SURVEY = "survei", "Formulir Survei Kepuasan"
    SPD = "spd", "Daftar SPD yang Ditandatangani"
    PHONE = "telepon", "Lembar Layanan Telepon"
    DISPOSITION = "disposisi", "Lembar Disposisi"
    QUEUE = "antrean", "Lembar Antrean"


class SheetRow(msgspec.Struct, frozen=True):
    """A line of a sheet: a heading such as "Nama", and the text to it."""

    head: str
    text: ContactLine


class Cells(msgspec.Struct, frozen=True):
    """A line of a table: its words, column by column."""

    words: tuple[ContactLine, ...]


class Letterhead(msgspec.Struct, frozen=True):
    """The heading of a sheet: lines, the most important first, and a logo (PNG; b"" is none)."""

    lines: tuple[str, ...] = ()
    logo: bytes = b""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet, ready to print on the ticket printer or as PDF.

    `office` is the heading; `signatures` are the people who sign below (PDF only); `code` goes into a QR
    code, "" for none. `table` has the names of its columns in its first line: a PDF, which is wide enough,
    shows it instead of `rows`. `facts` stand above both, `notes` below. `numbered`: each page of the PDF
    repeats title and number.
    """

    office: Letterhead
    title: str
    number: str
    rows: tuple[SheetRow, ...]
    table: tuple[Cells, ...] = ()
    facts: tuple[SheetRow, ...] = ()
    notes: tuple[str, ...] = ()
    signatures: tuple[ContactLine, ...] = ()
    code: str = ""
    numbered: bool = False


def trial_sheet(at: int) -> Sheet:
    """Return the sheet for a printer's test at a moment (UTC ms)."""
    return Sheet(
        office=Letterhead((_("Cetak percobaan"),)),
        title=_("Printer siap"),
        number=on_this_pc(at),
        rows=(SheetRow(_("Baris"), "1234567890 1234567890 1234567890"),),
    )
