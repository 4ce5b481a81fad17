"""The backups from which an office can be restored, and what is known of them, in words."""

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from ult_desktop.base import UserError, _, counted, formats
from ult_desktop.core.stamps import to_datetime
from ult_desktop.operations.backup import choices
from ult_desktop.operations.backup.choices import BackupChoice, BackupOutlook, BackupsFound
from ult_desktop.operations.backup.restoring import RestoreReport
from ult_desktop.ui.kit.detail import Fact
from ult_desktop.ui.kit.lists import ListRow, Tag
from ult_desktop.ui.office_link.tasks import FileWorker

Known = BackupOutlook | UserError | None
"""The knowledge of a backup: its outlook, or why it cannot be used; None before it is proved."""
_MEGA = 1_000_000  # bytes


def moment(at: int) -> str:
    """Return a stamp (UTC ms) as this PC's clock shows it; "" for 0, the stamp of an empty log."""
    if not at:
        return ""
    when = to_datetime(at, None)
    return f"{formats.format_date(when, 'long')}, {formats.format_time(when)}"


def row_of(choice: BackupChoice, known: Known) -> ListRow:
    tint, tags = "slate", tuple[Tag, ...]()
    if isinstance(known, BackupOutlook):
        tint, tags = "green", (Tag(_("utuh"), "ok"),)
    elif isinstance(known, UserError):
        tint, tags = "orange", (Tag(_("tidak dapat dipakai"), "danger"),)
    return ListRow(
        id=choice.id,
        title=moment(choice.at),
        subtitle=_("berkas lama yang disisihkan") if choice.set_aside else _("cadangan"),
        aside=size_words(choice.bytes),
        icon="history" if choice.set_aside else "save",
        tint=tint,
        tags=tags,
    )


def size_words(size: int) -> str:
    return _("{n} MB").format(n=formats.format_fixed(size / _MEGA, 1))


def facts_of(choice: BackupChoice, known: Known) -> list[Fact]:
    facts = [Fact(_("Berkas"), str(choice.path)), Fact(_("Ukuran"), size_words(choice.bytes))]
    if isinstance(known, UserError):
        why = " ".join(filter(None, (known.what, known.todo)))
        return [*facts, Fact(_("Keadaan"), why, "danger")]
    if known is None:
        return [*facts, Fact(_("Keadaan"), _("sedang diperiksa …"), "soft")]
    return [
        Fact(_("Kantor"), known.office),
        *facts,
        Fact(_("Keadaan"), counted("utuh, {n} catatan", known.last_seq), "ok"),
        Fact(_("Catatan terakhir"), moment(known.until)),
        *_since_facts(known),
    ]


def _since_facts(outlook: BackupOutlook) -> list[Fact]:
    again = Fact(_("Diulang dari jurnal"), counted("{n} permintaan", outlook.repeated))
    if not outlook.known:
        unread = _("Berkas sekarang tidak terbaca; yang tidak ada di jurnal baru diketahui sesudahnya.")
        return [again, Fact(_("Tidak kembali"), unread, "warn")]
    recorded = ""
    if outlook.entries:
        recorded = _("{n} nomor, {cases} permohonan, {all} catatan seluruhnya").format(
            n=outlook.numbers, cases=outlook.cases, all=outlook.entries
        )
    lost = Fact(_("Tidak kembali"), _("semuanya kembali"), "ok")
    if outlook.lost:
        words = _("{n} catatan, sebab tidak ada di jurnal mana pun yang terjangkau")
        lost = Fact(_("Tidak kembali"), words.format(n=outlook.lost), "danger")
    return [Fact(_("Sejak itu tercatat"), recorded), again, lost]


def report_facts(report: RestoreReport) -> list[Fact]:
    """Return the result, with the refused acts by name: somebody has to do them again."""
    replayed = report.replayed
    refused = [
        " ".join(filter(None, (moment(act.at), act.name, act.label, act.why))) for act in replayed.refused
    ]
    lost = _("{n} catatan; bawa jurnal PC lain dan ulangi").format(n=replayed.lost) if replayed.lost else ""
    unanswered = counted("{n} jawaban survei", report.unanswered) if report.unanswered else ""
    findings = "; ".join(f"{finding.check} {finding.detail}" for finding in report.verdict.findings[:5])
    return [
        Fact(_("Dari"), report.backup),
        Fact(_("Catatan terakhir"), moment(report.backup_until)),
        Fact(_("Diulang dari jurnal"), counted("{n} permintaan", len(replayed.done))),
        Fact(_("Nomor di dua karcis"), ", ".join(act.label for act in replayed.done if act.twin), "warn"),
        Fact(_("Tidak dapat diulang"), "\n".join(refused), "danger"),
        Fact(_("Tidak kembali"), "\n".join(filter(None, (lost, unanswered))), "danger"),
        Fact(_("Dokumen dikembalikan"), str(report.documents or "")),
        Fact(_("Dilewati"), "\n".join(report.passed_over), "warn"),
        Fact(_("Berkas lama"), report.aside),
        Fact(
            _("Isi berkas"),
            _("utuh") if report.verdict.ok else findings,
            "ok" if report.verdict.ok else "danger",
        ),
    ]


class RestorePlace(NamedTuple):
    """The office to restore: its file, this station's name and folder of journals there, and its backups.

    `asked_by` is the login of the admin who asks for the restore, which may then replace a file that is
    whole; "" where nobody could sign in.
    """

    database: Path
    station: str
    own: Path
    second_place: Path | None
    asked_by: str


class BackupProofs(QObject):
    """The backups that can be chosen (`found`), and what their proofs told.

    Signals:
        listed: `found` and `trouble` are new.
        proved: the proof of a backup has ended.
        failed: a UserError: the folder could not be read.
    """

    listed = Signal()
    proved = Signal()
    failed = Signal(object)

    def __init__(self, place: RestorePlace, parent: QObject) -> None:
        super().__init__(parent)
        self._place, self._folder = place, place.second_place
        self.other_journals: tuple[Path, ...] = ()
        self.found: dict[object, BackupChoice] = {}
        self.trouble = ""
        self._known: dict[object, BackupOutlook | UserError] = {}
        self._listing = 0  # the number of the last listing: a proof that began before it is dropped
        self._worker = FileWorker(self)

    def known(self, key: object) -> Known:
        return self._known.get(key)

    def list_backups(self) -> None:
        """List the backups again, and forget their proofs, which may no longer hold."""
        self._listing += 1
        job = partial(choices.find_backups, self._place.database, self._folder)
        FileWorker(self).run(job, partial(self._list, self._listing), self.failed.emit)

    def look_into(self, folder: str) -> None:
        """Look for backups in another folder."""
        self._folder = Path(folder)
        self.list_backups()

    def add_journals(self, folder: str) -> None:
        """Add further journals, from another PC."""
        self.other_journals = (*self.other_journals, Path(folder))
        self.list_backups()

    def _list(self, listing: int, found: BackupsFound) -> None:
        if listing == self._listing:
            self.found = {choice.id: choice for choice in found.choices}
            self.trouble = found.trouble
            self._known.clear()
            self.listed.emit()

    def prove_next(self, first: object) -> None:
        """Prove the next backup of which nothing is known yet, `first` before the others."""
        unproved = self.found.keys() - self._known.keys()
        key = next((key for key in (first, *self.found) if key in unproved), None)
        if key is not None and not self._worker.is_busy:
            source, place = self.found[key].path, self._place
            job = partial(choices.assess_backup, place.database, source, place.own, self.other_journals)
            done = partial(self._prove, self._listing, key)
            self._worker.run(job, done, done)

    def _prove(self, listing: int, key: object, outlook: BackupOutlook | UserError) -> None:
        if listing == self._listing:
            self._known[key] = outlook
        self.proved.emit()
