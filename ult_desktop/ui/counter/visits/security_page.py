"""The page Keamanan: one tap for who comes in, today's arrivals, badges, the daily report (buku laporan)."""

import textwrap
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from ult_desktop.base import _, formats
from ult_desktop.base.spreadsheet import csv_file
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.visits import commands, desk_book
from ult_desktop.core.visits.visit import Courtesy, Visit
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.visits import guests
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.visits.boards import VisitForms, VisitorBoard, visitor_board
from ult_desktop.ui.counter.pages import FormBox, PageHost, WorkPage, ask_words, papers, snapshot
from ult_desktop.ui.counter.visits import visit_view
from ult_desktop.ui.counter.visits.visit_acts import VisitActs
from ult_desktop.ui.counter.words import options_of
from ult_desktop.ui.kit import Column, Theme, lists, panels, timeline, widgets
from ult_desktop.ui.kit.detail import ActionsRow, DetailAction
from ult_desktop.ui.kit.forms import Form, LineField, RadioField, choice_fields, form


class WelcomePanel(QFrame):
    """The panel that records an arrival with one press, which says that every courtesy of the POS was done.

    Signals:
        welcomed: a visitor came and was received as the POS says.
        incomplete: a visitor came, and a courtesy was left out.
    """

    welcomed, incomplete = Signal(), Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        column = Column(theme, self, gap=8, margins=(16, 16, 16, 12))
        self.button = widgets.Button(theme, _("Tamu disambut"), "primary", "door-open")
        self.button.setProperty("shape", "tap")
        self.button.setToolTip("Ctrl+N")
        self.button.clicked.connect(self.welcomed)
        column.addWidget(self.button)
        done = ", ".join(courtesy.word.lower() for courtesy in Courtesy)
        column.addWidget(
            widgets.Label(_("Artinya sudah: {done}.").format(done=done), "small", "soft", wrap=True)
        )
        self.incomplete_button = widgets.Button(theme, _("Ada yang terlewat …"), "quiet", "circle-alert")
        self.incomplete_button.clicked.connect(self.incomplete)
        column.addWidget(self.incomplete_button, 0, Qt.AlignmentFlag.AlignLeft)


_ICONS = {
    desk_book.ReportEntryKind.EVENT: "triangle-alert",
    desk_book.ReportEntryKind.DEPOSIT: "briefcase",
    desk_book.ReportEntryKind.LOST: "search",
    desk_book.ReportEntryKind.GRATUITY: "hand-coins",
    desk_book.ReportEntryKind.HANDOVER: "arrow-right-left",
    desk_book.ReportEntryKind.OTHER: "notebook-pen",
}


_MAX_BUTTON_LETTERS = 28  # of an entry's text on the button that settles it


class DailyReportPanel(panels.Section):
    """The panel of the daily report, entries newest first."""

    def __init__(self, host: PageHost) -> None:
        super().__init__(host.theme, _("Buku laporan hari ini"))
        self._host, theme = host, host.theme
        self.form = Form(
            theme,
            (
                RadioField(theme, "sort", _("Jenis"), options_of(desk_book.ReportEntryKind)),
                LineField(theme, "text", _("Catatan"), required=True),
            ),
            _("Catat"),
            draft=host.draft("desk-book"),
        )
        self.form.submitted.connect(self._write)
        self._preset_kind()
        self.unsettled = ActionsRow(theme)
        self.unsettled.hide()
        self.entries = timeline.Timeline(theme)
        self.entries.hide()
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        column = Column(theme, inner)
        column.addWidget(self.entries)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(_("Buku laporan hari ini"))
        area.setWidget(inner)
        self.body.addWidget(self.form)
        self.body.addWidget(self.unsettled)
        self.body.addWidget(area, 1)

    def show_entries(self, entries: Sequence[desk_book.DailyReportEntry], now: datetime) -> None:
        """Show the day's entries, given oldest first, and a button for each that awaits its follow-up."""
        unsettled = [entry for entry in entries if entry.is_open]
        self.unsettled.setVisible(bool(unsettled))
        self.unsettled.show_actions([self._settle_action(entry) for entry in unsettled])
        self.entries.setVisible(bool(entries))
        self.entries.show_entries(
            [
                timeline.TimelineEntry(
                    timeline.when_words(entry.at, now),
                    entry.text,
                    entry.officer,
                    " · ".join(filter(None, (entry.sort.word, desk_book.follow_up_words(entry)))),
                    _ICONS[entry.sort],
                )
                for entry in reversed(entries)
            ]
        )

    def _settle_action(self, entry: desk_book.DailyReportEntry) -> DetailAction:
        """Return the action that records how the entry was followed up."""
        ask = partial(
            ask_words,
            self._host,
            _("Tindak lanjut"),
            lambda settlement: commands.SettleDeskEntry(entry_id=entry.id, settlement=settlement),
            question=_("Kepada siapa diserahkan, atau dilaporkan?"),
            words=f"{entry.sort.word}: {entry.text}",
            verb=_("Simpan"),
            message=_("Tindak lanjut tersimpan."),
        )
        short = textwrap.shorten(entry.text, _MAX_BUTTON_LETTERS, placeholder=" …")
        return DetailAction(f"settle-{entry.id}", _("Selesaikan: {what}").format(what=short), "check", ask)

    def _write(self, values: form.Values) -> None:
        command = commands.WriteDeskEntry(
            sort=values["sort"] or desk_book.ReportEntryKind.OTHER, text=values["text"]
        )
        self._host.perform(command, lambda _entry: self._preset_kind(), _("Catatan tersimpan."), self.form)

    def _preset_kind(self) -> None:
        if self.form.values()["sort"] is None:
            self.form.show_values({"sort": desk_book.ReportEntryKind.EVENT})


class SecurityPage(WorkPage):
    """The page for the security desk. Ctrl+N records that somebody has come in."""

    name, icon_name, group = "security", "shield", "visitors"
    line = "guests"
    needs = frozenset({Permission.GUARD_DOOR})
    title = staticmethod(lambda: _("Keamanan"))

    @override
    def build(self) -> None:
        self.welcome = WelcomePanel(self.theme)
        self.visits = lists.RecordList(
            self.theme,
            _("Cari nama atau nomor …"),
            filters=(
                lists.Filter("", _("Hari ini")),
                lists.Filter("here", _("Di sini")),
                lists.Filter("badges", _("Tag keluar")),
            ),
            empty=(_("Belum ada tamu hari ini."), "door-open"),
            opens_first=True,
        )
        left = QWidget()
        column = Column(self.theme, left, gap=12)
        column.addWidget(self.welcome)
        column.addWidget(self.visits, 1)
        self.show_split(left, self._lay_out_right())
        self.acts = VisitActs(self.host)
        self.welcome.welcomed.connect(self._welcome)
        self.welcome.incomplete.connect(self._ask_what_was_left_out)
        self.visits.chosen.connect(self._choose)
        self.export_button = self.add_head_button(_("Ekspor CSV"), "download", self._export)
        self.key("Ctrl+N", self._welcome)
        self._chosen_visit_id: int | None = None

    def _lay_out_right(self) -> QWidget:
        right = QWidget()
        column = Column(self.theme, right, gap=12)
        self.guest = panels.Section(self.theme, _("Tamu yang dipilih"))
        self.tags, self.buttons = lists.TagRow(self.theme), ActionsRow(self.theme)
        self.guest.body.addWidget(self.tags)
        self.guest.body.addWidget(self.buttons)
        self.guest.hide()
        self.book = DailyReportPanel(self.host)
        column.addWidget(self.guest)
        column.addWidget(self.book, 1)
        return right

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(visitor_board, self._chosen_visit_id), self._show_board)

    def _show_board(self, board: VisitorBoard) -> None:
        now = self.host.now()
        self.visits.show_rows(visit_view.arrival_rows(board.visits, board.numbers, now))
        self.book.show_entries(board.entries, now)
        if board.chosen is None or board.chosen.card.visit.id == self._chosen_visit_id:
            self._show_forms(board.chosen)

    def _welcome(self) -> None:
        self.host.perform(
            commands.WelcomeVisitor(), self._select_visit, _("Tamu tercatat. Persilakan ke resepsionis.")
        )

    def _ask_what_was_left_out(self) -> None:
        FormBox(
            self.host,
            _("Apa yang terlewat?"),
            (
                choice_fields.TicksField(
                    self.theme, "left_out", _("Terlewat"), options_of(Courtesy), required=True
                ),
            ),
            command=lambda values: welcome_except(values["left_out"]),
            verb=_("Catat kedatangan"),
            message=_("Tamu tercatat. Persilakan ke resepsionis."),
            then=self._select_visit,
            icon=("door-open", "blue"),
        ).open()

    def _select_visit(self, visit: Visit) -> None:
        self.visits.choose(visit.id)

    def _choose(self, row_id: object) -> None:
        # A ticket whose holder nobody received yet has no visit: its row's id is a text.
        self._chosen_visit_id = row_id if isinstance(row_id, int) else None
        self.refresh()

    def _show_forms(self, forms: VisitForms | None) -> None:
        self.acts.show_forms(forms)
        self.guest.setVisible(forms is not None)
        if forms is not None:
            guest = forms.card.guest
            self.guest.title.setText(guest.name if guest else _("Tamu yang baru datang"))
            self.tags.show_tags(visit_view.visit_tags(forms.card))
            self.buttons.show_actions(self.acts.security_acts())

    def _export(self) -> None:
        day = self.host.now().date().isoformat()
        papers.save(self.host, partial(write_report, day))


def welcome_except(left_out: Sequence[Courtesy]) -> commands.WelcomeVisitor:
    """Make the command of an arrival with every courtesy but those that were left out."""
    done = tuple(courtesy for courtesy in Courtesy if courtesy not in left_out)
    return commands.WelcomeVisitor(courtesies=done)


def write_report(day: str, office: Office, _actor: Actor) -> Path:
    """Write the daily report of `day` (ISO date) as a CSV file."""
    zone, entries = office.read(lambda tx: (office_rows.zone(tx), guests.entries_between(tx, day, day)))
    name = _("Buku Laporan {day}").format(day=formats.format_date(date.fromisoformat(day), "long"))
    return papers.write_document(name, "csv", csv_file(desk_book.report_lines(entries, zone)))
