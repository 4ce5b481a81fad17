"""The annual report of PPID: what the register does not know is typed in once a year, then it is saved."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from ult_desktop.base import _, formats
from ult_desktop.core.cases.ppid_year import PpidReportDue, PpidYear, TellPpidYear, year_parts
from ult_desktop.core.figures.period import Span, period_of
from ult_desktop.core.figures.report import PeriodReport
from ult_desktop.db.cases import ppid_years
from ult_desktop.operations.figures.ppid_report import ppid_report
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.forms import ReportForm
from ult_desktop.ui.counter.pages import FormBox, PageHost, offer_report
from ult_desktop.ui.kit import dialogs, forms
from ult_desktop.ui.kit.forms.form import Fields, Values

if TYPE_CHECKING:
    from collections.abc import Callable

_ICON = ("clipboard-list", "blue")


def due_words(due: PpidReportDue, today: date) -> str:
    until = formats.format_date(due.until, "long")
    if due.is_late(today):
        return _("Laporan tahunan PPID {year} belum dikirim; batasnya {until}.").format(
            year=due.year, until=until
        )
    return _("Laporan tahunan PPID {year} dikirim paling lambat {until}.").format(year=due.year, until=until)


def choose_year(host: PageHost) -> None:
    """Ask what is wanted, and for which year. Last year's report is the one that is due."""
    this_year = host.now().year
    options: list[tuple[str, Callable[[], object]]] = []
    for year in (this_year - 1, this_year):
        options += [
            (_("Isi keterangan tahun {year}").format(year=year), partial(_open_year, host, year)),
            (_("Simpan laporan tahun {year}").format(year=year), partial(_open_report, host, year)),
        ]
    dialogs.choose(host.window, host.theme, _("Laporan tahunan PPID"), options, lambda act: act())


def _open_year(host: PageHost, year: int) -> None:
    host.read(partial(_told, year), partial(_open_form, host))


def _open_report(host: PageHost, year: int) -> None:
    host.read(partial(_told, year), partial(_warn_or_offer, host))


def _told(year: int, office: Office) -> PpidYear:
    return office.read(lambda tx: ppid_years.get(tx, year))


def _warn_or_offer(host: PageHost, told: PpidYear) -> None:
    """Warn of parts that are not written yet before a report is offered, so that no head signs it unaware."""
    if not told.unwritten_words:
        _offer(host, told.year)
        return
    box = dialogs.Box(
        host.window, host.theme, _("Keterangan tahun {year} belum lengkap").format(year=told.year), _ICON
    )
    for line in told.unwritten_words:
        box.say(line)
    box.add_button(_("Simpan apa adanya"), "quiet", lambda: _offer(host, told.year))
    box.add_button(_("Isi keterangan"), "primary", lambda: _open_form(host, told)).setFocus()
    box.open()


def _open_form(host: PageHost, told: PpidYear) -> None:
    known = msgspec.structs.asdict(told) | {
        "sent_on": date.fromisoformat(told.sent_on) if told.sent_on else None
    }
    FormBox(
        host,
        _("Keterangan PPID tahun {year}").format(year=told.year),
        _fields(host),
        command=partial(_command, told.year),
        told=_("Keterangan tersimpan."),
        icon=_ICON,
        words=_("Yang tidak tercatat dalam register; laporannya memuat kata-kata ini."),
        draft=host.draft("ppid-year", str(told.year)),
        known=known,
        wide=True,
    ).open()


def _fields(host: PageHost) -> Fields:
    theme = host.theme
    texts = [forms.TextField(theme, name, label, rows=2) for name, label in year_parts()]
    sent = forms.DateField(theme, "sent_on", _("Laporan dikirim pada"), days=host)
    pairs = [tuple(texts[at : at + 2]) for at in range(0, len(texts), 2)]
    return (*pairs, sent)


def _command(year: int, values: Values) -> TellPpidYear:
    sent_on = values.pop("sent_on")
    return TellPpidYear(year=year, **values, sent_on=sent_on.isoformat() if sent_on else "")


def _offer(host: PageHost, year: int) -> None:
    def made(office: Office) -> PeriodReport:
        return ppid_report(office.read, period_of(date(year, 1, 1), Span.YEAR), office.clock())

    offer_report(
        host,
        [
            (_("Laporan untuk ditandatangani (PDF)"), made, ReportForm.PDF),
            (_("Buku kerja Excel"), made, ReportForm.WORKBOOK),
            (_("Daftar angka (CSV)"), made, ReportForm.LIST),
        ],
    )
