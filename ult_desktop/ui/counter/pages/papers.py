"""A sheet on paper: on this PC's ticket printer, or as a PDF in the officer's documents."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_documents_path

from ult_desktop.base import _
from ult_desktop.base.late import late
from ult_desktop.base.paths import plain_name
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.sheet import Sheet
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.files import write_whole
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit import dialogs

if TYPE_CHECKING:
    from ult_desktop.reports import sheet as sheets
else:
    sheets = late("ult_desktop.reports.sheet")

Made = Callable[[Office, Actor], Sheet]


def offer_paper(host: PageHost, made: Made) -> None:
    """Ask on what the sheet shall stand; without a printer here it is a PDF at once."""
    if not host.can_print:
        _as_pdf(host, made)
        return
    options: list[tuple[str, object]] = [(_("Printer karcis"), "paper"), (_("Berkas PDF"), "pdf")]

    def chosen(answer: object) -> None:
        if answer == "pdf":
            _as_pdf(host, made)
        else:
            host.perform(made, host.print_paper)

    dialogs.choose(host.window, host.theme, _("Cetak ke mana?"), options, chosen)


def _as_pdf(host: PageHost, made: Made) -> None:
    host.perform(partial(write_pdf, made), told=_("Tersimpan: {label}"))


def write_pdf(made: Made, office: Office, actor: Actor) -> Path:
    """Into the account's documents, on the worker thread; returns where it lies.

    Raises:
        UserError: the folder cannot be written.
    """
    sheet = made(office, actor)
    return write_document(f"{sheet.title} {sheet.number}", "pdf", sheets.sheet_pdf(sheet))


def write_document(name: str, suffix: str, content: bytes) -> Path:
    """Put a file of that name into the account's documents; returns where it lies.

    Raises:
        UserError: the folder cannot be written.
    """
    folder = user_documents_path() / "ult-desktop"
    return write_whole(folder / f"{plain_name(name)}.{suffix}", content, with_folder=True)
