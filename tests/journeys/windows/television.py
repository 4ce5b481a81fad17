"""The TV in the lobby: a real window, and what somebody reads on it."""

from collections.abc import Callable
from datetime import datetime

from pytestqt.qtbot import QtBot

from tests.journeys.windows.hands import Hands, settle
from ult_desktop.base.config import DisplayConfig, StationConfig
from ult_desktop.ui.display.media.media_view import NextRow, ServiceQueueRow
from ult_desktop.ui.display.window import DisplayWindow
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.office_link.link import OfficeLink

SIZE = (1280, 720)
_HOLD_S = 0.05


class Television(Hands):
    """The window of the display; what its slides say is read whether they are in turn or not."""

    def __init__(self, qtbot: QtBot, link: OfficeLink, now: Callable[[], datetime]) -> None:
        config = StationConfig(display=DisplayConfig(voice="off", chime=False, bilingual=False))
        self.link, self.screen = (
            link,
            DisplayWindow(link, Theme.for_window("display", *SIZE), config, now, _HOLD_S),
        )
        super().__init__(qtbot, self.screen)

    def update_state(self) -> None:
        """The window's own timers, now and not within the next seconds."""
        self.screen.lobby.update_state()
        self.screen.lobby.header.clock.tick()
        self.screen.refresh()
        settle()

    @property
    def calls(self) -> tuple[str, ...]:
        """The numbers of the list of calls, newest first."""
        listed = self.screen.lobby.stage.calls
        chips = (chip.number.text() for chip in listed.chips.chips if not chip.isHidden())
        return (*listed.shown, *(chips if not listed.chips.isHidden() else ()))

    @property
    def upcoming(self) -> dict[str, list[str]]:
        """The numbers that come next, by the counters that call them."""
        rows = [row for row in self.screen.findChildren(NextRow) if not row.isHidden()]
        return {row.counters.text(): row.numbers.text().split(" · ") for row in rows}

    @property
    def queues(self) -> dict[str, str]:
        """The queue of each service on the present page of the table, in words."""
        rows = [row for row in self.screen.findChildren(ServiceQueueRow) if not row.isHidden()]
        return {row.name.text(): row.waiting.text() for row in rows}
