"""Each ticket and sheet is read back from each cheap printer: two-byte, slow, noisy, without cutter or QR."""

from collections.abc import Callable, Iterator

import pytest
from PIL import Image

from tests.virtual_printers import CHEAP, virtual_printer
from ult_desktop.core.sheet import Letterhead, Sheet, SheetRow
from ult_desktop.devices.printer.address import letters_of, parse_address, with_letters, with_width
from ult_desktop.devices.printer.paper import TicketPaper
from ult_desktop.devices.printer.printer import TicketPrinter, print_test
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.devices.virtual_printer.canvas import Paper
from ult_desktop.devices.virtual_printer.server import KINDS, VirtualPrinter

SHEET = Sheet(
    title="Bukti permohonan",
    number="0001/ULT/2026",
    rows=(SheetRow("Nama", "José Ma’ruf"), SheetRow("Isi", "Legalisasi ijazah · 2 lembar (± 10 menit)")),
    office=Letterhead(("UNIT LAYANAN TERPADU", "BPMP Provinsi Kalimantan Utara")),
    code="K7QX2M9D",
    notes=("Simpan bukti ini.",),
)
TWO_BYTE = [name for name, kind in KINDS.items() if kind.two_byte]


@pytest.fixture(params=CHEAP, ids=str)
def cheap(request: pytest.FixtureRequest) -> Iterator[VirtualPrinter]:
    with virtual_printer(*request.param) as virtual:
        yield virtual


def printed(virtual: VirtualPrinter, paper: TicketPaper | Sheet) -> Paper:
    before = len(virtual.papers)
    result = TicketPrinter(parse_address(virtual.address)).print(paper)
    assert result.outcome is not PrintOutcome.FAILED
    return virtual.wait_for_papers(before + 1, 20)[-1]


@pytest.mark.slow
@pytest.mark.usefixtures("unhurried_printer")
def test_every_ticket_and_sheet_is_read_back(
    cheap: VirtualPrinter, ticket: TicketPaper, read_qr: Callable[[Image.Image], str]
) -> None:
    paper = printed(cheap, ticket)
    rule = "-" * parse_address(cheap.address).model.columns
    lines = [line.text.strip() for line in paper.lines]
    assert {"A012", "K7QX-2M9D", "Terima kasih.", rule} <= set(lines)
    assert "Menunggu di depan Anda: 3" in paper.text
    assert read_qr(paper.image) == "K7QX-2M9D"
    assert paper.text.isascii()
    sheet = printed(cheap, SHEET)
    name = "Jose Ma'ruf" if "ascii" in cheap.address else "José Ma'ruf"
    assert {name, rule, "Simpan bukti ini."} <= {line.text.strip() for line in sheet.lines}
    assert read_qr(sheet.image) == "K7QX2M9D"


@pytest.mark.parametrize("name", TWO_BYTE)
def test_a_two_byte_printer_pairs_up_what_it_is_sent_without_fs(name: str, ticket: TicketPaper) -> None:
    virtual = VirtualPrinter(58, kind=KINDS[name])
    machine = virtual._server.engine
    machine.receive("─".encode("cp437") * 32 + b"\n")
    machine.tear_off()
    virtual.close()
    assert virtual.papers[0].text == "哪" * 16


@pytest.mark.usefixtures("unhurried_printer")
@pytest.mark.parametrize(
    ("name", "right"),
    [("good", {"cp437", "cp1252"}), ("two-byte", {"cp437", "cp1252"}), ("stubborn", set[str]())],
)
def test_the_test_shows_which_letters_come_out(name: str, right: set[str]) -> None:
    virtual = VirtualPrinter(58, kind=KINDS[name])
    plain = with_width(f"tcp://127.0.0.1:{virtual.port}", 58)
    assert print_test(plain).outcome is PrintOutcome.PRINTED
    (paper,) = virtual.wait_for_papers(1)
    shown = {line.text[0]: line.text[3:] for line in paper.lines if line.text[1:2] == ":"}
    assert {page for n, page in enumerate(("cp437", "cp1252"), 1) if shown[str(n)] == "éñüç ½±"} == right
    virtual.close()


@pytest.mark.parametrize(
    ("letters", "name"), [("cp437", "José · ± x"), ("cp1252", "José · ± x"), ("ascii", "Jose - ~ x")]
)
@pytest.mark.usefixtures("unhurried_printer")
def test_the_letters_that_were_chosen_come_out(letters: str, name: str) -> None:
    virtual = VirtualPrinter(58, kind=KINDS["two-byte"])
    address = with_letters(virtual.address, letters)
    assert letters_of(address) == letters
    sheet = Sheet(
        title="Uji", number="", rows=(SheetRow("Nama", "José · ± ×"),), office=Letterhead(("BPMP",))
    )
    TicketPrinter(parse_address(address)).print(sheet)
    (paper,) = virtual.wait_for_papers(1)
    assert name in paper.text
    virtual.close()
