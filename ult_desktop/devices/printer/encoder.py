"""Print commands → ESC/POS bytes, through python-escpos. Imported only on the printing thread."""

import qrcode

from ult_desktop.devices.printer.escpos_import import printer
from ult_desktop.devices.printer.layout import (
    PrintCommand,
    Qr,
    Rule,
    Space,
    Text,
)
from ult_desktop.devices.printer.model import CODE_PAGE, PrinterModel

QR_MILLIMETRES = 28
DOTS_PER_MILLIMETRE = 8
CORRECTION_M = 1  # GS ( k level M, 15 %


def encode(commands: tuple[PrintCommand, ...], model: PrinterModel) -> bytes:
    """The bytes of one ticket.

    Every ticket gets a recorder of its own and begins with INIT and its code page: the printer forgets
    its code page at INIT while the library remembers it, which garbles from the second ticket on.
    """
    tape = printer.Dummy(profile=model.profile, magic_encode_args={"encoding": CODE_PAGE, "disabled": True})
    tape.hw("INIT")
    _raw(tape, b"\x1bt" + bytes([model.code_page]))
    tape.set(align="center")
    for command in commands:
        _record(tape, command, model)
    return bytes(tape.output)


def _raw(tape: printer.Dummy, data: bytes) -> None:
    tape._raw(data)  # noqa: SLF001 (the library has no public way to add bytes)


def _record(tape: printer.Dummy, command: PrintCommand, model: PrinterModel) -> None:
    match command:
        case Text():
            _text(tape, command, model)
        case Rule():
            _text(tape, Text("─" * model.columns), model)
        case Space(dots):
            _raw(tape, b"\x1bJ" + bytes([dots]))
        case Qr(text):
            _qr(tape, text, model)
        case _:  # a cut
            # The library feeds past the tear-off edge also where there is nothing to cut with.
            tape.cut(mode="PART")


def _text(tape: printer.Dummy, line: Text, model: PrinterModel) -> None:
    tape.set(
        custom_size=True,
        width=line.width,
        height=line.height,
        bold=line.bold,
        invert=line.inverse,
        smooth=(line.width > 1) if model.smooths else None,
    )
    tape.textln(line.text)


def _qr(tape: printer.Dummy, text: str, model: PrinterModel) -> None:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    modules = 17 + 4 * code.best_fit(start=1)
    size = max(3, min(8, QR_MILLIMETRES * DOTS_PER_MILLIMETRE // modules))
    if model.native_qr:
        tape.qr(text, ec=CORRECTION_M, size=size, native=True)
    else:
        code.box_size = size
        tape.image(code.make_image().get_image())
