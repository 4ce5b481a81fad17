"""Sheets on paper: by the ticket printer, as a PDF file, or as words on the screen."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click

from ult_desktop.base import UserError, _
from ult_desktop.base.late import late
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.common.parameters import (
    InfoLike,
    Param,
    ParamInfo,
    call_with,
    make_command,
    override_infos,
    param,
    params_of_function,
)
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
from ult_desktop.reports.forms import ReportForm, table_bytes

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
ReportFiles = Annotated[Files, param(files=FILES)]
PdfFile = Annotated[Path | None, FILES[ReportForm.PDF]]


def sheet_command(
    noun: Noun, name: str, words: str, subject: str, sheet: SheetKind | Callable[[Transaction, int], Sheet]
) -> None:
    """Add the subcommand that puts the thing with the id `subject` ("case_id") on paper.

    A `SheetKind` is made in clear, and its opening is recorded. Every one asks for an officer, whose rights
    decide: the papers of a complaint are not for everybody.
    """
    metavar = subject.removesuffix("_id").upper()
    info = param(field_of(subject).help, resolve=noun.infos[subject].resolve, metavar=metavar)

    @noun.subcommand(words, name, subject_id=info, printer=param("Alamat printer karcis.", default="none"))
    def write(office: Office, by: Actor, subject_id: int, *, pdf: PdfFile = None, printer: str) -> None:
        if isinstance(sheet, SheetKind):
            made = unmasked_sheet(sheet, subject_id, office, by)
        else:
            made = office.read(lambda tx: sheet(tx, subject_id))
        write_sheet(made, pdf, printer)


def pdf_command(noun: Noun, name: str, words: str, sheet: Callable[..., Sheet], **infos: InfoLike) -> None:
    """Add the subcommand that writes a sheet as PDF, else as words; it asks for the parameters of `sheet`."""
    params = [*params_of_function(sheet, override_infos(noun.infos, infos))]
    pdf = Param("pdf", Path | None, None, ParamInfo(FILES[ReportForm.PDF]), is_option=True)

    def act(values: dict[str, Any]) -> None:
        write_sheet(call_with(sheet, params, values), values["pdf"])

    noun.add_command(make_command(name, words, (*params, pdf), act, wrapped=sheet))


def write_files(sheet: Callable[[], Sheet], table: Callable[[], ReportPart], files: Files) -> None:
    """Write each of the files that were named; without any, show the sheet as words.

    Raises:
        UserError: a file cannot be written, or the sheet is too long for paper.
    """
    tables = [form for form in files if form is not ReportForm.PDF]
    if tables:
        part = table()
        for form in tables:
            write_whole(files[form], table_bytes(part, form))
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
