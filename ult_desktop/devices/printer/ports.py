"""USB, serial, file and CUPS through python-escpos, and Windows. Imported only on the printing thread."""

import errno
from collections.abc import Callable
from typing import Any, TypeVar

from ult_desktop.devices.printer.escpos_import import printer as library
from ult_desktop.devices.printer.printer_port import (
    CupsQueue,
    DevicePath,
    PrinterPort,
    SerialPort,
    UsbDevice,
    WindowsPrinter,
)
from ult_desktop.devices.printer.wire import Deadline

_T = TypeVar("_T")

SERIAL_READ_SECONDS = 0.05  # a read of the library waits this long for more than one answer has
USB_SEND_MILLISECONDS = 2000


class LibraryConnection:
    """A line over a device of python-escpos or one like it; every trouble of it leaves here as OSError."""

    def __init__(self, device: Any, talks: bool) -> None:  # noqa: ANN401 (the library is untyped)
        self._device = device
        self.talks = talks

    def send(self, data: bytes, deadline: Deadline) -> None:
        del deadline  # the library knows none: the caller's patience ends the wait
        _call(lambda: self._device._raw(data))  # noqa: SLF001 (no public way to send ready bytes)

    def receive(self, deadline: Deadline) -> bytes:
        del deadline
        try:
            return bytes(_call(self._device._read))  # noqa: SLF001
        except OSError as trouble:
            if trouble.errno == errno.ETIMEDOUT:  # how pyusb says "nothing came"
                return b""
            raise

    def close(self) -> None:
        _call(self._device.close)


def open_port(place: PrinterPort) -> LibraryConnection:
    """Open a printer that is not on the network; raises OSError."""
    device = _call(lambda: _device(place))
    _call(device.open)
    return LibraryConnection(device, talks=isinstance(place, SerialPort | UsbDevice))


def _device(place: PrinterPort) -> Any:  # noqa: ANN401
    match place:
        case UsbDevice(vendor, product, in_endpoint, out_endpoint):
            return library.Usb(
                vendor,
                product,
                timeout=USB_SEND_MILLISECONDS,
                in_ep=in_endpoint,
                out_ep=out_endpoint,
            )
        case SerialPort(device, baud):
            return library.Serial(device, baudrate=baud, timeout=SERIAL_READ_SECONDS)
        case DevicePath(path):
            return library.File(path)
        case WindowsPrinter(name):
            # pywin32 is there on Windows alone
            from ult_desktop.devices.printer.windows_queue import WindowsQueue  # noqa: PLC0415

            return WindowsQueue(name)
        case CupsQueue(name):
            return library.LP(name)
    raise OSError(errno.ENODEV, "no printer")


def _call(action: Callable[[], _T]) -> _T:
    """Run a call of the library; whatever it raises (five families of errors) becomes OSError."""
    try:
        return action()
    except OSError:
        raise
    except Exception as trouble:
        raise OSError(f"{type(trouble).__name__}: {trouble}") from trouble
