"""The reports made by schedule: what is new, what failed, and each version to save or make again."""

from functools import partial

import msgspec
from typing_extensions import override

from ult_desktop.base import _, counted, formats
from ult_desktop.core.figures.made import DueReport, MadeReport, MakeReportAgain
from ult_desktop.core.figures.report import PeriodReport, ReportKind
from ult_desktop.core.stamps import DAY_MS, to_datetime, to_stamp
from ult_desktop.db.figures import made_reports
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.figures.made_reports import everything_due, kept_report
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.forms import ReportForm
from ult_desktop.ui.counter.pages import ListBox, PageHost, offer_report
from ult_desktop.ui.kit import dialogs, lists, panels

_ICON = ("file-check", "green")
NEW_FOR_MS = 7 * DAY_MS
_MOST_TOLD = 8


class MadeBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The versions made, the newest first, and what is still due."""

    made: tuple[MadeReport, ...]
    due: tuple[DueReport, ...]

    @property
    def failed(self) -> tuple[DueReport, ...]:
        return tuple(each for each in self.due if each.trouble and each.kind is not ReportKind.PPID)


def made_board(office: Office) -> MadeBoard:
    def look(tx: Transaction) -> MadeBoard:
        return MadeBoard(made=made_reports.latest(tx), due=everything_due(tx, office.clock()))

    return office.read(look)


class MadeNews(panels.Note):
    """The notice of which report is new this week, or why one could not be made."""

    def __init__(self, host: PageHost) -> None:
        super().__init__(host.theme, "info")
        self._host = host
        self._told = ""
        self.answered.connect(lambda: MadeReportsBox(host).open())
        host.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        self._host.read(made_board, self._show)

    def _show(self, board: MadeBoard) -> None:
        """Show the news. What was looked at is not announced again."""
        words = _news(board, to_stamp(self._host.now()))
        if words != self._told:
            self._told = words
            self.say(words, _("Lihat …"))


def _news(board: MadeBoard, now: int) -> str:
    if board.failed:
        first = board.failed[0]
        return f"{first.heading}: {first.trouble}"
    new = [each for each in board.made if now - each.made_at < NEW_FOR_MS]
    if not new:
        return ""
    return _("Laporan baru: {names}.").format(names=", ".join(each.heading for each in new[:2]))


class MadeReportsBox(ListBox):
    """The box of every version, the newest first, and above them what is due."""

    def __init__(self, host: PageHost) -> None:
        empty = (_("Belum ada laporan yang dibuat sendiri."), _ICON[0])
        super().__init__(
            host,
            _("Laporan jadi"),
            _ICON,
            lists.RecordList(host.theme, _("Cari laporan, periode …"), empty=empty),
        )
        self._known: dict[object, MadeReport] = {}
        self.say(
            _(
                "Sesudah periode berakhir, PC dengan disk cadangan menulis laporan tanpa data pribadi ke "
                "folder “laporan” di disk itu. Versi yang sudah jadi tetap angkanya."
            )
        )
        self.due = panels.Note(host.theme, "")
        self.words.addWidget(self.due)
        self.rows.opened.connect(lambda _key: self._save())
        self.save = self.add_act(_("Simpan …"), "download", self._save, "primary")
        self.changes = self.add_act(_("Yang berubah …"), "history", self._tell_changes)
        self.again = self.add_act(_("Buat ulang"), "refresh-cw", self._again)

    @override
    def refresh(self) -> None:
        self.host.read(made_board, self._show)

    def _show(self, board: MadeBoard) -> None:
        self._known = {each.id: each for each in board.made}
        self.rows.show_rows([self._row(each) for each in board.made])
        waits = _("menunggu PC dengan disk cadangan")
        self.due.say("\n".join(f"{each.heading}: {each.trouble or waits}" for each in board.due[:_MOST_TOLD]))

    def _row(self, made: MadeReport) -> lists.ListRow:
        at = to_datetime(made.made_at, self.host.now().tzinfo)
        return lists.ListRow(
            id=made.id,
            title=made.heading,
            subtitle=f"{made.station} · {made.folder}",
            aside=f"{formats.format_date(at, 'short')} {formats.format_clock(at)}",
            icon=_ICON[0],
            tint=_ICON[1],
            tags=(lists.Tag(_("Versi {n}").format(n=made.version), "warn" if made.changes else "primary"),),
            search=made.period,
        )

    def _save(self) -> None:
        made = partial(_kept, self._known[self.rows.selected].id)
        offer_report(
            self.host,
            [
                (_("Laporan untuk ditandatangani (PDF)"), made, ReportForm.PDF),
                (_("Buku kerja Excel"), made, ReportForm.WORKBOOK),
                (_("Daftar angka (CSV)"), made, ReportForm.LIST),
            ],
        )

    def _tell_changes(self) -> None:
        made = self._known[self.rows.selected]
        box = dialogs.Box(self.host.window, self.theme, made.heading, ("history", "blue"))
        said = made.changes[:_MOST_TOLD] or (_("Tidak ada yang berubah sejak versi sebelumnya."),)
        for line in said:
            box.say(line, tone="")
        if len(made.changes) > len(said):
            box.say(counted("… dan {n} angka lagi.", len(made.changes) - len(said)))
        box.add_button(_("Mengerti"), "primary", lambda: None).setFocus()
        box.open()

    def _again(self) -> None:
        made = self._known[self.rows.selected]
        told = _("Versi baru dibuat dalam beberapa menit; yang ini tetap ada.")
        self.host.perform(MakeReportAgain(kind=made.kind, period=made.period), told=told)


def _kept(made_id: int, office: Office) -> PeriodReport:
    return office.read(lambda tx: kept_report(tx, made_id))
