"""Offices whose share does what a real one did: silent, late, gone in the middle of a merge."""

from typing import Any

from typing_extensions import override

from tests.ui.hanging import Cable
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Command
from ult_desktop.core.offline import MergeTicket
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.db.store.errors import file_missing
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.office_link.station_setup import StationSetup


def impatient(setup: StationSetup) -> Office:
    """Gives a silent share up soon, where a real one waits fifteen seconds."""
    return Office(setup.database, setup.name, setup.journal, timeout_s=3)


class LateOffice(Office):
    """The answer to a number that was committed hangs in the cable."""

    @override
    def perform(self, command: Command, by: Actor, request: str = "") -> Any:
        done = super().perform(command, by, request)
        if isinstance(command, IssueTicket):
            Cable.cross()
        return done


def late(setup: StationSetup) -> Office:
    return LateOffice(setup.database, setup.name, setup.journal)


class StumblingOffice(Office):
    """The share goes once more, in the middle of the merge."""

    stumbles = 1

    @override
    def perform(self, command: Command, by: Actor, request: str = "") -> Any:
        if isinstance(command, MergeTicket) and self.stumbles:
            self.stumbles -= 1
            raise file_missing(str(self.path))
        return super().perform(command, by, request)


def stumbling(setup: StationSetup) -> Office:
    return StumblingOffice(setup.database, setup.name, setup.journal, timeout_s=3)
