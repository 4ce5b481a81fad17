"""A kiosk's link on a share that can be taken away, with all that it said."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests import engines
from tests.db.store.postgres.cable import Cable as ServerCable
from tests.engines import as_station
from tests.office import open_office
from tests.ui.hanging import Cable
from tests.ui.kiosk.weak_offices import impatient
from tests.ui.ports import free_port
from ult_desktop.base.config import SyncConfig
from ult_desktop.base.errors import UserError
from ult_desktop.core.command import Command
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.db.queue import tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.kiosk.offline_link import KioskLink
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.link_monitor import is_outage
from ult_desktop.ui.office_link.station_setup import StationSetup

Opening = Callable[[StationSetup], Office]
TAKE = commands.IssueTicket(service_id=1, at_kiosk=True)
ONLINE, RECONNECTING = Connection.ONLINE, Connection.RECONNECTING


@pytest.fixture
def quick_to_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two and three seconds in an office; the test of the link waits for those."""
    monkeypatch.setattr("ult_desktop.core.connection.SHOWN_AFTER", 0.9)
    monkeypatch.setattr("ult_desktop.core.connection.OUTAGE_AFTER", 1.5)
    monkeypatch.setattr("ult_desktop.ui.office_link.offline_upload.RETRY_MS", 100)
    monkeypatch.setattr("ult_desktop.ui.office_link.link.REOPEN_MS", 100)


class Share:
    """The way to an office that can be taken away: its file's own folder, or the cable to its server."""

    def __init__(self, path: Path, cable: ServerCable | None) -> None:
        self.path = path
        self._cable = cable
        self._away = path.parent.with_name("away")

    def go(self) -> None:
        """An open handle of a file notices that when it writes."""
        if self._cable is None:
            self.path.parent.rename(self._away)
        else:
            self._cable.pull_out()

    def come_back(self) -> None:
        if self._cable is None:
            self._away.rename(self.path.parent)
        else:
            self._cable.put_in()


class CutKiosk:
    """A link with all that it said, and a second station that looks on."""

    def __init__(
        self, qtbot: QtBot, share: Share, opening: Opening = impatient, letter: str = "K", name: str = ""
    ) -> None:
        self.qtbot, self.share, self.path, self.letter = qtbot, share, share.path, letter
        self.name = name or f"kios-{letter}"
        self.refused: list[UserError] = []
        self.opening = opening
        self.answers: list[Any] = []
        self.start()

    def start(self, wait: bool = True) -> None:
        home = self.path.parent.with_name(f"pc-{self.name}")
        home.mkdir(exist_ok=True)
        sync = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address="127.0.0.1")
        path = as_station(self.path, "kiosk")
        place = StationSetup(path, home / "journal.db", self.name, "kiosk", sync, letter=self.letter)
        self.office = OfficeLink(place, opening=self.opening)
        self.link = KioskLink(self.office)
        self.link.refused.connect(self._hear)
        if wait:
            self.wait(lambda: self.link.connection is ONLINE and bool(self.own_letter))

    @property
    def own_letter(self) -> str:
        return "" if self.link._last_snapshot is None else self.link._last_snapshot.letter

    def wait(self, fact: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(fact)

    def take(self, command: Command = TAKE) -> Any:  # noqa: ANN401
        """Return the outcome of one touch: a label or an error."""
        count = len(self.answers)
        self.link.perform(command, self.answers.append, self.answers.append)
        self.wait(lambda: len(self.answers) > count)
        answer = self.answers[-1]
        return answer.ticket.label if isinstance(answer, IssuedTicket) else answer

    def _hear(self, error: UserError) -> None:
        """Keep what its window shows, which leaves an outage to the connection."""
        if not is_outage(error):
            self.refused.append(error)

    def close(self) -> None:
        self.link.close()
        self.office.close()

    def unplug(self) -> None:
        self.share.go()
        self.notice()

    def notice(self) -> None:
        """That the share is gone."""
        self.office.heart.beat()
        self.wait(lambda: self.office.monitor.health.is_cut)

    def plug_in(self) -> None:
        self.share.come_back()
        self.wait(lambda: self.link.connection is ONLINE)

    def labels(self) -> list[str]:
        return [ticket.label for ticket in self.tickets() if ticket.is_open]

    def tickets(self) -> tuple[Ticket, ...]:
        office = open_office(self.path, "lain")
        try:
            return office.read(_all_tickets)
        finally:
            office.close()


def _all_tickets(tx: Transaction) -> tuple[Ticket, ...]:
    return tuple(tickets.get(tx, number) for number in tx.column("SELECT id FROM ticket ORDER BY queued_at"))


@pytest.fixture
def share(tmp_path: Path, office_file: Path) -> Iterator[Share]:
    folder = tmp_path / "share"
    folder.mkdir()
    path = office_file.rename(folder / office_file.name)
    with ServerCable.laid(path.read_text()) if engines.on_server() else nullcontext() as cable:
        if cable is not None:
            path.write_text(cable.address)
        yield Share(path, cable)


@pytest.fixture
def start(qtbot: QtBot, share: Share) -> Iterator[Callable[..., CutKiosk]]:
    made: list[CutKiosk] = []
    Cable.plug_in()

    def start_it(**how: Any) -> CutKiosk:  # noqa: ANN401
        made.append(CutKiosk(qtbot, share, **how))
        return made[-1]

    yield start_it
    Cable.plug_in()
    for kiosk in made:
        kiosk.close()
