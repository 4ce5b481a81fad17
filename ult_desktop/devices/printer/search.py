"""The search for this PC's printers.

Queues of Windows and CUPS, device files, serial ports, and printers on the network.
"""

import importlib
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path
from typing import TYPE_CHECKING

from ult_desktop.base.i18n import _
from ult_desktop.base.late import late

if TYPE_CHECKING:
    from serial.tools import list_ports
else:
    list_ports = late("serial.tools.list_ports")

PORT = 9100
CONNECT_S, QUEUES_S = 0.5, 5.0
# An address that nobody has, by https://www.rfc-editor.org/rfc/rfc5737.html; connecting a UDP socket only
# chooses a route.
NOBODY = "192.0.2.1"  # TEST-NET-1
_THREADS = 64
DEVICES = Path("/dev/usb")
# The driver of Windows' protected print mode makes pictures of pages, and a ticket is a printer's own bytes:
# https://learn.microsoft.com/en-us/windows-hardware/drivers/print/modern-print-platform
_IPP = "ipp class driver"
# Queues of Windows that make files; no ticket comes out of them.
_NO_PAPER = ("microsoft print to pdf", "microsoft xps", "onenote", "fax", "pdf")


@dataclass(frozen=True)
class FoundPrinter:
    """A printer that can be tried: its address as the settings take it, and what people call it.

    `is_certain`: it is a printer, and one that takes a ticket's bytes as they are.
    """

    address: str
    name: str
    is_certain: bool = True


def local_printers(devices: Path = DEVICES) -> tuple[FoundPrinter, ...]:
    """Return the printers that this PC knows already; those that may be none come last.

    It may take seconds, and searches no network.
    """
    queues = _windows_queues() if sys.platform == "win32" else _cups_queues()
    files = sorted(devices.glob("lp*")) if devices.is_dir() else ()
    usb = (FoundPrinter(f"file://{path}", f"USB {path.name}") for path in files)
    printers = (*usb, *queues, *_serial_ports())
    return tuple(sorted(printers, key=lambda printer: not printer.is_certain))


def _windows_queues() -> Iterator[FoundPrinter]:
    spooler = importlib.import_module("win32print")
    # Level 2 has the driver, and asks another PC about a printer of its own; level 1 asks nobody.
    own = spooler.EnumPrinters(spooler.PRINTER_ENUM_LOCAL, None, 2)
    shared = spooler.EnumPrinters(spooler.PRINTER_ENUM_CONNECTIONS, None, 1)
    names_and_drivers = [(printer["pPrinterName"], printer["pDriverName"]) for printer in own]
    names_and_drivers += [(name, "") for _flags, _description, name, _comment in shared]
    for name, driver in names_and_drivers:
        if any(word in name.casefold() for word in _NO_PAPER):
            continue
        if _IPP in driver.casefold():
            words = _("{name} (driver IPP: karcis dapat kosong atau penuh tanda aneh)")
            yield FoundPrinter(f"win32://{name}", words.format(name=name), is_certain=False)
        else:
            yield FoundPrinter(f"win32://{name}", name)


def _serial_ports() -> Iterator[FoundPrinter]:
    """Yield the serial ports, those of USB adapters too. None of them says what is plugged in there."""
    try:
        ports = list_ports.comports()
    except AttributeError:
        # WORKAROUND Wine 8 lacks CM_MapCrToWin32Err, which pyserial looks for when it is loaded: without this
        # no other printer is found there. No report is known. It can go with a Wine that has the call.
        return
    for port in ports:
        if port.hwid != "n/a":  # a port of Linux without anything behind it
            scheme = "serial://" if sys.platform == "win32" else "serial:///"
            yield FoundPrinter(scheme + port.device.lstrip("/"), port.description, is_certain=False)


def _cups_queues() -> Iterator[FoundPrinter]:
    if shutil.which("lpstat") is None:
        return
    try:
        output = subprocess.run(
            # `-e` names what the network offers too, not only this PC's own queues.
            ["lpstat", "-e"],  # noqa: S607  (as the system has it)
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=QUEUES_S,
            check=False,
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return
    for name in output.split():
        yield FoundPrinter(f"cups://{name}", name)


def neighbours(own: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses around those that this PC has (/24, as in offices); none for loopback."""
    # 254 addresses, half a second each, 64 at a time: two seconds. A wider net would take minutes.
    on_network = (address for address in own if not IPv4Address(address).is_loopback)
    networks = {IPv4Network(f"{address}/24", strict=False) for address in on_network}
    return tuple(str(host) for network in sorted(networks) for host in network.hosts())


def own_addresses() -> tuple[str, ...]:
    """Return this PC's address towards its network; asking the routing table sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect((NOBODY, PORT))
            return (str(asking.getsockname()[0]),)
        except OSError:
            return ()


def answering_hosts(
    hosts: Iterable[str], port: int = PORT, is_stopped: Callable[[], bool] = lambda: False
) -> tuple[FoundPrinter, ...]:
    """Return those of `hosts` that take a connection on `port`.

    Args:
        hosts: addresses.
        port: where printers listen.
        is_stopped: whether the search is to end; what was found until then is returned.
    """
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="printer-search") as pool:
        return tuple(filter(None, pool.map(partial(_try_host, port, is_stopped), hosts)))


def _try_host(port: int, is_stopped: Callable[[], bool], host: str) -> FoundPrinter | None:
    if is_stopped():
        return None
    try:
        socket.create_connection((host, port), CONNECT_S).close()
    except OSError:
        return None
    return FoundPrinter(f"tcp://{host}:{port}", host)
