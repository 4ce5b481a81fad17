"""The page Laporan: a period in tables and charts, and the reports that a PC makes by itself after it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject
from typing_extensions import override

from ult_desktop.base import UserError, _, counted, formats
from ult_desktop.core.access.roles import Actor, Permission, Role
from ult_desktop.core.figures.breakdown import Breakdown, FigureFilter
from ult_desktop.core.figures.choice import OtherRows, TableChoice, named_tables
from ult_desktop.core.figures.figures import STANDARD, every_figure_column
from ult_desktop.core.figures.made_reports import DueReport, MadeReport, MakeReportAgain
from ult_desktop.core.figures.period import Period, Span, days_between
from ult_desktop.core.figures.report import PeriodReport, ReportKind, ReportPart, Tile
from ult_desktop.core.figures.tables import CHOSEN
from ult_desktop.core.stamps import DAY_MS, to_datetime, to_stamp
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.access import officers
from ult_desktop.db.figures import made_reports
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.queue import counters
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.figures.entries import RowsBehind, rows_behind, rows_behind_tile
from ult_desktop.operations.figures.made_reports import FOLDER, everything_due, stored_report
from ult_desktop.operations.figures.reports import period_report, public_recap
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.summary.making import due_summary, make_summary, summary_name
from ult_desktop.reports.files import write_whole
from ult_desktop.reports.forms import ReportForm
from ult_desktop.ui.counter.accountability.deviations_page import report_of, table_of
from ult_desktop.ui.counter.pages import (
    FormBox,
    ListBox,
    PageHost,
    WorkPage,
    may_open,
    offer_paper,
    offer_report,
)
from ult_desktop.ui.counter.pages.papers import (
    paper_folder,
    save,
    show_document,
    write_document,
    write_report,
)
from ult_desktop.ui.counter.reports.parts_view import PartTable, PartView, TilesView
from ult_desktop.ui.counter.survey.panels import PeriodBar
from ult_desktop.ui.counter.visits.guests_page import make_book_sheet, make_book_table
from ult_desktop.ui.kit import Grid, Theme, dialogs, forms, lists, panels, widgets
from ult_desktop.ui.kit.forms.choice_fields import ComboBox

_ICON = ("file-check", "green")
NEW_FOR_MS = 7 * DAY_MS  # the notice names a report for so long
_MOST_LINES = 8  # of what is due, or has changed, in a box
_SPANS = tuple(Span)
_WIDE, _TALL = 1080, 420  # base pixels, of the box of entries
PART_COLUMNS = 2  # columns of the grid that the choice of the part spans, next to the filters
TWO_LINES_FROM = 1.15  # the factor of large text from which the filters need a line of their own


class MadeBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The report versions that were made, the newest first, and the reports that are still due."""

    made: tuple[MadeReport, ...]
    due: tuple[DueReport, ...]

    @property
    def failed(self) -> tuple[DueReport, ...]:
        # The `trouble` of PPID's report is the last day for it, which is no failure.
        return tuple(due for due in self.due if due.trouble and due.kind is not ReportKind.PPID)


def made_board(office: Office) -> MadeBoard:
    def read(tx: Transaction) -> MadeBoard:
        return MadeBoard(made=made_reports.latest(tx), due=everything_due(tx, office.clock()))

    return office.read(read)


class MadeNews(panels.Note):
    """The notice that says which report is new, or why one could not be made."""

    def __init__(self, host: PageHost) -> None:
        super().__init__(host.theme, "info")
        self._host = host
        self._last_words = ""
        self.answered.connect(lambda: MadeReportsBox(host).open())
        host.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        self._host.read(made_board, self._show)

    def _show(self, board: MadeBoard) -> None:
        """Show the news, unless the same words were shown already."""
        words = _news(board, to_stamp(self._host.now()))
        if words != self._last_words:
            self._last_words = words
            self.say(words, _("Lihat …"))


def _news(board: MadeBoard, now: int) -> str:
    if board.failed:
        first = board.failed[0]
        return f"{first.heading}: {first.trouble}"
    names = [report.heading for report in board.made if now - report.made_at < NEW_FOR_MS]
    return _("Laporan baru: {names}.").format(names=", ".join(names[:2])) if names else ""


class SummaryWatch(QObject):
    """The watch that makes the last month's summary (rekap untuk pusat) when a head with keys is signed in.

    The file goes next to the reports where this PC has the disk for backups, else among the account's
    documents.
    """

    def __init__(self, host: PageHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._summary_month = ""
        host.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Make the summary that is due, once a month; while the keys are shut, try again at each change."""
        month = f"{self._host.now():%Y-%m}"
        if month != self._summary_month:
            disk = None if self._host.setup is None else self._host.setup.second_place
            folder = paper_folder() if disk is None else disk / FOLDER
            self._host.read(partial(_write_due_summary, folder), partial(self._on_summary, month))

    def _on_summary(self, month: str, words: str | None) -> None:
        if words is None or month == self._summary_month:
            return
        self._summary_month = month
        if words:
            self._host.tell(words)


def _write_due_summary(folder: Path, office: Office) -> str | None:
    """Write the summary that is due. Return the message, "" if none is due; None while the keys are shut."""
    if office.keyring is None:
        return None
    try:
        due = due_summary(office, folder)
        if due is None:
            return ""
        return _("Rekap untuk pusat siap dikirim: {path}").format(path=write_whole(*due, with_folder=True))
    except UserError as error:
        return error.what


class MadeReportsBox(ListBox[MadeReport]):
    """The box with every report version, the newest first, and above them the reports that are due."""

    def __init__(self, host: PageHost) -> None:
        empty = (_("Belum ada laporan yang dibuat sendiri."), _ICON[0])
        super().__init__(
            host,
            _("Laporan jadi"),
            _ICON,
            lists.RecordList(host.theme, _("Cari laporan, periode …"), empty=empty),
        )
        self.say(
            _(
                "Sesudah periode berakhir, PC dengan disk cadangan menulis laporan tanpa data pribadi ke "
                "folder “laporan” di disk itu. Versi yang sudah jadi tetap angkanya."
            )
        )
        self.due = panels.Note(host.theme, "")
        self.words.addWidget(self.due)
        self.save_button = self.add_act(_("Simpan …"), "download", self._save, "primary", opens_row=True)
        self.changes_button = self.add_act(_("Yang berubah …"), "history", self._tell_changes)
        self.again_button = self.add_act(_("Buat ulang"), "refresh-cw", self._make_again)

    @override
    def refresh(self) -> None:
        self.host.read(made_board, self._show)

    def _show(self, board: MadeBoard) -> None:
        self.show_records(board.made)
        waits = _("menunggu PC dengan disk cadangan")
        self.due.say("\n".join(f"{due.heading}: {due.trouble or waits}" for due in board.due[:_MOST_LINES]))

    @override
    def row_of(self, record: MadeReport) -> lists.ListRow:
        at = to_datetime(record.made_at, self.host.now().tzinfo)
        return lists.ListRow(
            id=record.id,
            title=record.heading,
            subtitle=f"{record.station} · {record.folder}",
            aside=f"{formats.format_date(at, 'short')} {formats.format_clock(at)}",
            icon=_ICON[0],
            tint=_ICON[1],
            tags=(
                lists.Tag(_("Versi {n}").format(n=record.version), "warn" if record.changes else "primary"),
            ),
            search=record.period,
        )

    def _save(self) -> None:
        make = partial(_report_of, self.chosen.id)
        offer_report(
            self.host,
            [
                (_("Laporan untuk ditandatangani (PDF)"), make, ReportForm.PDF),
                (_("Buku kerja Excel"), make, ReportForm.WORKBOOK),
                (_("Daftar angka (CSV)"), make, ReportForm.LIST),
            ],
        )

    def _tell_changes(self) -> None:
        report = self.chosen
        box = dialogs.Box(self.host.window, self.theme, report.heading, ("history", "blue"))
        lines = report.changes[:_MOST_LINES] or (_("Tidak ada yang berubah sejak versi sebelumnya."),)
        for line in lines:
            box.say(line, tone="")
        if len(report.changes) > len(lines):
            box.say(counted("… dan {n} angka lagi.", len(report.changes) - len(lines)))
        box.add_button(_("Mengerti"), "primary", lambda: None).setFocus()
        box.open()

    def _make_again(self) -> None:
        report = self.chosen
        message = _("Versi baru dibuat dalam beberapa menit; yang ini tetap ada.")
        self.host.perform(MakeReportAgain(kind=report.kind, period=report.period), message=message)


def _report_of(made_id: int, office: Office) -> PeriodReport:
    return office.read(lambda tx: stored_report(tx, made_id))


def ask_range(host: PageHost, period: Period, then: Callable[[Period], object]) -> None:
    """Ask for the first and the last day of a range, both included. `then` gets the period.

    The box's job changes nothing: it checks the days and returns the period.
    """
    first, last = (
        forms.DateField(host.theme, name, words, required=True, days=host)
        for name, words in (("first", _("Dari")), ("last", _("Sampai dengan")))
    )
    FormBox(
        host,
        _("Dari tanggal sampai tanggal"),
        ((first, last),),
        command=lambda values: lambda _office, _actor: days_between(values["first"], values["last"]),
        verb=_("Tampilkan"),
        then=then,
        icon=("calendar-days", "blue"),
        known={"first": period.first, "last": min(period.last, host.now().date())},
    ).open()


class TableBox(FormBox):
    """The box that asks for the rows and figures of a table. A ready-made table fills both in.

    Args:
        host: access to the office for the signed-in officer.
        known: the table that was chosen before.
        then: gets the choice.
        with_officers: whether the figures of each officer may be chosen.
    """

    def __init__(
        self,
        host: PageHost,
        known: TableChoice | None,
        then: Callable[[TableChoice], object],
        *,
        with_officers: bool,
    ) -> None:
        theme, withheld = host.theme, () if with_officers else (Breakdown.OFFICER,)
        self._tables = {table.key: table for table in named_tables() if table.choice.rows not in withheld}
        named = [(key, table.words) for key, table in self._tables.items()]
        rows = [(kind, kind.word) for kind in (*Breakdown, *OtherRows) if kind not in withheld]
        figures = [(figure.column.key, figure.column.head) for figure in every_figure_column()]
        self.named = forms.ChoiceField(theme, "named", _("Tabel yang sudah disusun"), named)
        self.rows = forms.ChoiceField(theme, "rows", _("Baris"), rows, required=True)
        self.figures = forms.TicksField(theme, "figures", _("Angka"), figures)
        choice = known or TableChoice(Breakdown.SERVICE, STANDARD)
        super().__init__(
            host,
            _("Susun tabel"),
            ((self.named, self.rows), self.figures),
            command=lambda values: (
                lambda _office, _actor: TableChoice(values["rows"], tuple(values["figures"]) or STANDARD)
            ),
            verb=_("Tampilkan"),
            then=then,
            icon=("chart-column", "blue"),
            words=_("Langkah, kabupaten/kota, dan instansi membawa angkanya sendiri."),
            known={"rows": choice.rows, "figures": choice.figures},
            wide=True,
        )
        self.named.changed.connect(self._fill_from_named)
        self.rows.changed.connect(self._enable_figures)
        self._enable_figures()

    def _fill_from_named(self) -> None:
        table = self._tables.get(str(self.named.value()))
        if table is not None:
            self.rows.show_value(table.choice.rows)
            self.figures.show_value(table.choice.figures)

    def _enable_figures(self) -> None:
        self.figures.setEnabled(isinstance(self.rows.value(), Breakdown))


class EntriesBox(dialogs.Box):
    """The rows that a figure counts, to read and to copy."""

    def __init__(self, host: PageHost, title: str) -> None:
        super().__init__(host.window, host.theme, title, ("list-ordered", "blue"))
        px = host.theme.px
        self.setMinimumWidth(min(px(_WIDE), host.window.width()))
        self.table = PartTable(host.theme)
        self.table.setMinimumHeight(px(_TALL))
        self.note = widgets.Label("", "small", "soft", wrap=True)
        self.add_part(self.table, self.note)
        self.add_button(_("Tutup"), "primary", lambda: None)

    def show_part(self, part: ReportPart) -> None:
        self.table.show_part(part)
        self.table.setVisible(bool(part.rows))
        self.note.setText(part.note)
        self.note.setVisible(bool(part.note))
        self.table.setFocus()


def open_entries(host: PageHost, behind: RowsBehind) -> EntriesBox:
    box = EntriesBox(host, behind.title)
    host.read(lambda office: behind.make(office.read, office.clock()), box.show_part)
    box.open()
    return box


class ReportRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The report that the page asks for: a period, narrowed by `only`, with the table of `choice`.

    `public` makes the recap for everybody instead, which is never narrowed and names no officer.
    """

    period: Period
    only: FigureFilter
    with_officers: bool
    public: bool = False
    choice: TableChoice | None = None

    def make(self, office: Office) -> PeriodReport:
        """Make the report, on the worker thread, from several readings."""
        now = office.clock()
        if self.public:
            return public_recap(office.read, self.period, now)
        return period_report(
            office.read,
            self.period,
            now,
            only=self.only,
            with_officers=self.with_officers,
            choice=self.choice,
        )


class ReportChoices(msgspec.Struct, frozen=True, kw_only=True):
    """The services, counters and officers that a report can be narrowed to, each as (id, name)."""

    services: tuple[tuple[int, str], ...]
    counters: tuple[tuple[int, str], ...]
    officers: tuple[tuple[int, str], ...]


class ReportAnswer(msgspec.Struct, frozen=True):
    """A report, what it was narrowed to, and what it can be narrowed to."""

    report: PeriodReport
    only: FigureFilter
    choices: ReportChoices


def read_report(office: Office, request: ReportRequest) -> ReportAnswer:
    return ReportAnswer(request.make(office), request.only, office.read(_read_choices))


def _read_choices(tx: Transaction) -> ReportChoices:
    return ReportChoices(
        services=services.choices(services.with_retired(tx)),
        counters=counters.counter_choices(tx),
        officers=tuple((officer.id, officer.name) for officer in officers.everybody(tx)),
    )


class ReportsPage(WorkPage):
    """The page with the figures, charts and tables of a period. Only the head sees what each officer did."""

    name, icon_name, group = "reports", "chart-column", "quality"
    line = "reports"
    needs = frozenset({Permission.SEE_REPORTS})
    title = staticmethod(lambda: _("Laporan"))

    @override
    def build(self) -> None:
        self.report: PeriodReport | None = None
        # What the shown report is narrowed to. The filters may hold another choice by now.
        self.only = FigureFilter()
        self.choice: TableChoice | None = None
        self.is_head = Role.HEAD in self.host.actor.roles
        self.ready_button = self.add_head_button(
            _("Laporan jadi …"), "file-check", lambda: MadeReportsBox(self.host).open()
        )
        self.compose_button = self.add_head_button(
            _("Susun tabel …"),
            "chart-column",
            lambda: TableBox(self.host, self.choice, self._show_choice, with_officers=self.is_head).open(),
        )
        self.key("Ctrl+T", self.compose_button.click)
        self.print_button = self.add_head_button(_("Cetak"), "printer", self._print)
        self.key("Ctrl+P", self.print_button.click)
        self.save_button = self.add_head_button(
            _("Simpan laporan …"), "download", self._choose_form, "primary"
        )
        self.key("Ctrl+S", self.save_button.click)
        self.period = PeriodBar(self.theme, self.host.now().date(), _SPANS)
        self.period.changed.connect(self.refresh)
        self.period.range_wanted.connect(lambda: ask_range(self.host, self.period.period, self.period.choose))
        self.part = make_choice(self.theme, _("Yang dilihat"))
        self.part.currentIndexChanged.connect(self._show_part)
        self.service, self.counter, self.officer, self.channel = (
            make_choice(self.theme, words) for words in (_("Layanan"), _("Loket"), _("Petugas"), _("Saluran"))
        )
        self.officer.setVisible(self.is_head)
        fill_choice(
            self.channel, _("Semua saluran"), [(channel.value, channel.word) for channel in VisitChannel]
        )
        self.tiles, self.view = TilesView(self.theme), PartView(self.theme)
        self.tiles.opened.connect(self._open_tile)
        self.view.table.opened.connect(self._open_rows)
        self._lay_out_parts()

    def _lay_out_parts(self) -> None:
        self._filters = Grid(self.theme, gap=8)
        for choice in (self.service, self.counter, self.officer, self.channel):
            choice.activated.connect(self.refresh)
        self._lay_out_filters()
        self.theme.changed.connect(self._lay_out_filters)
        self.news = MadeNews(self.host)
        self.body.addWidget(self.news)
        self.body.addWidget(self.period)
        self.body.addWidget(self.tiles)
        self.body.addLayout(self._filters)
        self.body.addWidget(self.view, 1)

    def _lay_out_filters(self) -> None:
        """Lay the choice of the part and the filters out in one line; in two where the letters are large."""
        filters = [self.service, self.counter, *([self.officer] if self.is_head else []), self.channel]
        has_two_lines = self.theme.large_text >= TWO_LINES_FROM
        for choice in (self.part, *filters):
            self._filters.removeWidget(choice)
        self._filters.addWidget(self.part, 0, 0, 1, len(filters) if has_two_lines else PART_COLUMNS)
        for number, choice in enumerate(filters):
            line, column = (1, number) if has_two_lines else (0, PART_COLUMNS + number)
            self._filters.addWidget(choice, line, column)
        for column in range(PART_COLUMNS + len(filters)):
            self._filters.setColumnStretch(column, int(not has_two_lines or column < len(filters)))

    @property
    def request(self) -> ReportRequest:
        only = FigureFilter(
            service_id=self.service.currentData(),
            counter=self.counter.currentData(),
            officer_id=self.officer.currentData(),
            channel=self.channel.currentData(),
        )
        return ReportRequest(
            period=self.period.period, only=only, with_officers=self.is_head, choice=self.choice
        )

    @override
    def refresh(self) -> None:
        self.fetch(partial(read_report, request=self.request), self._show)

    def _show(self, answer: ReportAnswer) -> None:
        self.report, self.only, choices = answer.report, answer.only, answer.choices
        fill_choice(self.service, _("Semua layanan"), choices.services)
        fill_choice(self.counter, _("Semua loket"), choices.counters)
        fill_choice(self.officer, _("Semua petugas"), choices.officers if self.is_head else ())
        self.tiles.show_tiles(self.report.tiles)
        fill_choice(self.part, "", [(part.key, part.title) for part in self.report.parts])
        self._show_part()

    def _show_part(self) -> None:
        key = self.part.currentData()
        part = next((part for part in self.report.parts if part.key == key), None) if self.report else None
        self.part.setToolTip(self.part.currentText())
        if part is not None:
            self.view.show_part(part)

    def _show_choice(self, choice: TableChoice) -> None:
        """Read the report with the table that the officer chose, and show that table."""
        self.choice = choice
        if self.part.findData(CHOSEN) < 0:
            self.part.insertItem(0, _("Tabel pilihan"), CHOSEN)
        self.part.setCurrentIndex(self.part.findData(CHOSEN))
        self.refresh()

    def _open_rows(self, row: int, column: int) -> None:
        """Open the entries that a number of the table counts."""
        behind = rows_behind(
            self.report, self.view.part, self.only, (row, column), with_officers=self.is_head
        )
        if behind is not None:
            open_entries(self.host, behind)

    def _open_tile(self, tile: Tile) -> None:
        if self.report is not None:
            behind = rows_behind_tile(self.report, tile, self.only, with_officers=self.is_head)
            open_entries(self.host, behind)

    def _print(self) -> None:
        """Write the PDF and open it in this PC's program for it, which prints it."""
        write = partial(write_report, self.request.make, ReportForm.PDF)
        self.host.perform(write, partial(show_document, self.host), message=_("Tersimpan: {label}"))

    def _choose_form(self) -> None:
        request = self.request
        public = msgspec.structs.replace(request, public=True)
        options = [
            (_("Laporan untuk ditandatangani (PDF)"), request.make, ReportForm.PDF),
            (_("Buku kerja Excel"), request.make, ReportForm.WORKBOOK),
            (_("Daftar angka (CSV)"), request.make, ReportForm.LIST),
            (_("Rekap untuk umum (PDF)"), public.make, ReportForm.PDF),
            (_("Rekap untuk umum (CSV)"), public.make, ReportForm.LIST),
            (_("Rekap untuk umum (gambar)"), public.make, ReportForm.PICTURE),
        ]
        offer_report(self.host, options, self._other_papers(request.period))

    def _other_papers(self, period: Period) -> list[tuple[str, Callable[[], object]]]:
        """Return the papers to offer besides the report, each with its words and the function that offers it.

        A whole month has a signed summary. The papers that name people are for officers who may see these.
        """
        days, host = (period.first, period.last), self.host
        papers: list[tuple[str, Callable[[], object]]] = []
        if period.span is Span.MONTH:
            summary = partial(save, host, partial(_write_summary, period))
            papers.append((_("Rekap bertanda tangan untuk pusat"), summary))
        if may_open(host):
            book = partial(
                offer_paper, host, partial(make_book_sheet, *days), partial(make_book_table, *days)
            )
            papers.append((_("Buku tamu (dibuka, dicatat) …"), book))
        if host.actor.may(Permission.REVIEW_DEVIATIONS):
            register = partial(offer_paper, host, partial(report_of, *days), partial(table_of, *days))
            papers.append((_("Register penyimpangan …"), register))
        return papers


def _write_summary(period: Period, office: Office, _actor: Actor) -> Path:
    name = Path(summary_name(office.read(office_rows.load).settings.office, period))
    return write_document(name.stem, name.suffix[1:], make_summary(office, period))


def make_choice(theme: Theme, name: str) -> ComboBox:
    """Make a choice without a label; its name is for the tool tip and for screen readers."""
    choice = ComboBox(theme)
    choice.setAccessibleName(name)
    choice.setToolTip(name)
    return choice


def fill_choice(
    choice: ComboBox, all_words: str, options: Sequence[tuple[str, str]] | Sequence[tuple[int, str]]
) -> None:
    """Fill `choice` with `all_words`, if any, and `options`. The chosen option stays if it is among them."""
    chosen = choice.currentData()
    choice.blockSignals(True)
    choice.clear()
    if all_words:
        choice.addItem(all_words, None)
    for value, words in options:
        choice.addItem(words, value)
    choice.setCurrentIndex(max(0, choice.findData(chosen)))
    choice.blockSignals(False)
