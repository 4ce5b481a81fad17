"""The words of the status bar about printers and the lobby's voice."""

import pytest

from tests.ui.counter.samples import station
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.ui.counter.frame.counter_frame import DeviceWords, printer_words, voice_words


@pytest.mark.parametrize(
    ("stations", "words"),
    [
        ([], DeviceWords()),
        ([station("kiosk", printer="none")], DeviceWords()),
        ([station("kiosk", printer="ready")], DeviceWords("printer siap")),
        ([station("kiosk", printer="paper_low")], DeviceWords("printer: kertas hampir habis")),
        (
            [station("kiosk", printer="paper_out")],
            DeviceWords("printer KIOSK-1: kertas habis", is_ready=False),
        ),
        ([station("kiosk", printer="mystery")], DeviceWords("printer KIOSK-1: mystery", is_ready=False)),
    ],
)
def test_printers(stations: list[StationStatus], words: DeviceWords) -> None:
    assert printer_words(stations) == words


@pytest.mark.parametrize(
    ("stations", "words"),
    [
        ([station("kiosk")], DeviceWords()),
        ([station("display", voice="ready")], DeviceWords("suara siap")),
        (
            [station("display", voice="silent")],
            DeviceWords("layar TV diam: tidak ada perangkat suara", is_ready=False),
        ),
        ([station("display", voice="no_pack")], DeviceWords("layar TV: paket suara hilang", is_ready=False)),
    ],
)
def test_voice(stations: list[StationStatus], words: DeviceWords) -> None:
    assert voice_words(stations) == words
