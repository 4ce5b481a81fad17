"""A sheet of paper with words in lines: receipt, appointment slip, registration, disposition."""

from enum import StrEnum

import msgspec

from ult_desktop.core.personal import Line


class SheetKind(StrEnum):
    """The sheets on which personal text stands, by what they are about."""

    RECEIPT = "receipt"
    REGISTRATION = "registration"


class Row(msgspec.Struct, frozen=True):
    """A line of a sheet: what it is, and what it says."""

    head: str
    text: Line


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on a sheet, ready to print on the ticket printer or as PDF. Every field is words.

    `office` is the heading, first line first; `signatures` who signs below (PDF only); `code` goes into
    a QR code, "" for none.
    """

    office: tuple[str, ...]
    title: str
    number: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    signatures: tuple[Line, ...] = ()
    code: str = ""
