"""What the case commands share: a case by its number, and sheets on paper."""

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from ult_desktop.base.errors import UserError
from ult_desktop.core.sheet import Sheet
from ult_desktop.db.cases import cases
from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.operations.office.office import Office

P = ParamSpec("P")
R = TypeVar("R")


def case_named(office: Office, text: str) -> int:
    """A case by its number ("0012/ULT/2026") or its id. Raises UserError when there is none."""
    if text.isascii() and text.isdigit():
        return int(text)
    found = office.read(lambda tx: cases.by_number(tx, text.strip().upper()))
    if found is None:
        raise UserError(f"Permohonan “{text}” tidak ada.", todo="Sebut nomornya, misalnya 0012/ULT/2026.")
    return found.id


def paper_options(function: Callable[P, R]) -> Callable[P, R]:
    pdf = click.option(
        "--pdf", type=click.Path(path_type=Path, dir_okay=False), help="Tulis PDF ke berkas ini."
    )
    printer = click.option("--printer", default="none", help="Alamat printer karcis.")
    return pdf(printer(function))


def write_sheet(sheet: Sheet, pdf: Path | None, printer: str) -> None:
    """On the ticket printer, into a PDF file, and without either as words.

    Raises:
        UserError: the file cannot be written, or the printer did not print.
    """
    if pdf is not None:
        _write_pdf(sheet, pdf)
    if printer != "none":
        result = TicketPrinter(parse_address(printer)).print(sheet)
        if result.outcome is not PrintOutcome.PRINTED:
            raise UserError(f"Belum tercetak: {result.state.for_officer}", "Datanya tetap tersimpan.")
    if pdf is None and printer == "none":
        click.echo(f"{sheet.title}  {sheet.number}")
        for row in sheet.rows:
            click.echo(f"{row.head}: {row.text}")
        if sheet.code:
            click.echo(f"Kode: {sheet.code}")


def _write_pdf(sheet: Sheet, path: Path) -> None:
    from ult_desktop.reports.sheet import sheet_pdf  # noqa: PLC0415  (reportlab takes half a second to load)

    try:
        path.write_bytes(sheet_pdf(sheet))
    except OSError as error:
        raise UserError(f"{path} tidak dapat ditulis ({error}).", "Datanya tetap tersimpan.") from error
