"""Somebody at a PC who does any command with any values, as whoever of the office may ask for it."""

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.fuzzing.any_command import AnyCommand
from benchmarks.fuzzing.any_value import UnknownTypeError
from benchmarks.simulation.ruled import first_try, new_id
from benchmarks.survival.visit import Told, engage
from ult_desktop.base import UserError
from ult_desktop.core.access.roles import Actor, Role, roles_from
from ult_desktop.core.connection import OUTAGE_AFTER, SLOW_AFTER
from ult_desktop.db.access import officers
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.register import operation_of

if TYPE_CHECKING:
    from benchmarks.simulation.station import Program

EVERY_S = 6.0
NONSENSE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def engage_everybody(office: Office) -> None:
    """Add an officer of each role that the office has nobody for."""
    there = {role for row in office.read(officers.all_active) for role in roles_from(row.roles)}
    for role in Role:
        if role not in there and role is not Role.STATION:
            engage(office, role.value, role)


class Anybody:
    """The one who does it. What is acknowledged must be in the log; what is refused must change nothing."""

    def __init__(self, program: "Program") -> None:
        self._program = program
        self._office: Office | None = None
        self._commands: AnyCommand | None = None
        self._people: list[Actor] = []

    def live(self) -> None:
        program = self._program
        world, story = program.world, program.story
        while story.visitors > 0:
            world.scheduler.pause(world.dice.expovariate(1 / EVERY_S))
            try:
                program.ask(self._act, SLOW_AFTER)
            except UserError:
                story.refused += 1

    def _act(self, office: Office) -> None:
        world, story = self._program.world, self._program.story
        if self._commands is None or self._office is not office:
            self._office, self._people = office, _people(office)
            self._commands = AnyCommand(Random(world.dice.getrandbits(64)), self._read, office.clock)  # noqa: S311
        kind = self._commands.kind()
        if kind is None or kind.done_alone:  # a station hands these in by its own way
            return
        needs = operation_of(kind).needs
        who = world.dice.choice([each for each in self._people if each.may(needs)] or self._people)
        try:
            command = self._commands.of(kind)
        except UnknownTypeError:
            return
        request = new_id(world)
        try:
            with office.patience(OUTAGE_AFTER, SLOW_AFTER):
                first_try(world, office, command, who, request)
        except NONSENSE as error:  # what no form can make is not refused with words
            raise UserError(repr(error)) from error
        story.acts += 1
        story.told.append(Told(kind.__name__, office.station, request))

    def _read(self, query: Callable[[Transaction], Any]) -> Any:  # noqa: ANN401  (as the office's)
        return self._office.read(query) if self._office else None


def _people(office: Office) -> list[Actor]:
    """Return the station itself and everybody of the office, with their roles."""
    known = [
        Actor(station=office.station, officer_id=row.id, name=row.name, roles=roles_from(row.roles))
        for row in office.read(officers.all_active)
    ]
    return [Actor(station=office.station), *known]
