"""A report as a file in the officer's documents, in the form that they choose."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ult_desktop.base import UserError, _
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.figures.report import PeriodReport
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.forms import ReportForm, written
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.pages.papers import write_document
from ult_desktop.ui.kit import dialogs

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
