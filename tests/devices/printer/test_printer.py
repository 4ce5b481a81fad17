"""The printer's troubles, each told apart and in time; the virtual printer is at the other end."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PIL import Image

from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.paper import TicketPaper
from ult_desktop.devices.printer.printer import GRACE_SECONDS, TALK_SECONDS, TicketPrinter
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.devices.virtual_printer.server import VirtualPrinter

Trouble = Callable[[VirtualPrinter], None]
MUCH_SOONER_THAN_THE_LIBRARY_S = 20.0  # which waits for a minute


@pytest.fixture
def as_patient_as_needed(request: pytest.FixtureRequest, trouble: Trouble) -> None:
    """Only a printer that hangs is given up."""
    if trouble is not VirtualPrinter.hang:
        request.getfixturevalue("unhurried_printer")


def test_three_seconds_are_enough_for_every_trouble() -> None:
    assert TALK_SECONDS + GRACE_SECONDS < 3


@pytest.mark.usefixtures("unhurried_printer")
def test_a_ticket_comes_out(printer: TicketPrinter, device: VirtualPrinter, ticket: TicketPaper) -> None:
    assert printer.print(ticket).outcome is PrintOutcome.PRINTED
    text = device.wait_for_papers(1)[0].text
    assert "A012" in text
    assert "Menunggu di depan Anda: 3\n(10-20 menit, kira-kira pukul 09.55)" in text


@pytest.mark.usefixtures("unhurried_printer")
def test_the_second_ticket_is_not_garbled(
    printer: TicketPrinter, device: VirtualPrinter, ticket: TicketPaper
) -> None:
    accented = replace(ticket, service="Kafé ± Ñusa · 12°")
    for _ in range(3):
        printer.print(accented)
    texts = [paper.text for paper in device.wait_for_papers(3)]
    assert "Kafé ± Ñusa · 12°" in texts[0]
    assert texts[0] == texts[1] == texts[2]


@pytest.mark.posix_only("zbar")
@pytest.mark.usefixtures("unhurried_printer")
@pytest.mark.parametrize("width", [58, 80])
@pytest.mark.parametrize("qr", ["native", "picture"])
def test_the_qr_is_read_back_from_the_paper(
    width: int, qr: str, ticket: TicketPaper, read_qr: Callable[[Image.Image], str]
) -> None:
    device = VirtualPrinter(width)
    survey = replace(ticket, survey_url="https://ult-kaltara.example.go.id/survei-kepuasan")
    result = TicketPrinter(parse_address(f"{device.address}&qr={qr}")).print(survey)
    image = device.wait_for_papers(1)[0].image
    device.close()
    assert (result.outcome, device.refused) == (PrintOutcome.PRINTED, [])
    assert read_qr(image) == survey.qr


@pytest.mark.slow
@pytest.mark.usefixtures("as_patient_as_needed")
@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (VirtualPrinter.restore, PrinterState.READY),
        (VirtualPrinter.paper_low, PrinterState.PAPER_LOW),
        (VirtualPrinter.paper_out, PrinterState.PAPER_OUT),
        (VirtualPrinter.cover_open, PrinterState.COVER_OPEN),
        (VirtualPrinter.hang, PrinterState.NO_ANSWER),
        (VirtualPrinter.hang_up, PrinterState.OFFLINE),
        (VirtualPrinter.vanish, PrinterState.OFFLINE),
    ],
)
def test_every_trouble_is_told_apart_in_time(
    printer: TicketPrinter, device: VirtualPrinter, trouble: Trouble, state: PrinterState
) -> None:
    trouble(device)
    begun = time.monotonic()
    assert printer.ask() is state
    assert time.monotonic() - begun < MUCH_SOONER_THAN_THE_LIBRARY_S


@pytest.mark.slow
@pytest.mark.usefixtures("as_patient_as_needed")
@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (VirtualPrinter.paper_out, PrinterState.PAPER_OUT),
        (VirtualPrinter.cover_open, PrinterState.COVER_OPEN),
        (VirtualPrinter.hang, PrinterState.NO_ANSWER),
        (VirtualPrinter.vanish, PrinterState.OFFLINE),
    ],
)
def test_a_failed_ticket_never_comes_out_later(
    printer: TicketPrinter, device: VirtualPrinter, ticket: TicketPaper, trouble: Trouble, state: PrinterState
) -> None:
    trouble(device)
    result = printer.print(ticket)
    assert (result.outcome, result.state) == (PrintOutcome.FAILED, state)
    device.restore()
    assert printer.print(replace(ticket, label="A013")).outcome is PrintOutcome.PRINTED
    assert ["A013" in paper.text for paper in device.wait_for_papers(1)] == [True]


@pytest.mark.slow
@pytest.mark.usefixtures("as_patient_as_needed")
@pytest.mark.parametrize(
    ("trouble", "outcome", "state"),
    [
        (VirtualPrinter.paper_out, PrintOutcome.FAILED, PrinterState.PAPER_OUT),
        (VirtualPrinter.hang, PrintOutcome.UNCONFIRMED, PrinterState.NO_ANSWER),
        (VirtualPrinter.vanish, PrintOutcome.UNCONFIRMED, PrinterState.OFFLINE),
    ],
)
def test_trouble_in_the_middle_of_a_ticket(
    printer: TicketPrinter,
    device: VirtualPrinter,
    ticket: TicketPaper,
    trouble: Callable[[VirtualPrinter, int], None],
    outcome: PrintOutcome,
    state: PrinterState,
) -> None:
    printer.warm_up()
    trouble(device, 200)
    begun = time.monotonic()
    result = printer.print(ticket)
    assert (result.outcome, result.state) == (outcome, state)
    assert time.monotonic() - begun < MUCH_SOONER_THAN_THE_LIBRARY_S
    device.vanish()  # what the printer still held is gone


def test_a_name_that_nobody_knows_is_offline(ticket: TicketPaper) -> None:
    printer = TicketPrinter(parse_address("tcp://nama-salah.invalid"))
    result = printer.print(ticket)
    assert (result.outcome, result.state) == (PrintOutcome.FAILED, PrinterState.OFFLINE)
    assert result.detail


def test_no_printer_prints_nothing(ticket: TicketPaper) -> None:
    printer = TicketPrinter(parse_address("none"))
    assert printer.ask() is PrinterState.NONE
    assert printer.print(ticket).state is PrinterState.NONE


def test_without_a_printer_its_library_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[object] = []
    monkeypatch.setattr(TicketPrinter, "_encode", lambda _self, commands: encoded.append(commands))
    TicketPrinter(parse_address("none")).warm_up()
    assert encoded == []
    TicketPrinter(parse_address("tcp://127.0.0.1")).warm_up()
    assert encoded == [()]
