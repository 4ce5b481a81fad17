"""Sheets on the ticket printer: receipt, appointment slip, registration, disposition."""

from ult_desktop.core.sheet import Sheet, SheetRow
from ult_desktop.devices.printer.layout import (
    Cut,
    PrintCommand,
    Qr,
    Rule,
    Space,
    Text,
    layout,
)
from ult_desktop.devices.printer.model import PrinterModel
from ult_desktop.devices.printer.paper import TicketPaper
from ult_desktop.devices.printer.text import sanitise, wrap_text

Paper = TicketPaper | Sheet


def commands(paper: Paper, model: PrinterModel) -> tuple[PrintCommand, ...]:
    """The commands that print a ticket or a sheet on `model`, from the top."""
    return sheet_layout(paper, model) if isinstance(paper, Sheet) else layout(paper, model)


def sheet_layout(sheet: Sheet, model: PrinterModel) -> tuple[PrintCommand, ...]:
    """Centred like a ticket: each head small, its text below it in bold; nothing is cut off."""
    first, *others = sheet.office or ("",)
    return (
        *_block(first, model, height=2, bold=True),
        *(line for other in others for line in _block(other, model)),
        Rule(),
        *_block(sheet.title, model, height=2, bold=True),
        *_block(sheet.number, model, bold=True),
        Space(16),
        *(line for row in sheet.rows for line in _row(row, model)),
        *_code(sheet.code, model),
        *(line for text in sheet.notes for line in _block(text, model)),
        Cut(),
    )


def _block(text: str, model: PrinterModel, height: int = 1, *, bold: bool = False) -> tuple[Text, ...]:
    lines = (line for part in text.splitlines() for line in wrap_text(part, model.columns))
    return tuple(Text(line, height=height, bold=bold) for line in lines)


def _row(row: SheetRow, model: PrinterModel) -> tuple[PrintCommand, ...]:
    return (*_block(row.head, model), *_block(row.text, model, bold=True), Space(8))


def _code(code: str, model: PrinterModel) -> tuple[PrintCommand, ...]:
    """The QR and, for people, the code in letters; only the letters where no QR can be printed."""
    if not code:
        return ()
    qr = (Space(16), Qr(code)) if model.native_qr or model.picture_qr else ()
    return (*qr, Space(12), Text(sanitise(code), bold=True), Space(12))
