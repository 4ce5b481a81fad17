"""The page PPID: the register of requests for public information, and the report of a year."""

from collections.abc import Callable
from datetime import date
from functools import partial

import msgspec
from typing_extensions import override

from ult_desktop.base import _, formats
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.cases.ppid_year import PpidReportDue, PpidYear, TellPpidYear, year_parts
from ult_desktop.core.figures.period import Span, period_of
from ult_desktop.core.figures.report import PeriodReport, ReportPart
from ult_desktop.db.cases import ppid_years
from ult_desktop.db.cases.boards import PpidBoard, ppid_board, pressing_requests
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.figures.ppid_report import ppid_report
from ult_desktop.operations.figures.registers import ppid_register
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import unmasked_register
from ult_desktop.reports.forms import ReportForm
from ult_desktop.ui.counter.cases import lists_boxes, ppid_acts
from ult_desktop.ui.counter.cases.case_pane import CasePane
from ult_desktop.ui.counter.pages import FormBox, PageHost, WorkPage, offer_report, papers, snapshot
from ult_desktop.ui.kit import dialogs, forms, lists, panels
from ult_desktop.ui.kit.forms.form import Fields, Values

_ICON = ("clipboard-list", "blue")


def due_words(due: PpidReportDue, today: date) -> str:
    until = formats.format_date(due.until, "long")
    if due.is_late(today):
        return _("Laporan tahunan PPID {year} belum dikirim; batasnya {until}.").format(
            year=due.year, until=until
        )
    return _("Laporan tahunan PPID {year} dikirim paling lambat {until}.").format(year=due.year, until=until)


def choose_year(host: PageHost) -> None:
    """Ask what to do with which year's report. Last year's report is the one that is due."""

    def read_and_do(choice: tuple[int, Callable[[PageHost, PpidYear], None]]) -> None:
        year, act = choice
        host.read(lambda office: office.read(lambda tx: ppid_years.get(tx, year)), partial(act, host))

    this_year, options = host.now().year, []
    for year in (this_year - 1, this_year):
        options.append((_("Isi keterangan tahun {year}").format(year=year), (year, _open_form)))
        options.append((_("Simpan laporan tahun {year}").format(year=year), (year, _warn_or_offer)))
    dialogs.choose(host.window, host.theme, _("Laporan tahunan PPID"), options, read_and_do)


def _warn_or_offer(host: PageHost, year: PpidYear) -> None:
    """Offer the report, after a warning of the parts that are not written yet."""
    if not year.unwritten_words:
        _offer_report(host, year.year)
        return
    box = dialogs.Box(
        host.window, host.theme, _("Keterangan tahun {year} belum lengkap").format(year=year.year), _ICON
    )
    for line in year.unwritten_words:
        box.say(line)
    box.add_button(_("Simpan apa adanya"), "quiet", lambda: _offer_report(host, year.year))
    box.add_button(_("Isi keterangan"), "primary", lambda: _open_form(host, year)).setFocus()
    box.open()


def _open_form(host: PageHost, year: PpidYear) -> None:
    known = msgspec.structs.asdict(year) | {
        "sent_on": date.fromisoformat(year.sent_on) if year.sent_on else None
    }
    FormBox(
        host,
        _("Keterangan PPID tahun {year}").format(year=year.year),
        _build_fields(host),
        command=partial(_to_command, year.year),
        message=_("Keterangan tersimpan."),
        icon=_ICON,
        words=_("Yang tidak tercatat dalam register; laporannya memuat kata-kata ini."),
        draft=host.draft("ppid-year", str(year.year)),
        known=known,
        edits=True,
        wide=True,
    ).open()


def _build_fields(host: PageHost) -> Fields:
    theme = host.theme
    texts = [forms.TextField(theme, name, label, rows=2) for name, label in year_parts()]
    sent = forms.DateField(theme, "sent_on", _("Laporan dikirim pada"), days=host)
    pairs = [tuple(texts[start : start + 2]) for start in range(0, len(texts), 2)]  # two in a row
    return (*pairs, sent)


def _to_command(year: int, values: Values) -> TellPpidYear:
    sent_on = values["sent_on"]
    return TellPpidYear(year=year, **{**values, "sent_on": sent_on.isoformat() if sent_on else ""})


def _offer_report(host: PageHost, year: int) -> None:
    def make(office: Office) -> PeriodReport:
        return ppid_report(office.read, period_of(date(year, 1, 1), Span.YEAR), office.clock())

    offer_report(
        host,
        [
            (_("Laporan untuk ditandatangani (PDF)"), make, ReportForm.PDF),
            (_("Buku kerja Excel"), make, ReportForm.WORKBOOK),
            (_("Daftar angka (CSV)"), make, ReportForm.LIST),
        ],
    )


class PpidPage(WorkPage):
    """The page of the register of information requests, with the working days that each has left."""

    name, icon_name = "ppid", "landmark"
    line = "cases"
    needs = frozenset({Permission.HANDLE_PPID})
    title = staticmethod(lambda: _("PPID"))
    waiting = staticmethod(lambda tx, now, _actor: pressing_requests(tx, now))

    @override
    def build(self) -> None:
        self.register = lists.RecordList(
            self.theme,
            _("Cari nomor, nama, informasi …"),
            filters=ppid_acts.register_filters(),
            empty=(_("Belum ada permohonan informasi publik."), "landmark"),
            opens_first=True,
        )
        self.pane = CasePane(self.host)
        self.due = panels.Note(self.theme, "")
        self.body.addWidget(self.due)
        self.show_split(self.register, self.pane)
        self.exclusions_button = self.add_head_button(
            _("Informasi dikecualikan"), "lock", lambda: lists_boxes.ExclusionsBox(self.host).open()
        )
        self.year_button = self.add_head_button(
            _("Laporan tahunan …"), "clipboard-list", lambda: choose_year(self.host)
        )
        self.export_button = self.add_head_button(_("Simpan register"), "download", self._export)
        self.register.chosen.connect(lambda _case_id: self.refresh())

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(ppid_board, self.register.selected), self._show)

    @override
    def open_subject(self, subject: object) -> None:
        """Choose a request by the id of its case."""
        self.register.choose(subject)

    def _show(self, board: PpidBoard) -> None:
        self.due.say("" if board.due is None else due_words(board.due, self.host.now().date()))
        self.register.show_rows([ppid_acts.register_row(line) for line in board.rows])
        if board.chosen is None or board.chosen.card.case.id == self.register.selected:
            self.pane.show_case(board.chosen)

    def _export(self) -> None:
        """Ask for a year and a file format, then save that year's register."""

        def save(choice: tuple[int, ReportForm]) -> None:
            year, form = choice
            papers.save(self.host, partial(papers.write_table, partial(make_register, year), form))

        this_year, options = self.host.now().year, []
        for year in (this_year, this_year - 1):
            workbook, csv = _("{year}, buku kerja Excel"), _("{year}, daftar (CSV)")
            options.append((workbook.format(year=year), (year, ReportForm.WORKBOOK)))
            options.append((csv.format(year=year), (year, ReportForm.LIST)))
        dialogs.choose(self.host.window, self.theme, _("Register tahun mana?"), options, save)


def make_register(year: int, office: Office, actor: Actor) -> ReportPart:
    """Make a year's register with the law's columns, in clear. The log records that it was opened."""
    zone = office.read(office_rows.zone)
    requests = unmasked_register(year, office, actor)
    name = _("Register permohonan informasi {year}").format(year=year)
    return ppid_register(name, requests, zone)
