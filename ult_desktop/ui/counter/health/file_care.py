"""The acts of an admin on the office file: back it up, check it, restore it, and try a restore."""

from contextlib import closing
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.base import UserError, _
from ult_desktop.db.access import officers
from ult_desktop.db.backup.backup_folder import BackupResult
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.server_address import describe_repair
from ult_desktop.db.store.store import Store
from ult_desktop.db.verification import VerificationResult
from ult_desktop.operations.backup.backing_up import back_up_by_hand
from ult_desktop.operations.backup.drill import DrillReport, drill, drill_sheet
from ult_desktop.operations.backup.restoring import verify_office
from ult_desktop.ui import process
from ult_desktop.ui.counter.pages import PageHost, papers
from ult_desktop.ui.kit import Theme, dialogs
from ult_desktop.ui.office_link.tasks import FileWorker

_MOST_FAULTS = 5  # faults that the box shows


def ask_to_restore(window: QWidget, theme: Theme, login: str = "") -> None:
    """Ask, then close this window and open the one that restores an office.

    `login` is the signed-in admin's; "" where nobody can sign in.
    """
    words = _("Jendela ini ditutup, lalu cadangan dipilih. Yang dibatalkan di sana tidak mengubah apa-apa.")
    yes = (_("Pilih cadangan"), partial(process.restore, login))
    dialogs.ask(window, theme, _("Pulihkan kantor dari cadangan?"), words, yes)


class FileCare(QObject):
    """The runner of a backup, a check or a trial restore: one at a time, with its own thread and connection.

    Signals:
        done: the backup, check or trial is over, whether it succeeded or not.
    """

    done = Signal()

    def __init__(self, host: PageHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host, self._worker = host, FileWorker(self)

    @property
    def has_backup_folder(self) -> bool:
        return self._host.setup is not None and self._host.setup.second_place is not None

    @property
    def why_no_backup(self) -> str:
        """Why no backup can be made now; "" if one can."""
        if not self.has_backup_folder:
            return _("Tidak ada komputer yang bekerja dengan folder cadangan: isi Pengaturan, Cadangan.")
        return self.why_no_check

    @property
    def why_no_check(self) -> str:
        """Why no check can be made now; "" if one can."""
        if self._host.setup is None:
            return _("Komputer ini bukan stasiun.")
        return _("Pemeriksaan atau pencadangan sedang berjalan.") if self._worker.is_busy else ""

    @property
    def why_no_drill(self) -> str:
        """Why no restore can be tried now; "" if one can."""
        if self.why_no_check or self.has_backup_folder:
            return self.why_no_check
        return _("Uji pemulihan dilakukan di komputer yang punya folder cadangan.")

    def restore(self) -> None:
        """Restore the office in the name of the signed-in admin."""
        officer_id = self._host.actor.officer_id or 0
        ask = partial(ask_to_restore, self._host.window, self._host.theme)
        self._host.read(lambda office: office.read(lambda tx: officers.get(tx, officer_id)).login, ask)

    def back_up(self) -> None:
        setup = self._host.setup
        if setup is not None and setup.second_place is not None and not self.why_no_backup:
            self._host.tell(_("Mencadangkan …"))
            job = partial(back_up_by_hand, setup.database, setup.second_place, setup.name)
            self._worker.run(job, self._on_backed_up, self._on_failed)

    def verify(self) -> None:
        setup = self._host.setup
        if setup is not None and not self.why_no_check:
            self._host.tell(_("Memeriksa data kantor …"))
            job = partial(verify_office, setup.database, setup.journal.parent, self._host.stamp())
            self._worker.run(job, partial(self._on_verified, setup.database), self._on_failed)

    def drill(self) -> None:
        setup = self._host.setup
        if setup is not None and setup.second_place is not None and not self.why_no_drill:
            self._host.tell(_("Menguji pemulihan: kantor bekerja terus …"))
            job = partial(_drill_with_sheet, setup.database, setup.second_place, setup.name)
            self._worker.run(job, self._on_drilled, self._on_failed)

    def _on_drilled(self, report_and_sheet: tuple[DrillReport, Path]) -> None:
        report, path = report_and_sheet
        show = (_("Buka"), partial(papers.show_document, self._host, path))
        if report.ok:
            message = _("Cadangan terbukti dapat dipulihkan. Berita acaranya: {label}")
            folder_and_name = path.relative_to(path.parents[1])
            self._host.tell(message.format(label=folder_and_name), [show])
        else:
            self._show_error(
                UserError(
                    _("Uji pemulihan tidak berhasil."),
                    "\n".join(report.faults[:_MOST_FAULTS]),
                    _("Buat cadangan baru, periksa disknya, lalu uji lagi. Berita acaranya: {path}").format(
                        path=path
                    ),
                )
            )
        self.done.emit()

    def _on_backed_up(self, result: BackupResult) -> None:
        self._host.tell(_("Cadangan utuh: {path}").format(path=result.path))
        self.done.emit()

    def _on_verified(self, database: Path, verdict: VerificationResult) -> None:
        if verdict.ok:
            self._host.tell(_("Data kantor utuh."))
        else:
            faults = "; ".join(f"{fault.check} {fault.detail}" for fault in verdict.findings[:_MOST_FAULTS])
            words_for_file = _("Panggil petugas TI: `ult-desktop repair` menuntun perbaikannya.")
            self._show_error(
                UserError(_("Data kantor tidak utuh."), faults, describe_repair(database, words_for_file))
            )
        self.done.emit()

    def _on_failed(self, error: UserError) -> None:
        self._show_error(error)
        self.done.emit()

    def _show_error(self, error: UserError) -> None:
        dialogs.tell(self._host.window, self._host.theme, error)


def _drill_with_sheet(database: Path, backups: Path, station: str) -> tuple[DrillReport, Path]:
    """Try a restore from the folder of backups, and write its sheet into the account's documents.

    Return the report and the path of the sheet.
    """
    report = drill(database, backups, station)
    with closing(Store(database, station=station)) as store:
        sheet = drill_sheet(store.read(office_rows.load).settings, report)
    return report, papers.write_sheet(sheet)
