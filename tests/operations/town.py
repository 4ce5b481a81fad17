"""An office with two kiosks and a counter, each on a PC of its own, and a disk for its backups."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.clocks import undoubted
from tests.db.rows import log_after
from tests.office import make_office, open_office, sign_in
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import PriorityReason, Ticket
from ult_desktop.db.backup import backup_folder
from ult_desktop.operations.backup.restoring import RestoreRequest
from ult_desktop.operations.office.office import Office

if TYPE_CHECKING:
    from ult_desktop.core.command import Command


class Town:
    """An office with two kiosks and a counter, each with its journal on its own PC, and a backup disk."""

    def __init__(self, folder: Path) -> None:
        self.path = make_office(folder / "share")
        self.disk = folder / "disk"
        self.disk.mkdir()
        self.pcs = {name: folder / name for name in ("kios-1", "kios-2", "loket-1")}
        self.offices = {name: self.open(name) for name in self.pcs}
        self.uid = self.offices["kios-1"].uid
        self.papers: list[str] = []

    def open(self, name: str) -> Office:
        return Office(self.path, name, self.pcs[name] / f"journal-{name}.db", timeout_s=5)

    def take(self, kiosk: str, service: int = 1, priority: PriorityReason | None = None) -> Ticket:
        """A visitor touches a kiosk; no two in the same millisecond."""
        command = commands.IssueTicket(service_id=service, priority=priority)
        ticket: Ticket = self.offices[kiosk].perform(command, Actor(station=kiosk)).ticket
        self.papers.append(f"{ticket.id} {ticket.label} {ticket.code}")
        time.sleep(0.002)
        return ticket

    def serve(self) -> str:
        """The counter calls somebody and is done with him; who it was."""
        desk = self.offices["loket-1"]
        officer = sign_in(desk)
        asks: tuple[Command, ...] = (
            commands.StaffCounter(counter=1),
            commands.CallNext(counter=1),
            commands.Arrive(counter=1),
        )
        for command in asks:
            desk.perform(command, officer)
        return str(desk.perform(commands.Finish(counter=1), officer).label)

    def back_up(self) -> Path:
        return backup_folder.make_backup(self.path, self.disk, undoubted(self.now)).path

    @property
    def now(self) -> int:
        return self.offices["kios-1"].clock()

    def close(self) -> None:
        for office in self.offices.values():
            office.close()

    def wish(
        self, *carried: str, force: bool = False, source: Path | None = None, silent_ms: int = 0
    ) -> RestoreRequest:
        """Restored on the counter's PC after such a silence; the other PCs' journals are carried there."""
        return RestoreRequest(
            office_file=self.path,
            source=source or self.disk,
            own=self.pcs["loket-1"],
            carried=tuple(self.pcs[name] for name in carried),
            force=force,
            now=self.now + silent_ms,
            station="loket-1-cli",
        )

    def tickets(self) -> list[str]:
        desk = open_office(self.path, "pembaca")
        found = desk.read(lambda tx: tx.rows("SELECT id, label, code FROM ticket ORDER BY id"))
        desk.close()
        return [f"{number} {label} {code}" for number, label, code in found]

    def log(self) -> list[tuple[int, str, str, int]]:
        desk = open_office(self.path, "pembaca")
        found = desk.read(lambda tx: log_after(tx, 0))
        desk.close()
        return [(event.seq, event.request, event.kind, event.subject) for event in found]


def busy_day(town: Town) -> None:
    """Two tickets before the backup; four more and a visitor served after it."""
    town.take("kios-1")
    town.take("kios-2", service=2)
    town.back_up()
    town.take("kios-2")
    town.take("kios-1", priority=PriorityReason.ELDERLY)
    town.serve()
    town.take("kios-1")
    town.take("kios-2")
