"""The guest book (buku tamu) of a period as a report: opened in clear, which is logged."""

from datetime import date
from typing import NamedTuple

from ult_desktop.base import _, formats
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.figures.report import ColumnKind, ReportColumn, ReportPart, ReportValue
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.privacy.commands import OpenGuestBook
from ult_desktop.core.sheet import Cells, Sheet, SheetRow
from ult_desktop.core.stamps import minute_at, to_datetime
from ult_desktop.core.visits.guest_book import GuestBookLine
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.operation import refuse
from ult_desktop.operations.sheets import dated_signature, letterhead, period_words

MOST_ON_PAPER = 5000  # some four hundred pages, a quarter of a minute to make


class GuestBook(NamedTuple):
    """The guest book: the lines of a period (ISO days), its office, and when it was opened (UTC ms)."""

    first_day: str
    last_day: str
    lines: tuple[GuestBookLine, ...]
    settings: OfficeSettings
    opened_at: int


def unmasked_book(first_day: date, last_day: date, office: Office, actor: Actor) -> GuestBook:
    """Return the book in clear.

    Raises UserError for an impossible period, and for an actor who may not or cannot open personal data.
    """
    lines = office.perform(OpenGuestBook(first_day=first_day, last_day=last_day), actor)
    settings = office.read(office_rows.load).settings
    return GuestBook(first_day.isoformat(), last_day.isoformat(), lines, settings, office.clock())


def book_sheet(book: GuestBook) -> Sheet:
    """Return the book for the head to sign.

    Raises:
        UserError: the book has more lines than may be put on paper while the counter waits.
    """
    if len(book.lines) > MOST_ON_PAPER:
        raise refuse(
            _("Lebih dari {n} tamu dalam masa itu: terlalu panjang untuk PDF.").format(n=MOST_ON_PAPER),
            _("Pilih masa yang lebih pendek, atau simpan sebagai buku kerja Excel atau CSV."),
        )
    return Sheet(
        office=letterhead(book.settings),
        title=_("Buku Tamu"),
        number=period_words(book.first_day, book.last_day),
        rows=tuple(_row(book, place, line) for place, line in enumerate(book.lines, 1)),
        table=(Cells(_heads()), *(Cells(_cells(book, *each)) for each in enumerate(book.lines, 1))),
        notes=(_("Jumlah: {n}").format(n=len(book.lines)),),
        signatures=(dated_signature(book.settings, book.opened_at),),
        numbered=True,
    )


def book_table(book: GuestBook) -> ReportPart:
    """Return the same lines for other programs."""
    text, moment = ColumnKind.TEXT, ColumnKind.MOMENT
    heads = (
        ("visit", _("Nomor kunjungan"), ColumnKind.COUNT),
        ("day", _("Tanggal"), ColumnKind.DATE),
        ("came", _("Datang"), moment),
        ("left", _("Pulang"), moment),
        ("name", _("Nama"), text),
        ("institution", _("Instansi"), text),
        ("regency", _("Kabupaten/kota"), text),
        ("phone", _("Telepon"), text),
        ("email", _("Surel"), text),
        ("occupation", _("Pekerjaan"), text),
        ("purpose", _("Keperluan"), text),
        ("meets", _("Bertemu"), text),
        ("letter", _("Nomor surat"), text),
        ("letter_date", _("Tanggal surat"), text),
        ("ticket", _("Nomor antrean"), text),
        ("service", _("Layanan"), text),
    )
    return ReportPart(
        key="guest_book",
        title=f"{_('Buku Tamu')} {period_words(book.first_day, book.last_day)}",
        columns=tuple(ReportColumn(*head) for head in heads),
        keys=tuple(str(line.visit_id) for line in book.lines),
        rows=tuple(_values(book, line) for line in book.lines),
    )


def _values(book: GuestBook, line: GuestBookLine) -> tuple[ReportValue, ...]:
    zone = book.settings.office.zone
    return (
        line.visit_id,
        line.day,
        minute_at(line.began_at, zone),
        minute_at(line.ended_at, zone),
        line.name,
        line.institution,
        line.regency,
        line.phone,
        line.email,
        line.occupation,
        line.purpose,
        line.meets,
        line.letter_number,
        line.letter_date,
        line.label,
        line.service,
    )


def _heads() -> tuple[str, ...]:
    return (
        _("No."),
        _("Datang"),
        _("Pulang"),
        _("Nama"),
        _("Instansi"),
        _("Kabupaten/kota"),
        _("Kontak"),
        _("Keperluan"),
        _("Bertemu"),
        _("Layanan"),
    )


def _cells(book: GuestBook, place: int, line: GuestBookLine) -> tuple[str, ...]:
    zone = book.settings.office.zone
    came = to_datetime(line.began_at, zone)
    return (
        str(place),
        f"{formats.format_date(came, 'short')} {formats.format_time(came)}",
        "" if line.ended_at is None else formats.format_time(to_datetime(line.ended_at, zone)),
        _lines(line.name, line.occupation),
        line.institution,
        line.regency,
        _lines(line.phone, line.email),
        _lines(line.purpose, line.letter_number),
        line.meets,
        _lines(line.label, line.service),
    )


def _row(book: GuestBook, place: int, line: GuestBookLine) -> SheetRow:
    """Return the same line for a paper too narrow for columns."""
    _place, came, *told = _cells(book, place, line)
    return SheetRow(f"{place}. {came}", " · ".join(" ".join(part.split()) for part in told if part))


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
