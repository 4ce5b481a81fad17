"""Sheets, tables and reports: on the ticket printer, in files, or in words."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click
import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.late import late
from ult_desktop.cli.common import session
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
from ult_desktop.core.figures.report import PeriodReport, ReportPart
from ult_desktop.core.sheet import Letterhead, Sheet, SheetKind
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.devices.printer import address, talk
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.personal import unmasked_sheet
from ult_desktop.reports.files import write_whole
from ult_desktop.reports.forms import ReportForm, report_bytes, table_bytes

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
    """Write the table or the sheet into each of the files that were named; without any, the sheet as words.

    Raises:
        UserError: a file cannot be written, or the sheet is too long for paper.
    """
    table_files: Files = {form: path for form, path in files.items() if form is not ReportForm.PDF}
    if table_files:
        write_table(table(), table_files)
    if ReportForm.PDF in files or not files:
        write_sheet(sheet(), files.get(ReportForm.PDF))


def write_report(report: PeriodReport, files: Files, as_json: bool, answer: object = None) -> None:
    """Write the report into the files that were named, and as JSON; with neither in words.

    The JSON is the `answer`, else the report itself without its logo.
    """
    for form, path in files.items():
        write_whole(path, report_bytes(report, form))
    if as_json:
        without_logo = msgspec.structs.replace(report, office=Letterhead(report.office.lines))
        session.write_json(without_logo if answer is None else answer)
    elif not files:
        show_report(report)


def show_report(report: PeriodReport) -> None:
    """Write a report in words: its figures, its tables, its notes."""
    click.echo(report.heading)
    for tile in report.tiles:
        click.echo(f"{tile.column.head}: {tile.column.in_words(tile.value)}  {tile.change}".rstrip())
    for part in report.parts:
        click.echo()
        write_table(part, {})


def write_table(part: ReportPart, files: Files) -> None:
    """Write a table into the files that were named; without any in words, a row a line."""
    for form, path in files.items():
        write_whole(path, table_bytes(part, form))
    if files:
        return
    click.echo(part.title)
    lines = list[str]()
    for row in part.rows:
        cells = zip(part.columns[1:], row[1:], strict=True)  # the first column is the row's name
        words = ", ".join(f"{column.head} {column.in_words(value)}" for column, value in cells)
        lines.append(f"{part.name_of(row)}: {words}")
    click.echo(part.note or "\n".join(lines))


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
