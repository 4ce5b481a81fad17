"""The page Laporan: the period, its tables and charts, and the reports that were made."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission, Role
from ult_desktop.core.figures.breakdown import Breakdown, Only
from ult_desktop.core.figures.choice import OtherRows, TableChoice, named_tables
from ult_desktop.core.figures.figures import STANDARD, every_figure
from ult_desktop.core.figures.period import Period, Span, days_between
from ult_desktop.core.figures.report import PeriodReport, ReportPart, Tile
from ult_desktop.core.figures.tables import CHOSEN
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.access import officers
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.queue import counters
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.figures.entries import RowsBehind, rows_behind, rows_behind_tile
from ult_desktop.operations.figures.reports import period_report, recap
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
from ult_desktop.ui.kit import Grid, dialogs, forms, widgets
from ult_desktop.ui.kit.forms.choice_fields import ComboBox

_SPANS = tuple(Span)
_WIDE, _TALL = 1080, 420  # base pixels, of the box of entries
PART_COLUMNS = 2  # of the filters' line, for the part
TWO_LINES_FROM = 1.15  # growth of the letters from which the filters have no room beside the part


def ask_range(host: PageHost, period: Period, then: Callable[[Period], object]) -> None:
    """Ask for the first and the last day of a range, both included.

    The job performs nothing: it checks what was filled in, and answers with it.
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
    """The box for the rows and figures of a table. The ready-made tables fill both in.

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
        self._known = {each.key: each for each in named_tables() if each.choice.rows not in withheld}
        named = [(key, each.words) for key, each in self._known.items()]
        rows = [(each, each.word) for each in (*Breakdown, *OtherRows) if each not in withheld]
        figures = [(each.column.key, each.column.head) for each in every_figure()]
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
        self.named.changed.connect(self._fill_in)
        self.rows.changed.connect(self._allow)
        self._allow()

    def _fill_in(self) -> None:
        named = self._known.get(str(self.named.value()))
        if named is not None:
            self.rows.show_value(named.choice.rows)
            self.figures.show_value(named.choice.figures)

    def _allow(self) -> None:
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


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """The report that is asked for."""

    period: Period
    only: Only
    with_officers: bool
    public: bool = False
    choice: TableChoice | None = None

    def make(self, office: Office) -> PeriodReport:
        """Make the report from several readings, one after the other."""
        now = office.clock()
        if self.public:
            return recap(office.read, self.period, now)
        return period_report(
            office.read,
            self.period,
            now,
            only=self.only,
            with_officers=self.with_officers,
            choice=self.choice,
        )


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """The services, counters and officers that a report can be narrowed to: id and name."""

    services: tuple[tuple[int, str], ...]
    counters: tuple[tuple[int, str], ...]
    officers: tuple[tuple[int, str], ...]


def report_and_choices(office: Office, wanted: Wanted) -> tuple[PeriodReport, Only, Offered]:
    """Return the report, what it was narrowed to, and what it can be narrowed to."""
    return wanted.make(office), wanted.only, office.read(_offered)


def _offered(tx: Transaction) -> Offered:
    return Offered(
        services=services.choices(services.ever(tx)),
        counters=counters.choices(tx),
        officers=tuple((each.id, each.name) for each in officers.everybody(tx)),
    )


class ReportsPage(WorkPage):
    """The page of any period in figures, charts and tables. Only the head sees what each officer did."""

    name, icon_name, group = "reports", "chart-column", "quality"
    line = "reports"
    needs = frozenset({Permission.SEE_REPORTS})
    title = staticmethod(lambda: _("Laporan"))

    @override
    def build(self) -> None:
        self.report: PeriodReport | None = None
        self.only = Only()  # the narrowing of the shown report; the filters may ask for another already
        self.choice: TableChoice | None = None
        self.is_head = Role.HEAD in self.host.actor.roles
        self.ready = self.add_head_button(
            _("Laporan jadi …"), "file-check", lambda: MadeReportsBox(self.host).open()
        )
        self.compose = self.add_head_button(_("Susun tabel …"), "chart-column", self._compose)
        self.key("Ctrl+T", self.compose.click)
        self.print = self.add_head_button(_("Cetak"), "printer", self._print)
        self.key("Ctrl+P", self.print.click)
        self.save = self.add_head_button(_("Simpan laporan …"), "download", self._choose_form, "primary")
        self.key("Ctrl+S", self.save.click)
        self.period = PeriodBar(self.theme, self.host.now().date(), _SPANS)
        self.period.changed.connect(self.refresh)
        self.period.range_wanted.connect(lambda: ask_range(self.host, self.period.period, self.period.choose))
        self.part = self._choice(_("Yang dilihat"))
        self.part.currentIndexChanged.connect(self._show_part)
        self.service, self.counter, self.officer, self.channel = (
            self._choice(words) for words in (_("Layanan"), _("Loket"), _("Petugas"), _("Saluran"))
        )
        self.officer.setVisible(self.is_head)
        _offer(self.channel, _("Semua saluran"), [(each.value, each.word) for each in VisitChannel])
        self.tiles, self.view = TilesView(self.theme), PartView(self.theme)
        self.tiles.opened.connect(self._open_tile)
        self.view.table.opened.connect(self._open_rows)
        self._lay_out_parts()

    def _lay_out_parts(self) -> None:
        self._filters = Grid(self.theme, gap=8)
        for narrowed in (self.service, self.counter, self.officer, self.channel):
            narrowed.activated.connect(self.refresh)
        self._lay_out_filters()
        self.theme.changed.connect(self._lay_out_filters)
        self.news = MadeNews(self.host)
        self.body.addWidget(self.news)
        self.body.addWidget(self.period)
        self.body.addWidget(self.tiles)
        self.body.addLayout(self._filters)
        self.body.addWidget(self.view, 1)

    def _lay_out_filters(self) -> None:
        """Lay the filters out in one line, or below the part where large letters need the room."""
        narrowed = [self.service, self.counter, *([self.officer] if self.is_head else []), self.channel]
        line = int(self.theme.large_text >= TWO_LINES_FROM)
        for each in (self.part, *narrowed):
            self._filters.removeWidget(each)
        self._filters.addWidget(self.part, 0, 0, 1, len(narrowed) if line else PART_COLUMNS)
        for place, each in enumerate(narrowed):
            self._filters.addWidget(each, line, place if line else PART_COLUMNS + place)
        for column in range(PART_COLUMNS + len(narrowed)):
            self._filters.setColumnStretch(column, int(not line or column < len(narrowed)))

    def _choice(self, name: str) -> ComboBox:
        choice = ComboBox(self.theme)
        choice.setAccessibleName(name)
        choice.setToolTip(name)
        return choice

    @property
    def wanted(self) -> Wanted:
        only = Only(
            service_id=self.service.currentData(),
            counter=self.counter.currentData(),
            officer_id=self.officer.currentData(),
            channel=self.channel.currentData(),
        )
        return Wanted(period=self.period.period, only=only, with_officers=self.is_head, choice=self.choice)

    @override
    def refresh(self) -> None:
        self.fetch(partial(report_and_choices, wanted=self.wanted), self._show)

    def _show(self, found: tuple[PeriodReport, Only, Offered]) -> None:
        self.report, self.only, offered = found
        _offer(self.service, _("Semua layanan"), offered.services)
        _offer(self.counter, _("Semua loket"), offered.counters)
        _offer(self.officer, _("Semua petugas"), offered.officers if self.is_head else ())
        self.tiles.show_tiles(self.report.tiles)
        _offer(self.part, "", [(part.key, part.title) for part in self.report.parts])
        self._show_part()

    def _show_part(self) -> None:
        key = self.part.currentData()
        part = next((each for each in self.report.parts if each.key == key), None) if self.report else None
        self.part.setToolTip(self.part.currentText())
        if part is not None:
            self.view.show_part(part)

    def _compose(self) -> None:
        TableBox(self.host, self.choice, self._take_choice, with_officers=self.is_head).open()

    def _take_choice(self, choice: TableChoice) -> None:
        """Choose the new table, and read it."""
        self.choice = choice
        if self.part.findData(CHOSEN) < 0:
            self.part.insertItem(0, _("Tabel pilihan"), CHOSEN)
        self.part.setCurrentIndex(self.part.findData(CHOSEN))
        self.refresh()

    def _open_rows(self, row: int, place: int) -> None:
        """Open the rows that a number of the table is made of."""
        found = rows_behind(self.report, self.view.part, self.only, (row, place), with_officers=self.is_head)
        if found is not None:
            open_entries(self.host, found)

    def _open_tile(self, tile: Tile) -> None:
        if self.report is not None:
            found = rows_behind_tile(self.report, tile, self.only, with_officers=self.is_head)
            open_entries(self.host, found)

    def _print(self) -> None:
        """Write the PDF and open it in this PC's program for it, which prints it."""
        write = partial(write_report, self.wanted.make, ReportForm.PDF)
        self.host.perform(write, partial(show_document, self.host), message=_("Tersimpan: {label}"))

    def _choose_form(self) -> None:
        wanted = self.wanted
        public = msgspec.structs.replace(wanted, public=True)
        options = [
            (_("Laporan untuk ditandatangani (PDF)"), wanted.make, ReportForm.PDF),
            (_("Buku kerja Excel"), wanted.make, ReportForm.WORKBOOK),
            (_("Daftar angka (CSV)"), wanted.make, ReportForm.LIST),
            (_("Rekap untuk umum (PDF)"), public.make, ReportForm.PDF),
            (_("Rekap untuk umum (CSV)"), public.make, ReportForm.LIST),
            (_("Rekap untuk umum (gambar)"), public.make, ReportForm.PICTURE),
        ]
        offer_report(self.host, options, self._other_papers(wanted.period))

    def _other_papers(self, period: Period) -> list[tuple[str, Callable[[], object]]]:
        """Return the signed summary, and the papers that name people for officers who may see them."""
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


def _offer(
    choice: ComboBox, all_of_it: str, options: Sequence[tuple[str, str]] | Sequence[tuple[int, str]]
) -> None:
    """Fill `choice` with `options`; what was chosen stays chosen if it is among them."""
    chosen = choice.currentData()
    choice.blockSignals(True)
    choice.clear()
    if all_of_it:
        choice.addItem(all_of_it, None)
    for value, words in options:
        choice.addItem(words, value)
    choice.setCurrentIndex(max(0, choice.findData(chosen)))
    choice.blockSignals(False)
