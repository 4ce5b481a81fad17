"""The daily report (buku laporan) of security and reception."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base import WordEnum, _
from ult_desktop.core.stamps import to_datetime


class ReportEntryKind(WordEnum):
    """The subject of an entry."""

    EVENT = "kejadian", "Kejadian"
    DEPOSIT = "titipan", "Barang titipan"
    HANDOVER = "serah_terima", "Serah terima jaga"
    OTHER = "lainnya", "Lainnya"


class DailyReportEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the daily report. `at` UTC ms."""

    id: int
    day: str
    at: int
    sort: ReportEntryKind
    text: str
    officer: str


def report_lines(entries: Sequence[DailyReportEntry], zone: ZoneInfo) -> Iterator[tuple[str, ...]]:
    """Yield the report as a list for a spreadsheet, the headers first."""
    yield (_("Tanggal"), _("Jam"), _("Jenis"), _("Catatan"), _("Petugas"))
    for entry in entries:
        clock = to_datetime(entry.at, zone).strftime("%H:%M")
        yield (entry.day, clock, entry.sort.word, entry.text, entry.officer)
