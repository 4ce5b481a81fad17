"""The page Retensi: how long each kind of personal data is kept, and the run that ends it."""

from collections.abc import Iterable
from functools import partial
from zoneinfo import ZoneInfo

from typing_extensions import override

from ult_desktop.core.retention import ArchiveDue, Due, RetentionRun
from ult_desktop.core.retention_schedule import (
    Kind,
    Schedule,
    ground_word,
    kept_words,
    kind_word,
    months_words,
)
from ult_desktop.core.roles import Permission
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.subject_words import part_word, place_word
from ult_desktop.db.archive_changes import Known
from ult_desktop.db.retention import Sweep
from ult_desktop.formats import format_date, format_number
from ult_desktop.i18n import _
from ult_desktop.operations.archive_erasing import due_in
from ult_desktop.ui import dialogs
from ult_desktop.ui.counter.online.file_desk import FileDesk
from ult_desktop.ui.counter.privacy.archive_eraser import ArchiveEraser
from ult_desktop.ui.counter.privacy.reading import DueBoard, read_due
from ult_desktop.ui.counter.work.detail import Detail
from ult_desktop.ui.counter.work.facts import Fact
from ult_desktop.ui.counter.work.page import WorkPage
from ult_desktop.ui.counter.work.record_list import RecordList
from ult_desktop.ui.counter.work.rows import ListRow
from ult_desktop.ui.counter.work.tag import Tag
from ult_desktop.ui.counter.work.timeline import Timeline, TimelineEntry, when_words
from ult_desktop.ui.widgets.button import Button


class RetentionPage(WorkPage):
    """Nothing goes by itself: the page says what is due, and somebody presses the button."""

    name = "retention"
    icon_name = "hourglass"
    group = "quality"
    needs = frozenset({Permission.RUN_RETENTION})

    @classmethod
    @override
    def title(cls) -> str:
        return _("Retensi data")

    @override
    def build(self) -> None:
        self._board = DueBoard(Schedule(), (), (), ZoneInfo("UTC"))
        self.list = RecordList(self.theme, _("Cari jenis data …"))
        self.detail = Detail(self.theme)
        self.runs = Timeline(self.theme)
        self.before = self.detail.add_section(_("Penghapusan sebelumnya"), self.runs)
        self.show_split(self.list, self.detail)
        self.erase = self.add_head_button(Button(self.theme, _("Hapus yang jatuh tempo …"), "", "delete"))
        self.erase.setEnabled(False)
        self.erase.clicked.connect(self._ask)
        self.list.chosen.connect(self._show_chosen)
        self._archived: tuple[ArchiveDue, ...] = ()
        self._looked_at: tuple[object, ...] = ()
        self.files, self.eraser = FileDesk(self), ArchiveEraser(self.desk, self)
        self.eraser.done.connect(self._told)
        self.eraser.stopped.connect(self.refresh)

    @override
    def refresh(self) -> None:
        self.fetch(read_due, self._show)

    def _show(self, board: DueBoard) -> None:
        self._board = board
        self._show_rows()
        if board.archives and board.sweep is not None:
            self._look_into(board.archives, board.sweep)

    def _look_into(self, known: tuple[Known, ...], sweep: Sweep) -> None:
        """Once, until something about them is new: the office changes all day, and they lie on the share."""
        facts = (known, sweep.schedule, to_datetime(sweep.now, sweep.zone).date())
        looking = self.files.is_busy or self.eraser.is_running  # who looks holds an archive open
        if facts != self._looked_at and not looking:
            self._looked_at = facts
            self.files.run(partial(due_in, known, sweep), self._show_archives, self.desk.refuse)

    def _show_archives(self, found: tuple[ArchiveDue, ...]) -> None:
        self._archived = found
        self._show_rows()

    @property
    def total(self) -> int:
        return self._board.total + sum(each.total for each in self._archived)

    def _show_rows(self) -> None:
        board = self._board
        self._show_button()
        self.list.show_rows(
            [*(self._row(kind) for kind in Kind), *(archive_row(each) for each in self._archived)]
        )
        if self.list.selected is None:
            self.list.choose(next((kind for kind in Kind if board.count(kind)), Kind.NAME))
        self._show_chosen(self.list.selected)

    def _show_button(self) -> None:
        why_not = "" if self.total else _("Belum ada yang jatuh tempo.")
        if self.eraser.is_running:
            why_not = _("Penghapusan sedang berjalan.")
        self.erase.setEnabled(not why_not)
        self.erase.setToolTip(why_not)

    def _row(self, kind: Kind) -> ListRow:
        due = self._board.count(kind)
        words = _("jatuh tempo {n}").format(n=format_number(due))
        return ListRow(
            id=kind,
            title=kind_word(kind),
            subtitle=ground_word(kind),
            aside=months_words(self._board.schedule.months(kind)),
            icon="hourglass",
            tint="orange" if due else "slate",
            tags=(Tag(words, "warn"),) if due else (),
            strong=due > 0,
        )

    def _show_chosen(self, kind: object) -> None:
        archive = next((each for each in self._archived if each.year == kind), None)
        if archive is not None:
            self._show_archive(archive)
            return
        if not isinstance(kind, Kind):
            self.detail.show_nothing(_("Pilih jenis data di daftar."), "hourglass")
            return
        due = [each for each in self._board.due if each.kind is kind]
        self.detail.show_head(kind_word(kind), ground_word(kind))
        self.detail.show_facts(
            [
                Fact(_("Disimpan"), kept_words(self._board.schedule.months(kind))),
                Fact(_("Yang tetap ada"), _("baris, hitungan laporan, dan catatan kejadian")),
                *self._due_facts(due),
                Fact(_("Jatuh tempo"), "" if due else _("tidak ada")),
            ]
        )
        self._show_runs()

    def _show_archive(self, archive: ArchiveDue) -> None:
        self.detail.show_head(_("Arsip {year}").format(year=archive.year), _("tahun yang sudah dipindahkan"))
        declared = format_number(archive.declared)
        self.detail.show_facts(
            [
                Fact(_("Tidak terbaca"), archive.trouble, "danger"),
                *self._due_facts(archive.due),
                Fact(
                    part_word("vulnerability"),
                    _("{n} baris").format(n=declared) if archive.declared else "",
                    "warn",
                ),
            ]
        )
        self._show_runs()

    def _due_facts(self, due: Iterable[Due]) -> list[Fact]:
        return [
            Fact(place_word(each.field), self._due_words(each.count, each.oldest), "warn") for each in due
        ]

    def _show_runs(self) -> None:
        self.before.setVisible(bool(self._board.runs))
        self.runs.show_entries([self._entry(run) for run in self._board.runs])

    def _due_words(self, count: int, oldest: int | None) -> str:
        day = format_date(to_datetime(oldest or 0, self._board.zone), "long")
        return _("{n} baris, tertua {day}").format(n=format_number(count), day=day)

    def _entry(self, run: RetentionRun) -> TimelineEntry:
        return TimelineEntry(
            when=when_words(run.began_at, self.desk.now()),
            what=_("{n} baris dan {files} berkas dihapus").format(
                n=format_number(run.total), files=format_number(run.files)
            ),
            who=run.officer,
            note="" if run.ended_at is not None else _("belum selesai; jalankan lagi"),
            icon="delete",
        )

    def _ask(self) -> None:
        total = format_number(self.total)
        dialogs.ask(
            self.desk.window,
            self.theme,
            _("Hapus {n} baris data pribadi?").format(n=total),
            _(
                "Isi yang jatuh tempo dikosongkan untuk selamanya, juga pindaiannya. Kunjungan dan permohonan"
                " yang masih berjalan atau ditunda tidak disentuh. Hitungan laporan tetap utuh. Arsip tahun"
                " lama ditulis ulang tanpa isi itu."
            ),
            (_("Hapus untuk selamanya"), self._erase),
        )

    def _erase(self) -> None:
        self.eraser.start()
        self._show_button()

    def _told(self, run: RetentionRun) -> None:
        self._archived = self._looked_at = ()
        self.desk.tell(_("{label} baris dihapus.").format(label=format_number(run.total)))
        self.refresh()


def archive_row(found: ArchiveDue) -> ListRow:
    due = _("jatuh tempo {n}").format(n=format_number(found.total))
    return ListRow(
        id=found.year,
        title=_("Arsip {year}").format(year=found.year),
        subtitle=found.trouble or _("tahun yang sudah dipindahkan"),
        icon="archive",
        tint="orange",
        tags=(Tag(_("tidak terbaca") if found.trouble else due, "danger" if found.trouble else "warn"),),
        strong=True,
    )
