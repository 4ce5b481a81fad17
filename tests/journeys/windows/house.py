"""One office on one file, with a kiosk in the hall and a window on every desk."""

from collections.abc import Callable  # noqa: TC003  (beside its like)
from datetime import datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.engines import as_station
from tests.journeys.bureau import PEOPLE, Bureau
from tests.journeys.windows.desk import SIZE as DESK_SIZE, OfficerWindow
from tests.journeys.windows.lobby import SIZE as KIOSK_SIZE, KioskVisitor
from tests.journeys.windows.printing import Printing
from tests.journeys.windows.television import SIZE as TV_SIZE, Television
from tests.ui.conftest import Show
from tests.ui.ports import free_port
from ult_desktop.base.config import SyncConfig
from ult_desktop.core.access.roles import Role
from ult_desktop.core.stamps import to_datetime
from ult_desktop.devices.lan_hint import LOOPBACK
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.kit.forms.drafts import DraftKeeper
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup

NAMES = {**{role: name for role, (_login, name) in PEOPLE.items()}, Role.FRONT_OFFICE: "Siti Rahmawati"}


class JourneyOffice:
    """`bureau` keeps the clock and looks on from a station of its own; the people act at their windows."""

    def __init__(self, qtbot: QtBot, show: Show, folder: Path, template: str) -> None:
        self._qtbot, self._show, self._folder = qtbot, show, folder
        self.bureau = Bureau(folder / "share", template)
        self._sync = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address=LOOPBACK)
        self._desks: list[OfficerWindow] = []
        self._televisions: list[Television] = []
        self._closing: list[Callable[[], object]] = []
        self.lobby = self._open_lobby()

    def now(self) -> datetime:
        return to_datetime(self.bureau.clock.now, self.bureau.zone)

    def later(self, minutes: float) -> None:
        """Time passes in the whole house, and every window notices it now."""
        self.bureau.later(minutes)
        watching: tuple[OfficerWindow | Television | KioskVisitor, ...]
        watching = (*self._desks, *self._televisions, self.lobby)
        for window in watching:
            window.update_state()

    def _link(self, name: str, mode: str) -> OfficeLink:
        journal = self._folder / f"journal-{name}.db"
        self.plug_in(name)
        path = as_station(self._cable(name) / self.bureau.path.name, mode)
        letter = "K" if mode == "kiosk" else ""
        place = StationSetup(path, journal, name, mode, self._sync, letter=letter)
        link = OfficeLink(place, opening=self._opening)
        self._closing.append(link.close)
        return link

    def _cable(self, name: str) -> Path:
        return self._folder / f"kabel-{name}"

    def plug_in(self, name: str) -> None:
        """The station of that name reaches the share."""
        self._cable(name).symlink_to(self.bureau.path.parent, target_is_directory=True)

    def pull(self, name: str) -> None:
        """The share is gone for this one station."""
        self._cable(name).unlink()

    def _opening(self, setup: StationSetup) -> Office:
        """Without the proof of the share's locks, which has tests of its own and takes most of a second."""
        office = Office(setup.database, setup.name, setup.journal)
        office.clock = self.bureau.clock
        return office

    def _open_lobby(self) -> KioskVisitor:
        link = self._link("KIOS-1", "kiosk")
        lobby = KioskVisitor(self._qtbot, link, self.now, self._printing(link))
        self._closing.append(lobby.alone.close)
        self._show(lobby.window, *KIOSK_SIZE)
        return lobby

    def _printing(self, link: OfficeLink) -> Printing:
        printing = Printing(link)
        self._closing.append(printing.close)
        return printing

    def television(self) -> Television:
        """The screen in the lobby."""
        link = self._link("LAYAR", "display")
        screen = Television(self._qtbot, link, self.now)
        self._show(screen.window, *TV_SIZE)
        self._televisions.append(screen)
        return screen

    def desk(self, role: Role, counter: str = "", *, prints: bool = False) -> OfficerWindow:
        """The PC of whoever has that role, signed in; `counter` begins with its name, "" is none."""
        return self.desk_of(NAMES[role], counter, prints=prints)

    def desk_of(self, officer: str, counter: str = "", *, prints: bool = False) -> OfficerWindow:
        """The PC of the officer of that name, signed in."""
        name = officer.replace(" ", "-").lower()
        link = self._link(f"pc-{name}", "counter")
        drafts = DraftKeeper(self._folder / f"drafts-{name}.db", self.now)
        self._closing.append(drafts.close)
        printing = self._printing(link) if prints else None
        services = CounterServices(drafts=drafts, print_paper=printing.desk.print_sheet if printing else None)
        desk = OfficerWindow(self._qtbot, link, self.now, services, printing)
        self._desks.append(desk)
        self._show(desk.window, *DESK_SIZE)
        desk.sign_in(officer, counter)
        return desk

    def close(self) -> None:
        for window in (*self._desks, *self._televisions):
            window.window.close()
        self.lobby.window.close()
        for close in reversed(self._closing):
            close()
        self.bureau.close()
