"""One kiosk on the bench for each test, upright, in front of BPMP Kalimantan Utara."""

from collections.abc import Callable, Iterator

import pytest

from tests.ui.conftest import Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import CALM, Bench, bench
from ult_desktop.config import StationConfig
from ult_desktop.core.boards import KioskBoard
from ult_desktop.ui.kiosk.times import KioskTimes
from ult_desktop.ui.theme import Theme

SetUp = Callable[..., Bench]


@pytest.fixture
def set_up(show: Show) -> Iterator[SetUp]:
    """Makes a kiosk with the times, the board and the settings that a test wants."""
    made: list[Bench] = []

    def make(
        board: KioskBoard | None = None,
        times: KioskTimes = CALM,
        config: StationConfig | None = None,
    ) -> Bench:
        theme = Theme.for_window("kiosk", 1080, 1920)
        stand = bench(board or samples.board(), theme, times, config)
        made.append(stand)
        show(stand.window, 1080, 1920)
        return stand

    yield make
    for stand in made:
        stand.window._locked = False
        stand.window.close()


@pytest.fixture
def kiosk(set_up: SetUp) -> Bench:
    return set_up()
