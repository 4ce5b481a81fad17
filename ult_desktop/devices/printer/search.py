"""The search for this PC's printers.

Queues of Windows and CUPS, device files, and printers on the network.
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

PORT = 9100
CONNECT_S, QUEUES_S = 0.5, 5.0
# An address that nobody has, by https://www.rfc-editor.org/rfc/rfc5737.html; connecting a UDP socket only
# chooses a route.
NOBODY = "192.0.2.1"  # TEST-NET-1
_AT_ONCE = 64
DEVICES = Path("/dev/usb")
# Queues of Windows that make files; no ticket comes out of them.
_NO_PAPER = ("microsoft print to pdf", "microsoft xps", "onenote", "fax", "pdf")


@dataclass(frozen=True)
class FoundPrinter:
    """A printer that can be tried: its address as the settings take it, and what people call it."""

    address: str
    name: str


def local_printers(devices: Path = DEVICES) -> tuple[FoundPrinter, ...]:
    """Return the printers that this PC knows already; it may take seconds, and searches no network."""
    queues = _windows_queues() if sys.platform == "win32" else _cups_queues()
    files = sorted(devices.glob("lp*")) if devices.is_dir() else ()
    return (*(FoundPrinter(f"file://{path}", f"USB {path.name}") for path in files), *queues)


def _windows_queues() -> Iterator[FoundPrinter]:
    spooler = importlib.import_module("win32print")
    wanted = spooler.PRINTER_ENUM_LOCAL | spooler.PRINTER_ENUM_CONNECTIONS
    for _flags, _description, name, _comment in spooler.EnumPrinters(wanted, None, 1):
        if not any(word in name.casefold() for word in _NO_PAPER):
            yield FoundPrinter(f"win32://{name}", name)


def _cups_queues() -> Iterator[FoundPrinter]:
    if shutil.which("lpstat") is None:
        return
    try:
        told = subprocess.run(
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
    for name in told.split():
        yield FoundPrinter(f"cups://{name}", name)


def neighbours(own: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses around those that this PC has (/24, as in offices); none for loopback."""
    # 254 addresses, half a second each, 64 at a time: two seconds. A wider net would take minutes.
    networks = {IPv4Network(f"{each}/24", strict=False) for each in own if not IPv4Address(each).is_loopback}
    return tuple(str(host) for network in sorted(networks) for host in network.hosts())


def own_addresses() -> tuple[str, ...]:
    """Return this PC's address towards its network; asking the routing table sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect((NOBODY, PORT))
            return (str(asking.getsockname()[0]),)
        except OSError:
            return ()


def answering(
    hosts: Iterable[str], port: int = PORT, stopped: Callable[[], bool] = lambda: False
) -> tuple[FoundPrinter, ...]:
    """Return those of `hosts` that take a connection on `port`.

    Args:
        hosts: addresses.
        port: where printers listen.
        stopped: whether the search is to end; what was found until then is returned.
    """
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="printer-search") as pool:
        return tuple(filter(None, pool.map(partial(_try, port, stopped), hosts)))


def _try(port: int, stopped: Callable[[], bool], host: str) -> FoundPrinter | None:
    if stopped():
        return None
    try:
        socket.create_connection((host, port), CONNECT_S).close()
    except OSError:
        return None
    return FoundPrinter(f"tcp://{host}:{port}", host)
