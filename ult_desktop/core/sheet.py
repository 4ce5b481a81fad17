"""A sheet of paper with words in lines: receipt, appointment slip, registration, disposition."""

import msgspec


class Row(msgspec.Struct, frozen=True):
    """A line of a sheet: what it is, and what it says."""

    head: str
    text: str


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
    signatures: tuple[str, ...] = ()
    code: str = ""
