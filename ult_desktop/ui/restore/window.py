"""The window that restores an office: the backups, what is known of each, and the restore itself."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _, counted, formats
from ult_desktop.base.own_program import OwnAnswer, ask_own
from ult_desktop.core.stamps import to_datetime
from ult_desktop.operations.backup import choices
from ult_desktop.operations.backup.choices import BackupChoice, BackupOutlook, BackupsFound
from ult_desktop.operations.backup.restoring import RestoreReport
from ult_desktop.ui.counter.help import manual_box
from ult_desktop.ui.kit import detail, dialogs, layouts, lists, panels, widgets
from ult_desktop.ui.kit.detail import Fact
from ult_desktop.ui.kit.lists import ListRow, Tag
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.office_link.tasks import FileWorker
from ult_desktop.ui.setup.page import Work

Outcome = BackupOutlook | UserError | None
"""The outcome of a backup's proof: its outlook, or why it cannot be used; None before it is proved."""
_MEGA = 1_000_000  # bytes
LOOK_MS = 3000  # between two looks at the other stations


def moment(at: int) -> str:
    """Return a stamp (UTC ms) as this PC's clock shows it; "" for 0, the stamp of an empty log."""
    if not at:
        return ""
    when = to_datetime(at, None)
    return f"{formats.format_date(when, 'long')}, {formats.format_time(when)}"


def row_of(choice: BackupChoice, outcome: Outcome) -> ListRow:
    tint, tags = "slate", tuple[Tag, ...]()
    if isinstance(outcome, BackupOutlook):
        tint, tags = "green", (Tag(_("utuh"), "ok"),)
    elif isinstance(outcome, UserError):
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


def facts_of(choice: BackupChoice, outcome: Outcome) -> list[Fact]:
    facts = [Fact(_("Berkas"), str(choice.path)), Fact(_("Ukuran"), size_words(choice.bytes))]
    if isinstance(outcome, UserError):
        why = " ".join(filter(None, (outcome.what, outcome.todo)))
        return [*facts, Fact(_("Keadaan"), why, "danger")]
    if outcome is None:
        return [*facts, Fact(_("Keadaan"), _("sedang diperiksa …"), "soft")]
    return [
        Fact(_("Kantor"), outcome.office),
        *facts,
        Fact(_("Keadaan"), counted("utuh, {n} catatan", outcome.last_seq), "ok"),
        Fact(_("Catatan terakhir"), moment(outcome.until)),
        *_since_facts(outcome),
    ]


def _since_facts(outlook: BackupOutlook) -> list[Fact]:
    repeated = Fact(_("Diulang dari jurnal"), counted("{n} permintaan", outlook.repeated))
    if not outlook.known:
        unread = _("Berkas sekarang tidak terbaca; yang tidak ada di jurnal baru diketahui sesudahnya.")
        return [repeated, Fact(_("Tidak kembali"), unread, "warn")]
    recorded = ""
    if outlook.entries:
        recorded = _("{n} nomor, {cases} permohonan, {all} catatan seluruhnya").format(
            n=outlook.numbers, cases=outlook.cases, all=outlook.entries
        )
    lost = Fact(_("Tidak kembali"), _("semuanya kembali"), "ok")
    if outlook.lost:
        words = _("{n} catatan, sebab tidak ada di jurnal mana pun yang terjangkau")
        lost = Fact(_("Tidak kembali"), words.format(n=outlook.lost), "danger")
    return [Fact(_("Sejak itu tercatat"), recorded), repeated, lost]


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
    """The office to restore: its file, this station's name and journals, and the folder of its backups.

    `asked_by` is the login of the admin who asks for the restore, which may then replace a file that is
    whole; "" where nobody could sign in.
    """

    database: Path
    station: str
    journals: Path
    second_place: Path | None
    asked_by: str


class BackupProofs(QObject):
    """The backups that can be chosen, and the outcomes of their proofs.

    Signals:
        listed: `choices_by_id` and `trouble` are new.
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
        self.choices_by_id: dict[object, BackupChoice] = {}
        self.trouble = ""
        self._outcomes: dict[object, BackupOutlook | UserError] = {}
        self._listing = 0  # the number of the last listing: a proof that began before it is dropped
        self._worker = FileWorker(self)

    def outcome_of(self, key: object) -> Outcome:
        return self._outcomes.get(key)

    def list_backups(self) -> None:
        """List the backups again, and forget their proofs, which may no longer hold."""
        self._listing += 1
        job = partial(choices.find_backups, self._place.database, self._folder)
        FileWorker(self).run(job, partial(self._on_listed, self._listing), self.failed.emit)

    def look_into(self, folder: str) -> None:
        """Look for backups in another folder."""
        self._folder = Path(folder)
        self.list_backups()

    def add_journals(self, folder: str) -> None:
        """Add further journals, from another PC."""
        self.other_journals = (*self.other_journals, Path(folder))
        self.list_backups()

    def _on_listed(self, listing: int, found: BackupsFound) -> None:
        if listing == self._listing:
            self.choices_by_id = {choice.id: choice for choice in found.choices}
            self.trouble = found.trouble
            self._outcomes.clear()
            self.listed.emit()

    def prove_next(self, first: object) -> None:
        """Prove the next backup of which nothing is known yet, `first` before the others."""
        unproved = self.choices_by_id.keys() - self._outcomes.keys()
        key = next((key for key in (first, *self.choices_by_id) if key in unproved), None)
        if key is not None and not self._worker.is_busy:
            source, place = self.choices_by_id[key].path, self._place
            job = partial(choices.assess_backup, place.database, source, place.journals, self.other_journals)
            on_done = partial(self._on_proved, self._listing, key)
            self._worker.run(job, on_done, on_done)

    def _on_proved(self, listing: int, key: object, outcome: BackupOutlook | UserError) -> None:
        if listing == self._listing:
            self._outcomes[key] = outcome
        self.proved.emit()


class RestoreWindow(QWidget):
    """The window of a restore. It proves every backup, the chosen one first.

    The restore itself is a process that outlives this one.

    Signals:
        left: the window was closed; the station may open its office again.
        line_written: a line that the process of the restore writes while it works.
    """

    left = Signal()
    line_written = Signal(str)

    def __init__(self, theme: Theme, place: RestorePlace) -> None:
        super().__init__()
        self._theme, self._place = theme, place
        self.proofs, self._looker = BackupProofs(place, self), FileWorker(self)
        self._at_work: tuple[str, ...] | None = None  # the stations to be closed first; None: not known yet
        self._is_running = False  # a restore or a check
        self._is_restored = False  # the office is restored
        self._was_stopped = False  # a person has stopped the restore
        self._endings: list[Callable[[], None]] = []  # each ends a process that was started
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("Pulihkan kantor"))
        self.list = lists.RecordList(
            theme,
            _("Cari cadangan …"),
            (),
            (_("Tidak ada cadangan yang terlihat dari komputer ini."), "save"),
        )
        self.detail = detail.Detail(theme, (_("Pilih cadangan di daftar."), "history"))
        self.note, self.trouble, self.work = panels.Note(theme, ""), panels.Note(theme, "danger"), Work(theme)
        self._lay_out()
        self._wire()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look_around)
        self._timer.start()
        manual_box.open_by_key(self, theme, lambda: "restore")
        theme.apply(self)
        self._look_around()
        self.proofs.list_backups()

    def _lay_out(self) -> None:
        column = layouts.Column(self._theme, self, gap=12, margins=(32, 24, 32, 24))
        head = layouts.Row(self._theme, gap=16)
        head.addWidget(widgets.Logo(self._theme, 56))
        names = layouts.Column(self._theme, gap=2)
        names.addWidget(widgets.Label(_("Pulihkan kantor dari cadangan"), "heading"))
        names.addWidget(widgets.ElidedLabel(str(self._place.database), "small", "soft"))
        head.addLayout(names, 1)
        column.addLayout(head)
        for note in (self.note, self.trouble):
            column.addWidget(note)
        column.addWidget(panels.SplitView(self._theme, self.list, self.detail), 1)
        column.addWidget(self.work)
        pick_folder = partial(dialogs.pick_folder, self, _("Folder cadangan"), self.proofs.look_into)
        journals = _("Folder jurnal dari PC lain")
        pick_journals = partial(dialogs.pick_folder, self, journals, self.proofs.add_journals)
        foot = layouts.Row(self._theme, gap=12)
        self.leave_button = self._add_button(foot, _("Kembali"), "arrow-left", self.close)
        foot.addStretch()
        self.check_button = self._add_button(
            foot, _("Periksa berkas sekarang"), "database", self._prove_present
        )
        self.journals_button = self._add_button(foot, _("Jurnal PC lain …"), "notebook-pen", pick_journals)
        self.folder_button = self._add_button(foot, _("Folder cadangan lain …"), "save", pick_folder)
        self._buttons = (self.leave_button, self.check_button, self.journals_button, self.folder_button)
        column.addLayout(foot)

    def _add_button(
        self, row: layouts.Row, text: str, icon_name: str, press: Callable[[], object]
    ) -> widgets.Button:
        button = widgets.Button(self._theme, text, "", icon_name)
        button.clicked.connect(lambda _checked=False: press())
        row.addWidget(button)
        return button

    def _wire(self) -> None:
        self.list.chosen.connect(lambda _row: self._show_chosen())
        self.proofs.listed.connect(self._show_found)
        self.proofs.proved.connect(self._show_proofs)
        self.proofs.failed.connect(self._refuse)
        self.line_written.connect(self.work.words.setText)

    def _show_found(self) -> None:
        self.trouble.say(self.proofs.trouble)
        if self.proofs.choices_by_id and self.list.selected is None:
            self.list.choose(next(iter(self.proofs.choices_by_id)))
        self._show_proofs()

    def _show_proofs(self) -> None:
        proofs = self.proofs
        self.list.show_rows(
            [row_of(choice, proofs.outcome_of(key)) for key, choice in proofs.choices_by_id.items()]
        )
        self._show_chosen()
        if not self._is_running:
            proofs.prove_next(self.list.selected)

    def _show_chosen(self) -> None:
        chosen = self.proofs.choices_by_id.get(self.list.selected)
        if self._is_restored or self._is_running:
            return
        if chosen is None:
            self.detail.show_nothing()
            return
        outcome = self.proofs.outcome_of(chosen.id)
        self.detail.show_head(moment(chosen.at))
        self.detail.show_facts(facts_of(chosen, outcome))
        verb = _("Kembalikan berkas ini …") if chosen.set_aside else _("Pulihkan dari cadangan ini …")
        ask = partial(self._ask, chosen)
        self.detail.show_actions(
            [detail.DetailAction("restore", verb, "rotate-ccw", ask, "primary", self._why_not(outcome))]
        )

    def _why_not(self, outcome: Outcome) -> str:
        if not isinstance(outcome, BackupOutlook):
            return _("Cadangan ini sedang diperiksa.") if outcome is None else outcome.what
        if self._at_work is None:
            return _("Belum diketahui siapa yang masih bekerja.")
        return _("Tutup dulu ult-desktop di komputer lain.") if self._at_work else ""

    def _look_around(self) -> None:
        """Look which stations have to be closed first, unless an earlier look still hangs."""
        if not (self._looker.is_busy or self._is_running or self._is_restored):
            job = partial(choices.other_stations_at_work, self._place.database, self._place.station)
            self._looker.run(job, self._show_at_work, self._on_look_failed)

    def _show_at_work(self, names: tuple[str, ...]) -> None:
        has_changed = names != self._at_work
        self._at_work = names
        words = _("Masih bekerja: {names}. Tutup ult-desktop di sana; dua menit kemudian dapat dipulihkan.")
        self.note.say(words.format(names=", ".join(names)) if names else "")
        if has_changed:
            self._show_chosen()

    def _on_look_failed(self, error: UserError) -> None:
        self._at_work = None
        self.note.say(error.brief)
        self._show_chosen()

    def _ask(self, chosen: BackupChoice) -> None:
        outcome = self.proofs.outcome_of(chosen.id)
        lost = outcome.lost if isinstance(outcome, BackupOutlook) else 0
        set_aside = _(
            "Berkas yang sekarang disisihkan di folder yang sama dan dapat dikembalikan dari daftar ini."
        )
        lost_words = counted("{n} catatan tidak kembali.", lost) if lost else ""
        dialogs.ask(
            self,
            self._theme,
            _("Pulihkan dari {at}?").format(at=moment(chosen.at)),
            " ".join(filter(None, (lost_words, set_aside))),
            (_("Pulihkan"), partial(self._restore, chosen)),
        )

    def _restore(self, chosen: BackupChoice) -> None:
        where = ("--database", str(self._place.database), "--as", self._place.station, "--json")
        journals = (word for folder in self.proofs.other_journals for word in ("--journals", str(folder)))
        as_admin = ("--force", "--by", self._place.asked_by) if self._place.asked_by else ()
        words = ("restore", str(chosen.path), *where, *journals, *as_admin)
        job = partial(ask_own, *words, on_line=self.line_written.emit, on_start=self._endings.append)
        self._run(_("Memulihkan … Jangan matikan PC ini."), job, self._on_restored, self._stop)

    def _stop(self) -> None:
        """End the restore. The office file is the old one or already the new one, and whole either way."""
        self._was_stopped = True
        for end in self._endings:
            end()

    def _run(
        self,
        words: str,
        job: Callable[[], OwnAnswer],
        then: Callable[[OwnAnswer], object],
        end: Callable[[], object] | None = None,
    ) -> None:
        self._was_stopped = False
        self._endings.clear()
        self._show_running(runs=True)
        may_stop = end is not None
        self.work.run(words, job, partial(self._on_ended, then), self._on_failed, may_stop=may_stop, end=end)

    def _on_ended(self, then: Callable[[OwnAnswer], object], answer: OwnAnswer) -> None:
        self._show_running(runs=False)
        then(answer)

    def _on_failed(self, error: UserError) -> None:
        self._show_running(runs=False)
        self._refuse(error)

    def _show_running(self, *, runs: bool) -> None:
        self._is_running = runs
        for part in (self.list, self.detail, *self._buttons):
            part.setEnabled(not runs)

    def _on_restored(self, answer: OwnAnswer) -> None:
        try:
            report = msgspec.json.decode(answer.answer, type=RestoreReport)
        except msgspec.MsgspecError:
            if self._was_stopped:
                self._refuse(_stopped_by_person())
            else:
                self._refuse(UserError(_("Kantor belum dipulihkan."), todo=answer.words))
            self._show_proofs()
            return
        self._is_restored = True
        for part in (self.list, *self._buttons):
            part.hide()
        self.note.say("")
        title = _("Kantor dipulihkan") if report.verdict.ok else _("Dipulihkan, tetapi isinya tidak utuh")
        self.detail.show_head(title, _("Komputer lain boleh membuka ult-desktop lagi."))
        self.detail.show_facts(report_facts(report))
        self.detail.show_actions(
            [detail.DetailAction("open", _("Buka kantor"), "log-in", self.close, "primary")]
        )

    def _prove_present(self) -> None:
        """Prove the present file: a whole one needs no backup, and loses its mark of damage."""
        job = partial(ask_own, "verify", str(self._place.database), "--clear-damage")
        self._run(_("Memeriksa berkas kantor …"), job, self._on_present_proved)

    def _on_present_proved(self, answer: OwnAnswer) -> None:
        what = _("Berkas kantor utuh.") if answer.succeeded else _("Berkas kantor tidak utuh.")
        dialogs.tell(self, self._theme, UserError(what, todo=answer.words))

    def _refuse(self, error: UserError) -> None:
        dialogs.tell(self, self._theme, error)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_running:  # the window stays until the restore or the check has ended
            event.ignore()
            return
        self._timer.stop()
        super().closeEvent(event)
        self.left.emit()


def _stopped_by_person() -> UserError:
    return UserError(
        _("Pemulihan dihentikan."),
        _("Berkas kantor tetap utuh: yang lama, atau yang baru bila sudah ditukar."),
        _("Lihat daftar ini, dan pulihkan sekali lagi bila perlu."),
    )
