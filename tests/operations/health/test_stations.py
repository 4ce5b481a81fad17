"""Stations are described in words, whatever their devices report."""

import pytest

from ult_desktop import __version__
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.voice.choice import VoiceState
from ult_desktop.operations.health.check_result import CheckResult
from ult_desktop.operations.health.stations import check_stations

NOW = 1_000_000


def checked(mode: str = "counter", printer: str = "", voice: str = "") -> CheckResult:
    station = StationStatus(
        name="loket-1",
        mode=mode,
        version=__version__,
        printer=printer,
        voice=voice,
        seen_at=NOW,
        clock_offset_ms=0,
        letter="",
    )
    (line,) = check_stations([station], NOW)
    return line


@pytest.mark.parametrize("state", [*PrinterState, *VoiceState])
def test_no_state_of_a_device_is_told_by_its_key(state: PrinterState | VoiceState) -> None:
    line = checked(printer=state) if isinstance(state, PrinterState) else checked(voice=state)
    for words in (line.found, line.todo):
        assert state.value not in words.replace("printer ", "").split()
        assert state.value not in words


@pytest.mark.parametrize("state", PrinterState)
def test_a_printer_that_cannot_print_needs_attention(state: PrinterState) -> None:
    is_well = state.can_print or state is PrinterState.NONE
    assert checked("kiosk", printer=state).level == ("ok" if is_well else "warn")


@pytest.mark.parametrize("state", VoiceState)
def test_a_voice_that_is_not_heard_needs_attention(state: VoiceState) -> None:
    assert checked("display", voice=state).level == ("ok" if state is VoiceState.READY else "warn")


def test_what_to_do_names_the_device() -> None:
    assert checked("kiosk", printer=PrinterState.PAPER_OUT).todo == "Printer: kertas habis."
    assert checked("display", voice=VoiceState.SILENT).todo == "Suara: tidak ada perangkat suara."


@pytest.mark.parametrize(("mode", "word"), [("kiosk", "kios"), ("counter", "loket"), ("display", "layar TV")])
def test_a_station_is_called_what_people_call_it(mode: str, word: str) -> None:
    assert f"; {word} {__version__}," in checked(mode=mode).found
