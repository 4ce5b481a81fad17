"""One virtual printer and one ticket for every test of the real one."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.virtual_printers import virtual_printer
from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.paper import TicketPaper
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.devices.virtual_printer.server import VirtualPrinter


@pytest.fixture
def ticket() -> TicketPaper:
    return TicketPaper(
        office=("UNIT LAYANAN TERPADU", "BPMP Provinsi Kalimantan Utara"),
        label="A012",
        service="Informasi & Konsultasi",
        issued="Sabtu, 21 November 2026  09.41 WITA",
        code="K7QX-2M9D",
        ahead="Menunggu di depan Anda: 3 (10–20 menit, kira-kira pukul 09.55)",
        notes=("Harap menunggu nomor Anda dipanggil.", "Layanan ini tidak dipungut biaya."),
    )


@pytest.fixture
def device() -> Iterator[VirtualPrinter]:
    with virtual_printer() as virtual:
        yield virtual


@pytest.fixture
def printer(device: VirtualPrinter) -> TicketPrinter:
    return TicketPrinter(parse_address(device.address))


@pytest.fixture
def read_qr(tmp_path: Path) -> Callable[[Image.Image], str]:
    """Reads a QR code with zbar, which this project did not write."""

    def read(image: Image.Image) -> str:
        picture = tmp_path / "paper.png"
        image.save(picture)
        command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(picture)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    return read
