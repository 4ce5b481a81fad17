"""The reports that a PC makes by itself after a period: their notice, their list, and the summary's watch."""

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject
from typing_extensions import override

from ult_desktop.base import UserError, _, counted, formats
from ult_desktop.core.figures.made_reports import DueReport, MadeReport, MakeReportAgain
from ult_desktop.core.figures.report import PeriodReport, ReportKind
from ult_desktop.core.stamps import DAY_MS, to_datetime, to_stamp
from ult_desktop.db.figures import made_reports
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.figures.made_reports import FOLDER, everything_due, stored_report
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.summary.making import due_summary
from ult_desktop.reports.files import write_whole
from ult_desktop.reports.forms import ReportForm
from ult_desktop.ui.counter.pages import ListBox, PageHost, offer_report
from ult_desktop.ui.counter.pages.papers import paper_folder
from ult_desktop.ui.kit import dialogs, lists, panels

_ICON = ("file-check", "green")
NEW_FOR_MS = 7 * DAY_MS
_MOST_LINES = 8  # of what is due, or has changed, in a box


class MadeBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The report versions that were made, the newest first, and the reports that are still due."""

    made: tuple[MadeReport, ...]
    due: tuple[DueReport, ...]

    @property
    def failed(self) -> tuple[DueReport, ...]:
        # The `trouble` of PPID's report is the last day for it, which is no failure.
        return tuple(due for due in self.due if due.trouble and due.kind is not ReportKind.PPID)


def made_board(office: Office) -> MadeBoard:
    def read(tx: Transaction) -> MadeBoard:
        return MadeBoard(made=made_reports.latest(tx), due=everything_due(tx, office.clock()))

    return office.read(read)


class MadeNews(panels.Note):
    """The notice that says which report is new, or why one could not be made."""

    def __init__(self, host: PageHost) -> None:
        super().__init__(host.theme, "info")
        self._host = host
        self._last_words = ""
        self.answered.connect(lambda: MadeReportsBox(host).open())
        host.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        self._host.read(made_board, self._show)

    def _show(self, board: MadeBoard) -> None:
        """Show the news, unless the same words were shown already."""
        words = _news(board, to_stamp(self._host.now()))
        if words != self._last_words:
            self._last_words = words
            self.say(words, _("Lihat …"))


def _news(board: MadeBoard, now: int) -> str:
    if board.failed:
        first = board.failed[0]
        return f"{first.heading}: {first.trouble}"
    new = [report for report in board.made if now - report.made_at < NEW_FOR_MS]
    if not new:
        return ""
    return _("Laporan baru: {names}.").format(names=", ".join(report.heading for report in new[:2]))


class SummaryWatch(QObject):
    """The watch that makes the last month's summary (rekap untuk pusat) when a head with keys is signed in.

    The file goes next to the reports where this PC has the disk for backups, else among the account's
    documents.
    """

    def __init__(self, host: PageHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._summary_month = ""
        host.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Make the summary that is due, once a month; while the keys are shut, try again at each change."""
        month = f"{self._host.now():%Y-%m}"
        if month != self._summary_month:
            self._host.read(
                partial(_write_due_summary, summary_folder(self._host)), partial(self._on_summary, month)
            )

    def _on_summary(self, month: str, words: str | None) -> None:
        if words is None or month == self._summary_month:
            return
        self._summary_month = month
        if words:
            self._host.tell(words)


def summary_folder(host: PageHost) -> Path:
    disk = None if host.setup is None else host.setup.second_place
    return paper_folder() if disk is None else disk / FOLDER


def _write_due_summary(folder: Path, office: Office) -> str | None:
    """Write the summary that is due. Return the message, "" if none is due; None while the keys are shut."""
    if office.keyring is None:
        return None
    try:
        due = due_summary(office, folder)
        if due is None:
            return ""
        return _("Rekap untuk pusat siap dikirim: {path}").format(path=write_whole(*due, with_folder=True))
    except UserError as error:
        return error.what


class MadeReportsBox(ListBox[MadeReport]):
    """The box with every report version, the newest first, and above them the reports that are due."""

    def __init__(self, host: PageHost) -> None:
        empty = (_("Belum ada laporan yang dibuat sendiri."), _ICON[0])
        super().__init__(
            host,
            _("Laporan jadi"),
            _ICON,
            lists.RecordList(host.theme, _("Cari laporan, periode …"), empty=empty),
        )
        self.say(
            _(
                "Sesudah periode berakhir, PC dengan disk cadangan menulis laporan tanpa data pribadi ke "
                "folder “laporan” di disk itu. Versi yang sudah jadi tetap angkanya."
            )
        )
        self.due = panels.Note(host.theme, "")
        self.words.addWidget(self.due)
        self.save = self.add_act(_("Simpan …"), "download", self._save, "primary", opens_row=True)
        self.changes = self.add_act(_("Yang berubah …"), "history", self._tell_changes)
        self.again = self.add_act(_("Buat ulang"), "refresh-cw", self._make_again)

    @override
    def refresh(self) -> None:
        self.host.read(made_board, self._show)

    def _show(self, board: MadeBoard) -> None:
        self.show_records(board.made)
        waits = _("menunggu PC dengan disk cadangan")
        self.due.say("\n".join(f"{due.heading}: {due.trouble or waits}" for due in board.due[:_MOST_LINES]))

    @override
    def row_of(self, record: MadeReport) -> lists.ListRow:
        at = to_datetime(record.made_at, self.host.now().tzinfo)
        return lists.ListRow(
            id=record.id,
            title=record.heading,
            subtitle=f"{record.station} · {record.folder}",
            aside=f"{formats.format_date(at, 'short')} {formats.format_clock(at)}",
            icon=_ICON[0],
            tint=_ICON[1],
            tags=(
                lists.Tag(_("Versi {n}").format(n=record.version), "warn" if record.changes else "primary"),
            ),
            search=record.period,
        )

    def _save(self) -> None:
        make = partial(_report_of, self.chosen.id)
        offer_report(
            self.host,
            [
                (_("Laporan untuk ditandatangani (PDF)"), make, ReportForm.PDF),
                (_("Buku kerja Excel"), make, ReportForm.WORKBOOK),
                (_("Daftar angka (CSV)"), make, ReportForm.LIST),
            ],
        )

    def _tell_changes(self) -> None:
        report = self.chosen
        box = dialogs.Box(self.host.window, self.theme, report.heading, ("history", "blue"))
        lines = report.changes[:_MOST_LINES] or (_("Tidak ada yang berubah sejak versi sebelumnya."),)
        for line in lines:
            box.say(line, tone="")
        if len(report.changes) > len(lines):
            box.say(counted("… dan {n} angka lagi.", len(report.changes) - len(lines)))
        box.add_button(_("Mengerti"), "primary", lambda: None).setFocus()
        box.open()

    def _make_again(self) -> None:
        report = self.chosen
        message = _("Versi baru dibuat dalam beberapa menit; yang ini tetap ada.")
        self.host.perform(MakeReportAgain(kind=report.kind, period=report.period), message=message)


def _report_of(made_id: int, office: Office) -> PeriodReport:
    return office.read(lambda tx: stored_report(tx, made_id))
