"""An office that is worked at through its windows."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.journeys.windows.house import JourneyOffice
from tests.ui.conftest import Show, _nothing_left, _prepared, picture, show

__all__ = ["_nothing_left", "_prepared", "picture", "show"]

OpenHouse = Callable[[str], JourneyOffice]


@pytest.fixture
def open_house(qtbot: QtBot, show: Show, tmp_path: Path) -> Iterator[OpenHouse]:
    """Monday, 08.00 WIB, by the name of a ready-made office."""
    opened: list[JourneyOffice] = []

    def open_it(template: str) -> JourneyOffice:
        opened.append(JourneyOffice(qtbot, show, tmp_path, template))
        return opened[-1]

    yield open_it
    for house in opened:
        house.close()
