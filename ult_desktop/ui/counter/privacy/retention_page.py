"""The page Retensi: how long each kind of personal data is kept, and the run that ends it."""

from zoneinfo import ZoneInfo

from typing_extensions import override

from ult_desktop.base.errors import UserError
from ult_desktop.base.formats import format_date, format_number
from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office.retention_schedule import (
    RetentionKind,
    Schedule,
    ground_word,
    kept_words,
    months_words,
)
from ult_desktop.core.privacy.retention import RetentionRun
from ult_desktop.core.privacy.subject_words import place_word
from ult_desktop.core.stamps import to_datetime
from ult_desktop.operations.privacy.retention import DueBoard, due_board, run
from ult_desktop.ui.counter.pages.page import WorkPage
from ult_desktop.ui.counter.pages.panel import snapshot
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.detail import Detail
from ult_desktop.ui.kit.facts import Fact
from ult_desktop.ui.kit.lists.record_list import RecordList
from ult_desktop.ui.kit.lists.rows import ListRow, Tag
from ult_desktop.ui.kit.timeline import Timeline, TimelineEntry, when_words
from ult_desktop.ui.kit.widgets.button import Button


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
        self.is_running = False

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(due_board), self._show)

    def _show(self, board: DueBoard) -> None:
        self._board = board
        self._show_button()
        self.list.show_rows([self._row(kind) for kind in RetentionKind])
        if self.list.selected is None:
            self.list.choose(next((kind for kind in RetentionKind if board.count(kind)), RetentionKind.NAME))
        self._show_chosen(self.list.selected)

    def _show_button(self) -> None:
        why_not = "" if self._board.total else _("Belum ada yang jatuh tempo.")
        if self.is_running:
            why_not = _("Penghapusan sedang berjalan.")
        self.erase.setEnabled(not why_not)
        self.erase.setToolTip(why_not)

    def _row(self, kind: RetentionKind) -> ListRow:
        due = self._board.count(kind)
        words = _("jatuh tempo {n}").format(n=format_number(due))
        return ListRow(
            id=kind,
            title=kind.word,
            subtitle=ground_word(kind),
            aside=months_words(self._board.schedule.months(kind)),
            icon="hourglass",
            tint="orange" if due else "slate",
            tags=(Tag(words, "warn"),) if due else (),
            strong=due > 0,
        )

    def _show_chosen(self, kind: object) -> None:
        if not isinstance(kind, RetentionKind):
            self.detail.show_nothing(_("Pilih jenis data di daftar."), "hourglass")
            return
        due = [each for each in self._board.due if each.kind is kind]
        self.detail.show_head(kind.word, ground_word(kind))
        self.detail.show_facts(
            [
                Fact(_("Disimpan"), kept_words(self._board.schedule.months(kind))),
                Fact(_("Yang tetap ada"), _("baris, hitungan laporan, dan catatan kejadian")),
                *(
                    Fact(place_word(each.field), self._due_words(each.count, each.oldest), "warn")
                    for each in due
                ),
                Fact(_("Jatuh tempo"), "" if due else _("tidak ada")),
            ]
        )
        self.before.setVisible(bool(self._board.runs))
        self.runs.show_entries([self._entry(each) for each in self._board.runs])

    def _due_words(self, count: int, oldest: int | None) -> str:
        day = format_date(to_datetime(oldest or 0, self._board.zone), "long")
        return _("{n} baris, tertua {day}").format(n=format_number(count), day=day)

    def _entry(self, done: RetentionRun) -> TimelineEntry:
        return TimelineEntry(
            when=when_words(done.began_at, self.host.now()),
            what=_("{n} baris dan {files} berkas dihapus").format(
                n=format_number(done.total), files=format_number(done.files)
            ),
            who=done.officer,
            note="" if done.ended_at is not None else _("belum selesai; jalankan lagi"),
            icon="delete",
        )

    def _ask(self) -> None:
        total = format_number(self._board.total)
        dialogs.ask(
            self.host.window,
            self.theme,
            _("Hapus {n} baris data pribadi?").format(n=total),
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
            self.host.perform(run, self._told, refused=self._stopped)

    def _told(self, done: RetentionRun) -> None:
        self.is_running = False
        self.host.tell(_("{label} baris dihapus.").format(label=format_number(done.total)))
        self.refresh()

    def _stopped(self, _error: UserError) -> None:
        self.is_running = False
        self.refresh()
