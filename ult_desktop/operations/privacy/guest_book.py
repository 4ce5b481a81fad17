"""The guest book (buku tamu) of a period in clear, on paper and as a table; its opening is logged."""

from datetime import date
from typing import NamedTuple, get_type_hints

from msgspec.structs import fields

from ult_desktop.base import _, formats
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.fields import head_words
from ult_desktop.core.figures.report import ColumnKind, ReportColumn, ReportPart, ReportValue
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.person import GuestFields, field_text
from ult_desktop.core.privacy.commands import OpenGuestBook
from ult_desktop.core.sheet import Cells, Sheet, SheetRow
from ult_desktop.core.stamps import minute_at, to_datetime
from ult_desktop.core.visits.guest_book import GuestBookLine
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.operation import refuse
from ult_desktop.operations.sheets import dated_signature, letterhead, period_words

MOST_ON_PAPER = 5000  # lines: some four hundred pages, a quarter of a minute to make


class GuestBook(NamedTuple):
    """The guest book: the lines of a period (ISO days), its office, and when it was opened (UTC ms)."""

    first_day: str
    last_day: str
    lines: tuple[GuestBookLine, ...]
    settings: OfficeSettings
    opened_at: int


def unmasked_book(first_day: date, last_day: date, office: Office, actor: Actor) -> GuestBook:
    """Return the guest book of the period in clear.

    Raises UserError for an impossible period, and for an actor who may not or cannot open personal data.
    """
    lines = office.perform(OpenGuestBook(first_day=first_day, last_day=last_day), actor)
    settings = office.read(office_rows.load).settings
    return GuestBook(first_day.isoformat(), last_day.isoformat(), lines, settings, office.clock())


def book_sheet(book: GuestBook) -> Sheet:
    """Return the guest book on paper, for the head to sign.

    Raises:
        UserError: the book has more lines than may be put on paper while the counter waits.
    """
    if len(book.lines) > MOST_ON_PAPER:
        raise refuse(
            _("Lebih dari {n} tamu dalam masa itu: terlalu panjang untuk PDF.").format(n=MOST_ON_PAPER),
            _("Pilih masa yang lebih pendek, atau simpan sebagai buku kerja Excel atau CSV."),
        )
    lines = [_cells(book, number, line) for number, line in enumerate(book.lines, 1)]
    return Sheet(
        office=letterhead(book.settings),
        title=_("Buku Tamu"),
        number=period_words(book.first_day, book.last_day),
        # The same lines as single rows, for a paper too narrow for columns.
        rows=tuple(
            SheetRow(f"{number}. {began}", " · ".join(" ".join(cell.split()) for cell in cells if cell))
            for number, began, *cells in lines
        ),
        table=(Cells(_heads()), *map(Cells, lines)),
        notes=(_("Jumlah: {n}").format(n=len(book.lines)),),
        signatures=(dated_signature(book.settings, book.opened_at),),
        numbered=True,
    )


def book_table(book: GuestBook) -> ReportPart:
    """Return the same lines for other programs: a column for each field of the line."""
    return ReportPart(
        key="guest_book",
        title=f"{_('Buku Tamu')} {period_words(book.first_day, book.last_day)}",
        columns=tuple(map(_report_column, _COLUMNS)),
        keys=tuple(str(line.visit_id) for line in book.lines),
        rows=tuple(tuple(_report_value(book, line, name) for name in _COLUMNS) for line in book.lines),
    )


_MOMENTS = ("began_at", "ended_at")
_COLUMNS = (
    "visit_id",
    "day",
    *_MOMENTS,
    *(field.name for field in fields(GuestFields) if field.type is not bool),
    "purpose",
    "label",
    "service",
)


def _report_column(name: str) -> ReportColumn:
    if name == "day":
        kind = ColumnKind.DATE
    elif name in _MOMENTS:
        kind = ColumnKind.MOMENT
    else:
        kind = ColumnKind.COUNT if get_type_hints(GuestBookLine)[name] is int else ColumnKind.TEXT
    return ReportColumn(name, head_words(name, GuestBookLine.__name__), kind)


def _report_value(book: GuestBook, line: GuestBookLine, name: str) -> ReportValue:
    value: ReportValue = getattr(line, name)
    if name in _MOMENTS:
        value = minute_at(getattr(line, name), book.settings.office.zone)
    return value


# On paper each cell has several fields, one below the other. The first cell has the name, and below it every
# field that is in no other cell.
_FURTHER_CELLS = (
    ("institution",),
    ("regency",),
    ("phone", "email"),
    ("purpose", "letter_number"),
    ("meets",),
    ("label", "service"),
)
_NOT_IN_FIRST_CELL = frozenset(
    {*(name for cell in _FURTHER_CELLS for name in cell), "letter_date", "remember"}
)
_PAPER_CELLS = (
    tuple(name for name in GuestFields.__struct_fields__ if name not in _NOT_IN_FIRST_CELL),
    *_FURTHER_CELLS,
)


def _heads() -> tuple[str, ...]:
    cell_heads = {"phone": _("Kontak"), "label": _("Layanan")}  # of cells with several fields
    return (
        _("No."),
        *(head_words(name, GuestBookLine.__name__) for name in _MOMENTS),
        *(cell_heads.get(names[0]) or head_words(names[0]) for names in _PAPER_CELLS),
    )


def _cells(book: GuestBook, number: int, line: GuestBookLine) -> tuple[str, ...]:
    zone = book.settings.office.zone
    began = to_datetime(line.began_at, zone)
    return (
        str(number),
        f"{formats.format_date(began, 'short')} {formats.format_time(began)}",
        "" if line.ended_at is None else formats.format_time(to_datetime(line.ended_at, zone)),
        *("\n".join(filter(None, (_field_text(line, name) for name in names))) for names in _PAPER_CELLS),
    )


def _field_text(line: GuestBookLine, name: str) -> str:
    """Return a field as the paper has it: a number with the field's name, but "" for the usual number."""
    words = field_text(line, name)
    return f"{head_words(name)}: {words}" if words and isinstance(getattr(line, name), int) else words
