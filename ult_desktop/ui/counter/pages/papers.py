"""Papers and files that a page prints or saves."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_documents_path
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ult_desktop.base import UserError, _
from ult_desktop.base.late import late
from ult_desktop.base.paths import plain_name
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.figures.report import PeriodReport, ReportPart
from ult_desktop.core.sheet import Sheet
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.files import write_whole
from ult_desktop.reports.forms import ReportForm, table_written, written
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit import dialogs

if TYPE_CHECKING:
    from ult_desktop.reports import sheet as sheets
else:
    sheets = late("ult_desktop.reports.sheet")

Made = Callable[[Office, Actor], Sheet]
MadeTable = Callable[[Office, Actor], ReportPart]


def offer_paper(host: PageHost, made: Made, table: MadeTable | None = None) -> None:
    """Ask where to put the sheet, or its `table`. If only a PDF is possible, write it at once."""

    def saved(write: Callable[[Office, Actor], Path]) -> None:
        host.perform(write, told=_("Tersimpan: {label}"))

    pdf = partial(saved, partial(write_pdf, made))
    options: list[tuple[str, Callable[[], None]]] = [(_("Berkas PDF"), pdf)]
    if host.can_print:
        options.insert(0, (_("Printer karcis"), lambda: host.perform(made, host.print_paper)))
    if table is not None:
        options += [
            (words, partial(saved, partial(write_table, table, form)))
            for words, form in (
                (_("Buku kerja Excel"), ReportForm.WORKBOOK),
                (_("Daftar (CSV)"), ReportForm.LIST),
            )
        ]
    if len(options) == 1:
        pdf()
        return
    asked = _("Cetak ke mana?") if table is None else _("Cetak, atau simpan sebagai apa?")
    dialogs.choose(host.window, host.theme, asked, options, lambda chosen: chosen())


def choose_days(host: PageHost, asked: str, chosen: Callable[[tuple[date, date]], object]) -> None:
    """Ask which days are wanted: of a month, of the year until today, or today."""
    today = host.now().date()
    before = today.replace(day=1) - timedelta(days=1)
    options = [
        (_("Bulan ini"), (today.replace(day=1), today)),
        (_("Bulan lalu"), (before.replace(day=1), before)),
        (_("Tahun ini"), (today.replace(month=1, day=1), today)),
        (_("Hari ini"), (today, today)),
    ]
    dialogs.choose(host.window, host.theme, asked, options, chosen)


def write_pdf(made: Made, office: Office, actor: Actor) -> Path:
    """Write the sheet into the account's documents, on the worker thread, and return its path.

    Raises:
        UserError: the folder cannot be written.
    """
    sheet = made(office, actor)
    return write_document(f"{sheet.title} {sheet.number}", "pdf", sheets.sheet_pdf(sheet))


def write_table(made: MadeTable, form: ReportForm, office: Office, actor: Actor) -> Path:
    """Write the table into the account's documents, on the worker thread, and return its path.

    Raises:
        UserError: the folder cannot be written, or this PC has no room to make it.
    """
    part = made(office, actor)
    return write_document(part.title, form.suffix, table_written(part, form))


def write_document(name: str, suffix: str, content: bytes) -> Path:
    """Write a file of that name into the account's documents, and return its path.

    Raises:
        UserError: the folder cannot be written.
    """
    folder = user_documents_path() / "ult-desktop"
    return write_whole(folder / f"{plain_name(name)}.{suffix}", content, with_folder=True)


Make = Callable[[Office], PeriodReport]


def offer_report(
    host: PageHost,
    options: Sequence[tuple[str, Make, ReportForm]],
    more: Sequence[tuple[str, Callable[[], object]]] = (),
) -> None:
    """Ask which file is wanted; `options`: its words, what makes the report, the form.

    `more`: other papers of the same period, which ask for their form themselves.
    """

    def save(make: Make, form: ReportForm) -> None:
        host.perform(partial(write_report, make, form), told=_("Tersimpan: {label}"))

    choices: list[tuple[str, Callable[[], object]]] = [
        *((words, partial(save, make, form)) for words, make, form in options),
        *more,
    ]
    dialogs.choose(host.window, host.theme, _("Simpan laporan"), choices, lambda chosen: chosen())


def write_report(make: Make, form: ReportForm, office: Office, _actor: Actor) -> Path:
    """Write the report into the account's documents, on the worker thread, and return its path.

    Raises:
        UserError: the folder cannot be written.
    """
    report = make(office)
    name = _("Poster {report}").format(report=report.heading) if form is ReportForm.POSTER else report.heading
    return write_document(name, form.suffix, written(report, form))


def show_document(host: PageHost, path: Path) -> None:
    """Open the document in this PC's program for it, which prints it. Say so if there is none."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        host.refuse(
            UserError(
                _("PC ini tidak punya program yang membuka {path}.").format(path=path),
                _("Berkasnya sudah ditulis."),
                _("Pasang program itu, atau buka dari PC lain."),
            )
        )
