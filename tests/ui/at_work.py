"""A counter at work on a share that can be pulled: Siti at counter 1, and the office as others see it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.db.rows import log_after
from tests.office import PASSWORD, open_office
from tests.ui.hanging import Cable
from tests.ui.test_hanging_windows import OpenMode
from ult_desktop.app import assemble
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.ui.counter.frame.counter_frame import CutOffBanner
from ult_desktop.ui.counter.frame.workspaces import CounterWorkspace
from ult_desktop.ui.counter.offline.notes import NoteKeeper
from ult_desktop.ui.counter.window import CounterWindow


@dataclass
class AtWork:
    """Siti at counter 1, and the office as another station sees it."""

    station: assemble.StationWindow
    path: Path
    qtbot: QtBot

    @property
    def window(self) -> CounterWindow:
        assert isinstance(self.station.window, CounterWindow)
        return self.station.window

    @property
    def workspace(self) -> CounterWorkspace:
        assert isinstance(self.window.workspace, CounterWorkspace)
        return self.window.workspace

    @property
    def banner(self) -> CutOffBanner:
        return self.window.frame.banner

    @property
    def keeper(self) -> NoteKeeper:
        keeper = self.window._services.notes
        assert keeper is not None
        return keeper

    def wait(self, fact: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(fact()))

    def sign_in(self) -> None:
        page = self.window.sign_in
        self.wait(page.button.isEnabled)
        page.officer.setCurrentIndex(page.officer.findData("siti"))
        self.qtbot.keyClicks(page.password, PASSWORD)
        self.qtbot.keyClick(page.password, Qt.Key.Key_Return)
        self.wait(lambda: self.window.session is not None and self.window.session.board is not None)

    def pull(self) -> None:
        Cable.pull()
        self.wait(lambda: self.station.link.connection is Connection.OFFLINE)

    def plug_in(self) -> None:
        Cable.plug_in()
        self.wait(lambda: self.station.link.connection is Connection.ONLINE)

    def press(self, key: Qt.Key) -> None:
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        self.qtbot.keyClick(self.window, key)

    @property
    def current(self) -> Ticket | None:
        session = self.window.session
        situation = None if session is None else session.situation()
        return None if situation is None else situation.current

    @property
    def toast(self) -> str:
        toast = self.window.frame.toast
        return toast.label.text() if not toast.isHidden() else ""

    def box(self, kind: type[Any]) -> Any:  # noqa: ANN401  (each box has parts of its own)
        """The one open box of its kind."""
        self.wait(lambda: [box for box in self.window.findChildren(kind) if box.isVisible()])
        (box,) = (box for box in self.window.findChildren(kind) if box.isVisible())
        return box

    def ticket(self, label: str) -> Ticket:
        office = open_office(self.path, "lain")
        try:
            found = office.find_ticket(label)
        finally:
            office.close()
        assert found is not None
        return found

    def kinds(self) -> list[str]:
        office = open_office(self.path, "lain")
        try:
            return [event.kind for event in office.read(lambda tx: log_after(tx, 0))]
        finally:
            office.close()


@pytest.fixture
def at_work(open_mode: OpenMode, office_file: Path, qtbot: QtBot) -> Callable[..., AtWork]:
    def begin(**how: Any) -> AtWork:  # noqa: ANN401
        there = AtWork(open_mode(assemble.Mode.COUNTER, **how), office_file, qtbot)
        there.sign_in()
        return there

    return begin
