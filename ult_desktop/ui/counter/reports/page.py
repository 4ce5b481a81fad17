"""The page Laporan: the period, its tables and charts, and the reports that were made."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission, Role
from ult_desktop.core.figures.breakdown import Breakdown, FigureFilter
from ult_desktop.core.figures.choice import OtherRows, TableChoice, named_tables
from ult_desktop.core.figures.figures import STANDARD, every_figure_column
from ult_desktop.core.figures.period import Period, Span, days_between
from ult_desktop.core.figures.report import PeriodReport, ReportPart, Tile
from ult_desktop.core.figures.tables import CHOSEN
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.access import officers
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.queue import counters
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.figures.entries import RowsBehind, rows_behind, rows_behind_tile
from ult_desktop.operations.figures.reports import period_report, public_recap
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.summary.making import make_summary, summary_name
from ult_desktop.reports.forms import ReportForm
from ult_desktop.ui.counter.accountability.deviations_page import report_of, table_of
from ult_desktop.ui.counter.pages import FormBox, PageHost, WorkPage, may_open, offer_paper, offer_report
from ult_desktop.ui.counter.pages.papers import save, show_document, write_document, write_report
from ult_desktop.ui.counter.reports.made_reports import MadeNews, MadeReportsBox
from ult_desktop.ui.counter.reports.parts_view import PartTable, PartView, TilesView
from ult_desktop.ui.counter.survey.panels import PeriodBar
from ult_desktop.ui.counter.visits.guests_page import make_book_sheet, make_book_table
from ult_desktop.ui.kit import Grid, Theme, dialogs, forms, widgets
from ult_desktop.ui.kit.forms.choice_fields import ComboBox

_SPANS = tuple(Span)
_WIDE, _TALL = 1080, 420  # base pixels, of the box of entries
PART_COLUMNS = 2  # columns of the grid that the choice of the part spans, next to the filters
TWO_LINES_FROM = 1.15  # the factor of large text from which the filters need a line of their own


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
        host: the officer's.
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
        self.only = (
            FigureFilter()
        )  # what the shown report is narrowed to; the filters may hold another choice by now
        self.choice: TableChoice | None = None
        self.is_head = Role.HEAD in self.host.actor.roles
        self.ready = self.add_head_button(
            _("Laporan jadi …"), "file-check", lambda: MadeReportsBox(self.host).open()
        )
        self.compose = self.add_head_button(
            _("Susun tabel …"),
            "chart-column",
            lambda: TableBox(self.host, self.choice, self._show_choice, with_officers=self.is_head).open(),
        )
        self.key("Ctrl+T", self.compose.click)
        self.print = self.add_head_button(_("Cetak"), "printer", self._print)
        self.key("Ctrl+P", self.print.click)
        self.save = self.add_head_button(_("Simpan laporan …"), "download", self._choose_form, "primary")
        self.key("Ctrl+S", self.save.click)
        self.period = PeriodBar(self.theme, self.host.now().date(), _SPANS)
        self.period.changed.connect(self.refresh)
        self.period.range_wanted.connect(lambda: ask_range(self.host, self.period.period, self.period.choose))
        self.part = make_choice(self.theme, _("Yang dilihat"))
        self.part.currentIndexChanged.connect(self._show_part)
        self.service, self.counter, self.officer, self.channel = (
            make_choice(self.theme, words) for words in (_("Layanan"), _("Loket"), _("Petugas"), _("Saluran"))
        )
        self.officer.setVisible(self.is_head)
        _fill_choice(
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
        _fill_choice(self.service, _("Semua layanan"), choices.services)
        _fill_choice(self.counter, _("Semua loket"), choices.counters)
        _fill_choice(self.officer, _("Semua petugas"), choices.officers if self.is_head else ())
        self.tiles.show_tiles(self.report.tiles)
        _fill_choice(self.part, "", [(part.key, part.title) for part in self.report.parts])
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


def _fill_choice(
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
