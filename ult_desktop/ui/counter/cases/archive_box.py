"""The dialog "Cari juga di arsip": people and cases of years that moved into files of their own."""

from functools import partial
from pathlib import Path

from typing_extensions import override

from ult_desktop.core.case_views import CaseCard
from ult_desktop.db.archive_search import ArchivedLine
from ult_desktop.errors import UserError
from ult_desktop.i18n import _
from ult_desktop.operations.archive_reading import Found, card, search
from ult_desktop.operations.office import Office
from ult_desktop.ui.counter.cases.case_words import case_facts, case_tags, timeline_entry
from ult_desktop.ui.counter.online.file_desk import FileDesk
from ult_desktop.ui.counter.work.desk import WorkDesk
from ult_desktop.ui.counter.work.detail import Detail
from ult_desktop.ui.counter.work.facts import Fact
from ult_desktop.ui.counter.work.note import Note
from ult_desktop.ui.counter.work.record_list import RecordList
from ult_desktop.ui.counter.work.rows import ListRow
from ult_desktop.ui.counter.work.split import Split
from ult_desktop.ui.counter.work.tag import Tag
from ult_desktop.ui.counter.work.timeline import Timeline, when_words
from ult_desktop.ui.dialogs import Box

_WIDTH, _HEIGHT = 1040, 400
_LEAST_LETTERS = 2  # one letter would be everybody


class ArchiveBox(Box):
    """Looks into the archives' own files, away from both threads: nobody at work waits for it.

    Args:
        desk: the officer's.
        text: what is searched for to begin with.
    """

    def __init__(self, desk: WorkDesk, text: str = "") -> None:
        super().__init__(desk.window, desk.theme, _("Cari di arsip"), ("archive", "slate"))
        self._desk, self._files = desk, FileDesk(self)
        self._path: Path | None = None
        self._text, self._chosen = text, ""
        self._searched = self._read = ""
        self._known: dict[str, ArchivedLine] = {}
        theme = desk.theme
        hint = _("Cari nama, instansi, nomor …")
        empty = (_("Ketik nama, instansi, atau nomor."), "archive")
        self.lines = RecordList(theme, hint, empty=empty, own_search=False)
        self.lines.show_rows(())  # nothing is read before something is searched for
        self.detail, self.timeline = Detail(theme, (_("Pilih satu baris."), "file-text")), Timeline(theme)
        self.history = self.detail.add_section(_("Riwayat"), self.timeline)
        self.trouble = Note(theme, "warn")
        self._lay_out()
        self.lines.searched.connect(self._search)
        self.lines.chosen.connect(self._choose)
        self.lines.search.setText(text)

    def _lay_out(self) -> None:
        px, window = self.theme.px, self._desk.window
        self.setMinimumWidth(min(px(_WIDTH), window.width()))
        self.split = Split(self.theme, self.lines, self.detail)
        self.split.setMinimumHeight(min(px(_HEIGHT), window.height() // 2))
        self.words.addWidget(self.split, 1)
        self.words.addWidget(self.trouble)
        self.body.setStretchFactor(self.words, 1)
        self.add_button(_("Tutup"), "quiet", lambda: None)

    @override
    def open(self) -> None:
        self._desk.read(_place, self._opened)
        super().open()
        self.lines.focus_search()

    def _opened(self, path: Path) -> None:
        self._path = path
        self._go_on()

    def _search(self, text: str) -> None:
        self._text = text.strip()
        self._go_on()

    def _choose(self, line_id: object) -> None:
        self._chosen = "" if line_id is None else str(line_id)
        self._go_on()

    def _go_on(self) -> None:
        """One look at a time; what was typed or chosen meanwhile comes next."""
        if self._path is None or self._files.is_busy:
            return
        wanted = self._text if len(self._text) >= _LEAST_LETTERS else ""
        if wanted != self._searched:
            self._searched = wanted
            self._files.run(partial(search, self._path, wanted), self._show, self._failed)
        elif self._chosen != self._read:
            self._read = self._chosen
            self._look_at(self._path, self._known.get(self._chosen))

    def _show(self, found: Found) -> None:
        self._known = {f"{line.year}/{line.visit_id}": line for line in found.lines}
        self.lines.show_rows([_row(key, line) for key, line in self._known.items()])
        self.trouble.say(" ".join(found.unread))
        if self._chosen not in self._known:
            self._chosen = ""
        self._go_on()

    def _look_at(self, path: Path, line: ArchivedLine | None) -> None:
        if line is None:
            self.detail.show_nothing(_("Pilih satu baris."), "file-text")
        elif line.case_id is None:
            self._show_coming(line)
        else:
            read = partial(card, path, line.year, line.case_id)
            self._files.run(read, partial(self._show_case, line), self._failed)

    def _show_coming(self, line: ArchivedLine) -> None:
        """Somebody came, and no case was opened."""
        self.detail.show_head(line.name or _("Tanpa nama"), line.number, (_mark(line.year),))
        when = when_words(line.at, self._desk.now())
        facts = ((_("Waktu"), when), (_("Instansi"), line.institution), (_("Layanan"), line.service))
        self.detail.show_facts([Fact(head, text) for head, text in facts])
        self.history.hide()

    def _show_case(self, line: ArchivedLine, found: CaseCard) -> None:
        now, name = self._desk.now(), found.guest.name if found.guest else _("Tanpa nama")
        number = f"{found.case.number} · {line.day}"
        self.detail.show_head(name, number, (_mark(line.year), *case_tags(found, now)))
        self.detail.show_facts(case_facts(found, now))
        self.timeline.show_entries([timeline_entry(each, now) for each in reversed(found.timeline)])
        self.history.show()
        self._go_on()

    def _failed(self, error: UserError) -> None:
        self.trouble.say(str(error))
        self._go_on()


def _place(office: Office) -> Path:
    return office.path


def _mark(year: int) -> Tag:
    return Tag(_("Arsip {year}").format(year=year), "accent", "archive")


def _row(key: str, line: ArchivedLine) -> ListRow:
    return ListRow(
        id=key,
        title=line.name or _("Tanpa nama"),
        subtitle=" · ".join(filter(None, (line.number, line.institution, line.detail or line.service))),
        aside=line.day,
        icon="archive",
        tags=(_mark(line.year),),
    )
