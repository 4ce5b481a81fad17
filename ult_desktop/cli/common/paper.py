"""Sheets on paper: by the ticket printer, as a PDF file, or as words on the screen."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click

from ult_desktop.base import UserError, _
from ult_desktop.base.late import late
from ult_desktop.cli.common.asking import Noun
from ult_desktop.cli.common.parameters import asked
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.fields import field_of
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

FILES: dict[str, str] = {
    ReportForm.PDF: "Tulis PDF ke berkas ini.",
    ReportForm.WORKBOOK: "Tulis buku kerja Excel ke berkas ini.",
    ReportForm.LIST: "Tulis CSV ke berkas ini.",
}
Files = Mapping[ReportForm, Path]
ReportFiles = Annotated[Files, asked(files=FILES)]
PdfFile = Annotated[Path | None, FILES[ReportForm.PDF]]


def sheet_command(
    noun: Noun, name: str, words: str, subject: str, sheet: SheetKind | Callable[[Transaction, int], Sheet]
) -> None:
    """Add the command that puts `subject` on paper; a `SheetKind` is in clear, which is recorded.

    The officer says who looks: the papers of a complaint are not for everybody.
    """
    shown = subject.removesuffix("_id").upper()
    how = asked(field_of(subject).help, resolve=noun.how[subject].resolve, metavar=shown)

    @noun.subcommand(words, name, subject_id=how, printer=asked("Alamat printer karcis.", default="none"))
    def write(office: Office, by: Actor, subject_id: int, *, pdf: PdfFile = None, printer: str) -> None:
        if isinstance(sheet, SheetKind):
            found = unmasked_sheet(sheet, subject_id, office, by)
        else:
            found = office.read(lambda tx: sheet(tx, subject_id))
        write_sheet(found, pdf, printer)


def write_files(sheet: Callable[[], Sheet], table: Callable[[], ReportPart], files: Files) -> None:
    """Write each of the files that were named; without any, show the sheet as words.

    Raises:
        UserError: a file cannot be written, or the sheet is too long for paper.
    """
    tables = [form for form in files if form is not ReportForm.PDF]
    if tables:
        part = table()
        for form in tables:
            write_whole(files[form], table_written(part, form))
    if ReportForm.PDF in files or not files:
        write_sheet(sheet(), files.get(ReportForm.PDF))


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
        for row in (*sheet.facts, *sheet.rows):
            click.echo(f"{row.head}: {row.text}")
        if sheet.code:
            click.echo(_("Kode: {code}").format(code=sheet.code))
