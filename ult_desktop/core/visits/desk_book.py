"""The daily report (buku laporan) of security and reception."""

import csv
import io
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base import WordEnum, _
from ult_desktop.core.stamps import to_datetime

_FORMULA = ("=", "+", "-", "@", "\t")  # a spreadsheet would carry out what begins so


class ReportEntryKind(WordEnum):
    """What an entry is about."""

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


def as_csv(entries: Sequence[DailyReportEntry], zone: ZoneInfo) -> str:
    """The report as spreadsheets read it: semicolons, as an Indonesian Excel expects them."""
    text = io.StringIO()
    sheet = csv.writer(text, delimiter=";", lineterminator="\r\n")
    sheet.writerow((_("Tanggal"), _("Jam"), _("Jenis"), _("Catatan"), _("Petugas")))
    for entry in entries:
        clock = to_datetime(entry.at, zone).strftime("%H.%M")
        sheet.writerow((entry.day, clock, entry.sort.word, _safe(entry.text), _safe(entry.officer)))
    return text.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
