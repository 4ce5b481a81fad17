"""The acts of an admin on the office file: a backup, a full check, a restore and its drill."""

from contextlib import closing
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.base import UserError, _
from ult_desktop.core.access.roles import Actor
from ult_desktop.db.access import officers
from ult_desktop.db.backup.backup_folder import BackupResult
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.server_address import what_mends
from ult_desktop.db.store.store import Store
from ult_desktop.db.verification import VerificationResult
from ult_desktop.operations.backup.backing_up import back_up_by_hand
from ult_desktop.operations.backup.drill import DrillReport, drill, drill_sheet
from ult_desktop.operations.backup.restoring import verify_office
from ult_desktop.operations.office.office import Office
from ult_desktop.ui import process
from ult_desktop.ui.counter.pages import PageHost, papers
from ult_desktop.ui.kit import Theme, dialogs
from ult_desktop.ui.office_link.tasks import FileWorker

_MOST_FAULTS = 5  # of those found, shown to the officer


def ask_to_restore(window: QWidget, theme: Theme, by: str = "") -> None:
    """Ask, then leave this window for the one that restores an office; `by` as for `process.restore`."""
    words = _("Jendela ini ditutup, lalu cadangan dipilih. Yang dibatalkan di sana tidak mengubah apa-apa.")
    yes = (_("Pilih cadangan"), partial(process.restore, by))
    dialogs.ask(window, theme, _("Pulihkan kantor dari cadangan?"), words, yes)


class FileCare(QObject):
    """The runner of a backup or a check, one at a time, on a thread and a connection of its own.

    Signals:
        done: the act is over, done or failed.
    """

    done = Signal()

    def __init__(self, host: PageHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host, self._worker = host, FileWorker(self)

    @property
    def has_folder(self) -> bool:
        return self._host.setup is not None and self._host.setup.second_place is not None

    @property
    def why_no_backup(self) -> str:
        """Why no backup can be made now; "" if one can."""
        if not self.has_folder:
            return _("Tidak ada komputer yang bekerja dengan folder cadangan: isi Pengaturan, Cadangan.")
        return self.why_no_look

    @property
    def why_no_look(self) -> str:
        if self._host.setup is None:
            return _("Komputer ini bukan stasiun.")
        return _("Pemeriksaan atau pencadangan sedang berjalan.") if self._worker.is_busy else ""

    @property
    def why_no_drill(self) -> str:
        """Why no restore can be tried now; "" if one can."""
        here = _("Uji pemulihan dilakukan di komputer yang punya folder cadangan.")
        return self.why_no_look or ("" if self.has_folder else here)

    def restore(self) -> None:
        """Restore the office in the name of the signed-in admin."""
        ask = partial(ask_to_restore, self._host.window, self._host.theme)
        self._host.read(partial(_login_of, self._host.actor), ask)

    def back_up(self) -> None:
        setup = self._host.setup
        if setup is not None and setup.second_place is not None and not self.why_no_backup:
            self._host.tell(_("Mencadangkan …"))
            job = partial(back_up_by_hand, setup.database, setup.second_place, setup.name)
            self._worker.run(job, self._backed_up, self._failed)

    def verify(self) -> None:
        setup = self._host.setup
        if setup is not None and not self.why_no_look:
            self._host.tell(_("Memeriksa data kantor …"))
            job = partial(verify_office, setup.database, setup.journal.parent, self._host.stamp())
            self._worker.run(job, partial(self._verified, setup.database), self._failed)

    def drill(self) -> None:
        setup = self._host.setup
        if setup is not None and setup.second_place is not None and not self.why_no_drill:
            self._host.tell(_("Menguji pemulihan: kantor bekerja terus …"))
            job = partial(_drilled, setup.database, setup.second_place, setup.name)
            self._worker.run(job, self._tried, self._failed)

    def _tried(self, done: tuple[DrillReport, Path]) -> None:
        report, path = done
        show = (_("Buka"), partial(papers.show_document, self._host, path))
        if report.ok:
            message = _("Cadangan terbukti dapat dipulihkan. Berita acaranya: {label}")
            self._host.tell(message.format(label=path.relative_to(path.parents[1])), [show])
        else:
            self._say(
                UserError(
                    _("Uji pemulihan tidak berhasil."),
                    "\n".join(report.faults[:_MOST_FAULTS]),
                    _("Buat cadangan baru, periksa disknya, lalu uji lagi. Berita acaranya: {path}").format(
                        path=path
                    ),
                )
            )
        self.done.emit()

    def _backed_up(self, result: BackupResult) -> None:
        self._host.tell(_("Cadangan utuh: {path}").format(path=result.path))
        self.done.emit()

    def _verified(self, database: Path, verdict: VerificationResult) -> None:
        if verdict.ok:
            self._host.tell(_("Data kantor utuh."))
        else:
            found = "; ".join(f"{each.check} {each.detail}" for each in verdict.findings[:_MOST_FAULTS])
            in_a_file = _("Panggil petugas TI: `ult-desktop repair` menuntun perbaikannya.")
            self._say(UserError(_("Data kantor tidak utuh."), found, what_mends(database, in_a_file)))
        self.done.emit()

    def _failed(self, error: UserError) -> None:
        self._say(error)
        self.done.emit()

    def _say(self, error: UserError) -> None:
        dialogs.tell(self._host.window, self._host.theme, error)


def _drilled(database: Path, place: Path, station: str) -> tuple[DrillReport, Path]:
    """Try a restore, and write its sheet into the account's documents."""
    report = drill(database, place, station)
    with closing(Store(database, station=station)) as store:
        sheet = drill_sheet(store.read(office_rows.load).settings, report)
    return report, papers.write_sheet(sheet)


def _login_of(actor: Actor, office: Office) -> str:
    """Read the actor's sign-in name, on the worker thread."""
    return office.read(lambda tx: officers.get(tx, actor.officer_id or 0)).login
