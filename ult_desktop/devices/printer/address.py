"""The address of a printer and its abilities, from the one line an IT person writes into the settings."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode

from ult_desktop.base import UserError, _
from ult_desktop.base.errors import WrongSettings
from ult_desktop.devices.printer.model import LETTERS, USUAL_LETTERS, PrinterModel, known_profiles, model_for


@dataclass(frozen=True)
class NetworkPort:
    """A printer in the office network, as a rule on port 9100."""

    host: str
    port: int


@dataclass(frozen=True)
class UsbDevice:
    """A printer on USB, by maker, product and the two endpoints it talks over."""

    vendor: int
    product: int
    in_endpoint: int
    out_endpoint: int


@dataclass(frozen=True)
class SerialPort:
    """A printer on a serial line."""

    device: str
    baud: int


@dataclass(frozen=True)
class DevicePath:
    """A device file such as /dev/usb/lp0, or a plain file; it takes bytes and never answers."""

    path: str


@dataclass(frozen=True)
class WindowsPrinter:
    """A printer that Windows knows by name; its queue takes raw bytes and reports the printer's state."""

    name: str


@dataclass(frozen=True)
class CupsQueue:
    """A CUPS queue; it takes raw bytes and never answers."""

    name: str


@dataclass(frozen=True)
class NoPrinter:
    """The choice that this station prints nothing."""


PrinterPort = NetworkPort | UsbDevice | SerialPort | DevicePath | WindowsPrinter | CupsQueue | NoPrinter


_HOST = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:(?P<port>[0-9]+))?")
_USB = re.compile(r"(?P<vendor>[0-9A-Fa-f]{4}):(?P<product>[0-9A-Fa-f]{4})")
_DRIVE = re.compile(r"/[A-Za-z]:|/COM[0-9]+$", re.IGNORECASE)
WIDE, NARROW = 80, 58  # millimetres
_WIDTHS = (str(WIDE), str(NARROW))
_QR = {"native": True, "picture": False}

_Options = dict[str, str]


@dataclass(frozen=True)
class PrinterAddress:
    """A printer that can be opened: its port and its model."""

    text: str
    port: PrinterPort
    model: PrinterModel


def parse_address(text: str) -> PrinterAddress:
    """Read "tcp://192.168.1.50", "usb://04b8:0202", "serial:///dev/ttyUSB0?baud=9600" and the like.

    Every address takes `?width=80|58`, `?profile=TM-T88V`, `?qr=native|picture` and
    `?letters=cp437|cp1252|ascii`.

    Raises:
        UserError: names the wrong part and the form that was expected.
    """
    address, _mark, query = text.strip().partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    options = dict(pairs)
    if len(pairs) != len(options):
        raise _wrong_address(text, _("ada pilihan yang ditulis dua kali"), "")
    scheme, separator, target = address.partition("://")
    if address.lower() == "none":
        scheme, separator = "none", "://"
    parse_port = _PARSERS.get(scheme.lower())
    if parse_port is None or not separator:
        raise _wrong_address(text, _("jenisnya tidak dikenal"), ", ".join(_FORMS.values()))
    # Each of the two takes its options out; one that is left belongs to neither.
    port = parse_port(unquote(target), options, text)
    model = _take_model(options, text)
    if options:
        raise _wrong_address(text, _("pilihan “{name}” tidak dikenal").format(name=min(options)), "")
    return PrinterAddress(text.strip(), port, model)


def with_width(text: str, width: int) -> str:
    """Return the address with its width set to 80 or 58 mm; its other options stay."""
    return _with_option(text, "width", "" if width == WIDE else str(width))


def with_letters(text: str, letters: str) -> str:
    """Return the address with its letters set to these; its other options stay."""
    return _with_option(text, "letters", "" if letters == USUAL_LETTERS else letters)


def _with_option(text: str, name: str, value: str) -> str:
    """Return the address with an option set to a value; "" removes the option."""
    address, _mark, query = text.partition("?")
    options = [(other, old) for other, old in parse_qsl(query) if other != name]
    if value:
        options.append((name, value))
    return f"{address}?{urlencode(options)}" if options else address


def width_of(text: str) -> int:
    """Return the paper's width in millimetres, as the address says."""
    value = dict(parse_qsl(text.partition("?")[2])).get("width")
    return NARROW if value == str(NARROW) else WIDE


def letters_of(text: str) -> str:
    """Return the letters that the printer has, as the address says."""
    value = dict(parse_qsl(text.partition("?")[2])).get("letters", "")
    return value if value in LETTERS else USUAL_LETTERS


def _wrong_address(text: str, what: str, form: str) -> UserError:
    """Return the error for an address: `what` is wrong in it, and the `form` that is expected ("": none)."""
    todo = _("Tulis seperti ini: {form}").format(form=form) if form else ""
    return WrongSettings(_("Alamat printer “{text}”: {what}.").format(text=text, what=what), todo=todo)


# The functions below read the parts of an address; `text` is the whole of it, for the error.
def _take_number(options: _Options, name: str, default: str, text: str) -> int:
    """Take a whole number above zero, decimal or 0x…, out of the options."""
    value, number = options.pop(name, default), 0
    if re.fullmatch(r"0x[0-9A-Fa-f]{1,4}|[0-9]{1,7}", value):
        number = int(value, 16 if "x" in value else 10)
    if number < 1:
        what = _("{name} “{value}” bukan bilangan yang sah").format(name=name, value=value)
        raise _wrong_address(text, what, f"{name}={default}")
    return number


def _take_choice(options: _Options, name: str, choices: tuple[str, ...], text: str) -> str:
    """Take one of the choices out of the options; "" where the option is not there."""
    value = options.pop(name, "")
    if value and value not in choices:
        what = _("{name} “{value}” tidak dikenal").format(name=name, value=value)
        raise _wrong_address(text, what, f"{name}={'|'.join(choices)}")
    return value


def _take_model(options: _Options, text: str) -> PrinterModel:
    width = int(_take_choice(options, "width", _WIDTHS, text) or _WIDTHS[0])
    profile = _take_choice(options, "profile", known_profiles(), text)
    qr = _take_choice(options, "qr", tuple(_QR), text)
    letters = _take_choice(options, "letters", LETTERS, text) or USUAL_LETTERS
    return model_for(profile, width, _QR.get(qr), letters)


def _network_port(target: str, _options: _Options, text: str) -> PrinterPort:
    match = _HOST.fullmatch(target.rstrip("/"))
    if match is None:
        raise _wrong_address(text, _("nama atau alamat IP printer tidak terbaca"), _FORMS["tcp"])
    port = int(match["port"] or 9100)
    if not 0 < port < 65536:
        raise _wrong_address(text, _("port harus 1 sampai 65535"), _FORMS["tcp"])
    return NetworkPort(match["host"].strip("[]"), port)


def _usb_device(target: str, options: _Options, text: str) -> PrinterPort:
    match = _USB.fullmatch(target)
    if match is None:
        raise _wrong_address(text, _("nomor pembuat dan produk USB tidak terbaca"), _FORMS["usb"])
    return UsbDevice(
        int(match["vendor"], 16),
        int(match["product"], 16),
        _take_number(options, "in", "0x82", text),
        _take_number(options, "out", "0x01", text),
    )


def _serial_port(target: str, options: _Options, text: str) -> PrinterPort:
    device = _required_name(_local_name(target), _("nama port tidak ada"), "serial", text)
    return SerialPort(device, _take_number(options, "baud", "9600", text))


def _device_path(target: str, _options: _Options, text: str) -> PrinterPort:
    missing = _("nama berkas atau perangkat tidak ada")
    return DevicePath(_required_name(_local_name(target), missing, "file", text))


def _windows_printer(target: str, _options: _Options, text: str) -> PrinterPort:
    return WindowsPrinter(_required_name(target, _("nama printer tidak ada"), "win32", text))


def _cups_queue(target: str, _options: _Options, text: str) -> PrinterPort:
    return CupsQueue(_required_name(target, _("nama antrean CUPS tidak ada"), "cups", text))


def _local_name(target: str) -> str:
    """Return a local name: the slash before "C:" and "COM3" belongs to the address, not to the name."""
    return target[1:] if _DRIVE.match(target) else target


def _required_name(name: str, missing: str, scheme: str, text: str) -> str:
    if not name.strip("/ "):
        raise _wrong_address(text, missing, _FORMS[scheme])
    return name


_PARSERS: dict[str, Callable[[str, _Options, str], PrinterPort]] = {
    "tcp": _network_port,
    "usb": _usb_device,
    "serial": _serial_port,
    "file": _device_path,
    "win32": _windows_printer,
    "cups": _cups_queue,
    "none": lambda *_given: NoPrinter(),
}
_FORMS = {
    "tcp": "tcp://192.168.1.50:9100",
    "usb": "usb://04b8:0202",
    "serial": "serial:///dev/ttyUSB0?baud=9600",
    "file": "file:///dev/usb/lp0",
    "win32": "win32://EPSON TM-T82",
    "cups": "cups://karcis",
    "none": "none",
}
