"""The ways a printer can be connected."""

from dataclasses import dataclass


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
    """A printer that Windows knows by name; it takes raw bytes and never answers."""

    name: str


@dataclass(frozen=True)
class CupsQueue:
    """A CUPS queue; it takes raw bytes and never answers."""

    name: str


@dataclass(frozen=True)
class NoPrinter:
    """This station prints nothing, on purpose."""


PrinterPort = NetworkPort | UsbDevice | SerialPort | DevicePath | WindowsPrinter | CupsQueue | NoPrinter
