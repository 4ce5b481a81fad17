"""Stations are described in words, whatever their devices report."""

import pytest

from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.voice.choice import VoiceState
from ult_desktop.operations.health.stations import check_stations

NOW = 1_000_000


def told(mode: str = "counter", printer: str = "", voice: str = "") -> str:
    station = StationStatus(
        name="loket-1",
        mode=mode,
        version="1",
        printer=printer,
        voice=voice,
        seen_at=NOW,
        clock_offset_ms=0,
        letter="",
    )
    (line,) = check_stations([station], NOW)
    return line.found


@pytest.mark.parametrize("state", [*PrinterState, *VoiceState])
def test_no_state_of_a_device_is_told_by_its_key(state: PrinterState | VoiceState) -> None:
    found = told(printer=state) if isinstance(state, PrinterState) else told(voice=state)
    assert state.value not in found.replace("printer ", "").split()
    assert state.value not in found


@pytest.mark.parametrize(
    ("mode", "word"), [("kiosk", "kios 1"), ("counter", "loket 1"), ("display", "layar TV 1")]
)
def test_a_station_is_called_what_people_call_it(mode: str, word: str) -> None:
    assert f"; {word}," in told(mode=mode)
