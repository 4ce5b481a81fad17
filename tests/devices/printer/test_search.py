"""Printers are found where they are: queues, device files, the network; one that hangs holds nobody up."""

import socket
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from ult_desktop.devices.printer import search
from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.search import FoundPrinter, answering_hosts, local_printers, neighbours
from ult_desktop.devices.virtual_printer.server import VirtualPrinter


def spooler(*names: tuple[str, str]) -> ModuleType:
    module = ModuleType("win32print")
    module.PRINTER_ENUM_LOCAL, module.PRINTER_ENUM_CONNECTIONS = 2, 4  # type: ignore[attr-defined]
    own = [{"pPrinterName": name, "pDriverName": driver} for name, driver in names]
    found = {(2, 2): own, (4, 1): [(0, "", r"\\LOKET-1\karcis", "")]}
    module.EnumPrinters = lambda wanted, _server, level: found[wanted, level]  # type: ignore[attr-defined]
    return module


def lpstat(folder: Path, script: str) -> None:
    program = folder / "lpstat"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)


def test_windows_queues_that_print_on_paper_are_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    adapter = SimpleNamespace(
        device="COM3", description="USB-SERIAL CH340 (COM3)", hwid="USB VID:PID=1A86:7523"
    )
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: [adapter])
    monkeypatch.setattr(sys, "platform", "win32")
    ipp = "Microsoft IPP Class Driver"
    queues = spooler(
        ("Kantor", ipp), ("EPSON TM-T82", "EPSON TM"), ("Microsoft Print to PDF", ""), ("Fax", "")
    )
    monkeypatch.setitem(sys.modules, "win32print", queues)
    found = local_printers(tmp_path / "none")
    assert [(each.address, each.is_certain) for each in found] == [
        ("win32://EPSON TM-T82", True),
        (r"win32://\\LOKET-1\karcis", True),
        ("win32://Kantor", False),
        ("serial://COM3", False),
    ]
    assert "driver IPP" in found[2].name
    assert [parse_address(each.address).text for each in found] == [each.address for each in found]


@pytest.mark.posix_only("cups")
def test_device_files_queues_of_cups_and_ports_are_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports = ("/dev/ttyS0", "ttyS0", "n/a"), ("/dev/ttyUSB0", "USB Serial", "USB VID:PID=1A86:7523")
    told = [SimpleNamespace(device=path, description=words, hwid=hwid) for path, words, hwid in ports]
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: told)
    devices = tmp_path / "usb"
    devices.mkdir()
    (devices / "lp0").touch()
    lpstat(tmp_path, "echo karcis; echo kantor")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert [each.address for each in local_printers(devices)] == [
        f"file://{devices}/lp0",
        "cups://karcis",
        "cups://kantor",
        "serial:///dev/ttyUSB0",
    ]


@pytest.mark.posix_only("cups")
def test_a_pc_without_printers_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    nothing = tmp_path / "none"
    assert local_printers(nothing) == ()
    lpstat(tmp_path, "exec /bin/sleep 60")
    monkeypatch.setattr(search, "QUEUES_S", 0.05)
    assert local_printers(nothing) == (), "a spooler that hangs is not waited for"


def test_what_answers_on_the_network_is_found() -> None:
    printer = VirtualPrinter()
    found = answering_hosts(["127.0.0.1", "127.0.0.2"], printer.port)
    printer.close()
    assert FoundPrinter(f"tcp://127.0.0.1:{printer.port}", "127.0.0.1") in found


def test_a_search_that_is_stopped_asks_nobody_more() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        assert answering_hosts(["127.0.0.1"], port, is_stopped=lambda: True) == ()
    assert answering_hosts(["127.0.0.1"], port) == (), "it is closed by now"


def test_the_neighbours_are_those_of_the_office_network() -> None:
    around = neighbours(["192.168.1.20", "192.168.1.21", "127.0.0.1"])
    assert (len(around), around[0], around[-1]) == (254, "192.168.1.1", "192.168.1.254")
    assert neighbours(["127.0.0.1"]) == ()


def test_the_own_address_is_known_without_a_packet(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(socket.inet_aton(each) for each in search.own_addresses())

    monkeypatch.setattr(search, "NOBODY", "not an address")
    assert search.own_addresses() == ()
