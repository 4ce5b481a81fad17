"""The daily report (buku laporan) of security and reception."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base import WordEnum, _
from ult_desktop.core.stamps import to_datetime


class ReportEntryKind(WordEnum):
    """The kinds of entries, by their subject."""

    EVENT = "kejadian", "Kejadian"
    DEPOSIT = "titipan", "Barang titipan"
    LOST = "hilang", "Barang hilang atau temuan"
    GRATUITY = "gratifikasi", "Gratifikasi"
    HANDOVER = "serah_terima", "Serah terima jaga"
    OTHER = "lainnya", "Lainnya"


FOLLOWED_UP = (ReportEntryKind.DEPOSIT, ReportEntryKind.LOST, ReportEntryKind.GRATUITY)
"""The kinds of entries that stay open, on later days too, until somebody writes how they were settled."""


class DailyReportEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the daily report. `settlement` says how the matter was settled. Times UTC ms."""

    id: int
    day: str
    at: int
    sort: ReportEntryKind
    text: str
    officer: str
    settlement: str = ""
    settled_at: int | None = None
    settled_by: str = ""

    @property
    def is_open(self) -> bool:
        return self.sort in FOLLOWED_UP and self.settled_at is None


def report_lines(entries: Sequence[DailyReportEntry], zone: ZoneInfo) -> Iterator[tuple[str, ...]]:
    """Yield the report's lines for a spreadsheet, the heads of the columns first."""
    yield (_("Tanggal"), _("Jam"), _("Jenis"), _("Catatan"), _("Petugas"), _("Tindak lanjut"))
    for entry in entries:
        clock = to_datetime(entry.at, zone).strftime("%H:%M")
        yield (entry.day, clock, entry.sort.word, entry.text, entry.officer, follow_up_words(entry))


def follow_up_words(entry: DailyReportEntry) -> str:
    """Return in words how the matter was settled and by whom, or that it is open; "" if it needs nothing."""
    if entry.settled_at is None:
        return _("belum selesai") if entry.is_open else ""
    return f"{entry.settlement} ({entry.settled_by})"
