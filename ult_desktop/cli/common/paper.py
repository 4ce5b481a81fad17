"""Sheets on paper: by the ticket printer, as a PDF file, or as words on the screen."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ult_desktop.base import UserError, _
from ult_desktop.base.late import late
from ult_desktop.cli.common.asking import Noun, Param, option, typed
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.figures.report import ReportPart
from ult_desktop.core.sheet import Sheet, SheetKind
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.devices.printer import address, talk
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import unmasked_sheet
from ult_desktop.reports.files import write_whole
from ult_desktop.reports.forms import ReportForm, table_written

if TYPE_CHECKING:
    from ult_desktop.reports import sheet as sheets
else:
    sheets = late("ult_desktop.reports.sheet")

FILE = click.Path(path_type=Path, dir_okay=False)
REPORT_FILES = (
    option("pdf", "Tulis PDF ke berkas ini.", type=FILE),
    option("xlsx", "Tulis buku kerja Excel ke berkas ini.", type=FILE),
    option("csv", "Tulis CSV ke berkas ini.", type=FILE),
)


def sheet_command(
    noun: Noun, name: str, words: str, subject: Param, sheet: SheetKind | Callable[[Transaction, int], Sheet]
) -> None:
    """Add the command that puts `subject` on paper; a kind of sheet is in clear, which is kept."""

    def find(office: Office, *actor: Actor, **given: int) -> Sheet:
        if isinstance(sheet, SheetKind):
            return unmasked_sheet(sheet, given[subject.name], office, *actor)
        return office.read(lambda tx: sheet(tx, given[subject.name]))

    noun.query(
        name,
        words,
        find,
        subject,
        option("pdf", "Tulis PDF ke berkas ini.", type=FILE),
        option("printer", "Alamat printer karcis.", default="none"),
        write=lambda _office, found, _as_json: write_sheet(found, typed("pdf"), typed("printer")),
        signed=isinstance(sheet, SheetKind),
        has_json=False,
    )


def write_files(sheet: Callable[[], Sheet], table: Callable[[], ReportPart]) -> None:
    """Write each of the files that were named (`REPORT_FILES`); without any as words.

    Raises:
        UserError: a file cannot be written, or the sheet is too long for paper.
    """
    tables = {form: typed(form.value) for form in (ReportForm.WORKBOOK, ReportForm.LIST)}
    named = {form: path for form, path in tables.items() if path is not None}
    if named:
        part = table()
        for form, path in named.items():
            write_whole(path, table_written(part, form))
    if typed("pdf") is not None or not named:
        write_sheet(sheet(), typed("pdf"))


def write_sheet(sheet: Sheet, pdf: Path | None, printer: str = "none") -> None:
    """Write a sheet on the ticket printer, into a PDF file, and without either as words.

    Raises:
        UserError: the file cannot be written, or the printer did not print.
    """
    if pdf is not None:
        write_whole(pdf, sheets.sheet_pdf(sheet))
    if printer != "none":
        result = TicketPrinter(address.parse_address(printer)).print(sheet)
        if result.outcome is talk.PrintOutcome.FAILED:
            raise UserError(
                _("Belum tercetak: {why}").format(why=result.state.word), _("Datanya tetap tersimpan.")
            )
        if result.outcome is talk.PrintOutcome.UNCONFIRMED:
            click.echo(_("Terkirim ke printer. Lihat kertasnya."), err=True)
    if pdf is None and printer == "none":
        click.echo(f"{sheet.title}  {sheet.number}")
        for row in sheet.rows:
            click.echo(f"{row.head}: {row.text}")
        if sheet.code:
            click.echo(_("Kode: {code}").format(code=sheet.code))
