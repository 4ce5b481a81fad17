"""The page Retensi data: how long each kind of personal data is kept, and the run that erases what is due."""

from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from typing_extensions import override

from ult_desktop.base import UserError, _, counted, formats
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.office import retention_schedule
from ult_desktop.core.privacy import subject_words
from ult_desktop.core.sheet import Sheet
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy import processing_records
from ult_desktop.operations.privacy.retention import DueBoard, due_board, run as run_retention
from ult_desktop.ui.counter.pages import WorkPage, papers, snapshot
from ult_desktop.ui.kit import detail, dialogs, lists, timeline
from ult_desktop.ui.kit.detail import Detail


class RetentionPage(WorkPage):
    """The page of retention. It shows what is due; only an officer starts the run that erases it."""

    name, icon_name, group = "retention", "hourglass", "quality"
    line = "privacy"
    needs = frozenset({Permission.RUN_RETENTION})
    title = staticmethod(lambda: _("Retensi data"))

    @override
    def build(self) -> None:
        self._board = DueBoard(retention_schedule.Schedule(), (), (), ZoneInfo("UTC"))
        self.list = lists.RecordList(self.theme, _("Cari jenis data …"))
        self.detail = Detail(self.theme, (_("Pilih jenis data di daftar."), "hourglass"))
        self.runs = timeline.Timeline(self.theme)
        self.runs_section = self.detail.add_section(_("Penghapusan sebelumnya"), self.runs)
        self.show_split(self.list, self.detail)
        self.sheet_buttons = [
            self.add_head_button(text, "file-text", partial(self._save, sheet))
            for text, sheet in (
                (_("Rekaman pemrosesan"), processing_records.ropa_sheet),
                (_("Penilaian dampak"), processing_records.dpia_sheet),
            )
        ]
        self.erase_button = self.add_head_button(_("Hapus yang jatuh tempo …"), "delete", self._ask)
        self.erase_button.setEnabled(False)
        self.list.chosen.connect(self._show_chosen)
        self.is_running = False

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(due_board), self._show)

    def _show(self, board: DueBoard) -> None:
        self._board = board
        self._show_button()
        self.list.show_rows([self._row(kind) for kind in retention_schedule.RetentionKind])
        if self.list.selected is None:
            self.list.choose(
                next(
                    (kind for kind in retention_schedule.RetentionKind if board.count(kind)),
                    retention_schedule.RetentionKind.NAME,
                )
            )
        self._show_chosen(self.list.selected)

    def _save(self, sheet: Callable[[Transaction, int], Sheet]) -> None:
        def make(office: Office, _actor: Actor) -> Sheet:
            return office.read(lambda tx: sheet(tx, office.clock()))

        papers.save(self.host, partial(papers.write_pdf, make))

    def _show_button(self) -> None:
        why_not = "" if self._board.total else _("Belum ada yang jatuh tempo.")
        if self.is_running:
            why_not = _("Penghapusan sedang berjalan.")
        self.erase_button.setEnabled(not why_not)
        self.erase_button.setToolTip(why_not)

    def _row(self, kind: retention_schedule.RetentionKind) -> lists.ListRow:
        due = self._board.count(kind)
        words = _("jatuh tempo {n}").format(n=formats.format_number(due))
        return lists.ListRow(
            id=kind,
            title=kind.word,
            subtitle=retention_schedule.retention_reason(kind),
            aside=retention_schedule.months_words(self._board.schedule.months(kind)),
            icon="hourglass",
            tint="orange" if due else "slate",
            tags=(lists.Tag(words, "warn"),) if due else (),
            strong=due > 0,
        )

    def _show_chosen(self, kind: object) -> None:
        if not isinstance(kind, retention_schedule.RetentionKind):
            self.detail.show_nothing()
            return
        due_facts = []
        for due in self._board.due:
            if due.kind is kind:
                day = formats.format_date(to_datetime(due.oldest or 0, self._board.zone), "long")
                words = counted("{n} baris, tertua {day}", due.count, day=day)
                due_facts.append(detail.Fact(subject_words.column_words(due.field), words, "warn"))
        self.detail.show_head(kind.word, retention_schedule.retention_reason(kind))
        self.detail.show_facts(
            [
                detail.Fact(
                    _("Disimpan"), retention_schedule.retention_words(self._board.schedule.months(kind))
                ),
                detail.Fact(_("Yang tetap ada"), _("baris, hitungan laporan, dan catatan kejadian")),
                *due_facts,
                detail.Fact(_("Jatuh tempo"), "" if due_facts else _("tidak ada")),
            ]
        )
        self.runs_section.setVisible(bool(self._board.runs))
        self.runs.show_entries([self._entry(run) for run in self._board.runs])

    def _entry(self, run: retention_schedule.RetentionRun) -> timeline.TimelineEntry:
        return timeline.TimelineEntry(
            when=timeline.when_words(run.began_at, self.host.now()),
            what=_("{n} baris dan {files} berkas dihapus").format(
                n=formats.format_number(run.total), files=formats.format_number(run.files)
            ),
            who=run.officer,
            note="" if run.ended_at is not None else _("belum selesai; jalankan lagi"),
            icon="delete",
        )

    def _ask(self) -> None:
        total = self._board.total
        dialogs.ask(
            self.host.window,
            self.theme,
            counted("Hapus {n} baris data pribadi?", total),
            _(
                "Isi yang jatuh tempo dikosongkan untuk selamanya, juga pindaiannya. Kunjungan dan permohonan"
                " yang masih berjalan atau ditunda tidak disentuh. Hitungan laporan tetap utuh."
            ),
            (_("Hapus untuk selamanya"), self._erase),
        )

    def _erase(self) -> None:
        if not self.is_running:
            self.is_running = True
            self._show_button()
            self.host.perform(run_retention, self._on_erased, refused=self._on_refused)

    def _on_erased(self, run: retention_schedule.RetentionRun) -> None:
        self.is_running = False
        self.host.tell(_("{label} baris dihapus.").format(label=formats.format_number(run.total)))
        self.refresh()

    def _on_refused(self, _error: UserError) -> None:
        self.is_running = False
        self.refresh()
