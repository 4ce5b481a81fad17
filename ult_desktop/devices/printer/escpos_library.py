"""The only module that uses python-escpos: it makes bytes of print commands, and opens ports.

It is imported late, on the printing thread.
"""

import errno
import io
import shutil
from collections.abc import Callable
from typing import Any, TypeVar

import qrcode
from PIL import Image

from ult_desktop.core.office import logo
from ult_desktop.devices.printer import address, layout, model as printer_model, talk

# Spared are the barcode and YAML libraries, which python-escpos imports and no ticket needs.
with printer_model.spare_imports():
    from escpos import capabilities, printer

# WORKAROUND each import of escpos leaves a folder with a copy of its table in the temporary directory:
# `pickle_dir` is made by `mkdtemp()` and never deleted
# (https://github.com/python-escpos/python-escpos/blob/v3.1/src/escpos/capabilities.py). No report is known.
# It can go when the library clears it away.
shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)

QR_MILLIMETRES = 28
LOGO_MILLIMETRES = 14  # the logo's height
DOTS_PER_MILLIMETRE = 8
CORRECTION_M = 1  # GS ( k level M, 15 %


def encode(commands: tuple[layout.PrintCommand, ...], model: printer_model.PrinterModel) -> bytes:
    """Return the bytes of one ticket.

    Every ticket begins with INIT, the end of the two-byte mode and its code page. INIT brings back what the
    printer has at power-on, which is GB18030 in many cheap ones: there two bytes beyond ASCII are one
    Chinese character, until FS . ends that.
    """
    recorder = printer.Dummy(profile=model.profile)
    recorder.hw("INIT")
    _raw(recorder, b"\x1c." + _select_page(model))
    recorder.set(align="center")
    for command in commands:
        _add_command(recorder, command, model)
    return bytes(recorder.output)


def _raw(recorder: printer.Dummy, data: bytes) -> None:
    recorder._raw(data)  # noqa: SLF001 (the library has no public way to add bytes)


def _select_page(model: printer_model.PrinterModel, letters: str = "") -> bytes:
    return b"\x1bt" + bytes([model.code_page(letters)])


def _add_command(
    recorder: printer.Dummy, command: layout.PrintCommand, model: printer_model.PrinterModel
) -> None:
    match command:
        case layout.Text():
            _text(recorder, command, model)
        case layout.Rule():
            # A line of ASCII characters: every printer prints those, in every mode.
            _text(recorder, layout.Text("-" * model.columns), model)
        # ESC J, which feeds dots: the library's own `ln` feeds lines, whose height differs by model.
        case layout.Space(dots):
            _raw(recorder, b"\x1bJ" + bytes([dots]))
        case layout.Picture(png):
            recorder.image(logo.black_and_white(png, LOGO_MILLIMETRES * DOTS_PER_MILLIMETRE))
        case layout.Drawn(png):
            recorder.image(Image.open(io.BytesIO(png)))
        case layout.Qr(text):
            _qr(recorder, text, model)
        case _:  # a cut
            # The library feeds paper past the tear-off edge also for a printer without a cutter.
            recorder.cut(mode="PART")


def _text(recorder: printer.Dummy, line: layout.Text, model: printer_model.PrinterModel) -> None:
    recorder.set(
        custom_size=True,
        width=line.width,
        height=line.height,
        bold=line.bold,
        invert=line.inverse,
        smooth=(line.width > 1) if model.smooths else None,
    )
    if line.letters:
        _raw(recorder, _select_page(model, line.letters))
    _raw(recorder, printer_model.in_page(line.text, line.letters or model.letters) + b"\n")
    if line.letters:
        _raw(recorder, _select_page(model))


def _qr(recorder: printer.Dummy, text: str, model: printer_model.PrinterModel) -> None:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    modules = 17 + 4 * code.best_fit(start=1)
    size = max(3, min(8, QR_MILLIMETRES * DOTS_PER_MILLIMETRE // modules))
    # A native QR code makes a ticket of 414 bytes, a drawn one of 4.8 to 12 KB (docs/devices.md, "Ticket
    # printers").
    if model.native_qr:
        recorder.qr(text, ec=CORRECTION_M, size=size, native=True)
    else:
        code.box_size = size
        recorder.image(code.make_image().get_image())


_T = TypeVar("_T")

SERIAL_READ_SECONDS = 0.05  # each read asks for more bytes than an answer has, so it always takes this long
USB_SEND_MILLISECONDS = 2000


class LibraryConnection:
    """A connection over a printer of python-escpos, or an object with its `_raw`, `_read` and `close`.

    Whatever fails raises OSError.
    """

    def __init__(self, device: Any, can_answer: bool) -> None:  # noqa: ANN401 (the library is untyped)
        self._device = device
        self.can_answer = can_answer

    def send(self, data: bytes, deadline: talk.Deadline) -> None:
        del deadline  # the library has none: the caller's time limit ends the wait
        _call(lambda: self._device._raw(data))  # noqa: SLF001 (no public way to send ready bytes)

    def receive(self, deadline: talk.Deadline) -> bytes:
        del deadline
        try:
            return bytes(_call(self._device._read))  # noqa: SLF001
        except OSError as trouble:
            if trouble.errno == errno.ETIMEDOUT:  # how pyusb says "nothing came"
                return b""
            raise

    def close(self) -> None:
        _call(self._device.close)


def open_port(port: address.PrinterPort) -> LibraryConnection:
    """Open a printer that is not on the network; raises OSError."""
    device = _call(lambda: _device(port))
    _call(device.open)
    # Asking a file, a queue of CUPS or a spooler would wait for an answer that never comes.
    return LibraryConnection(device, can_answer=isinstance(port, address.SerialPort | address.UsbDevice))


def _device(port: address.PrinterPort) -> Any:  # noqa: ANN401
    match port:
        case address.UsbDevice(vendor, product, in_endpoint, out_endpoint):
            return printer.Usb(
                vendor, product, timeout=USB_SEND_MILLISECONDS, in_ep=in_endpoint, out_ep=out_endpoint
            )
        case address.SerialPort(device, baud):
            return printer.Serial(device, baudrate=baud, timeout=SERIAL_READ_SECONDS)
        case address.DevicePath(path):
            return printer.File(path)
        case address.CupsQueue(name):
            return printer.LP(name)
    raise OSError(errno.ENODEV, "no printer")


def _call(action: Callable[[], _T]) -> _T:
    """Run a call of the library; whatever it raises (five families of errors) becomes OSError."""
    try:
        return action()
    except OSError:
        raise
    except Exception as trouble:
        raise OSError(f"{type(trouble).__name__}: {trouble}") from trouble
