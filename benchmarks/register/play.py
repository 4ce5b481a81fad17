"""The playing of an office day with the program: an officer for every desk, a clock for each station."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing as closing_of
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec
import nacl.pwhash
from typing_extensions import override

from benchmarks.place import open_office
from benchmarks.register.acts import COMMANDS, Known
from benchmarks.register.expected import THE_DAY
from benchmarks.register.hours import FIRST_DAY, MINUTE, is_working_day
from benchmarks.register.script import DESKS, OfficeDay
from benchmarks.register.story import Act, Story
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.accountability.commands import AnswerAbsence, CollectDeviations
from ult_desktop.core.accountability.deviations import Deviation, DeviationState
from ult_desktop.core.command import Command
from ult_desktop.core.office.template import CounterTemplate, OfficerTemplate
from ult_desktop.core.queue.commands import CloseDay, StaffCounter
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.access import officers
from ult_desktop.db.accountability import deviations
from ult_desktop.db.cases import escalations
from ult_desktop.db.creation import create
from ult_desktop.db.office import services
from ult_desktop.db.store.clock import ClockSources, ShareClock
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.accountability.deviations import deviation_board
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_files import load_office
from ult_desktop.operations.procedures.procedures import load_procedure
from ult_desktop.operations.request_ids import new_id

T = TypeVar("T")
Scheduled = tuple[Act, Story] | str
"""An act with its story, or the name of an act that the whole bureau does."""
PASSWORD = "rahasia-2026"  # noqa: S105  (the office is thrown away)
ROLES = {
    "front": Role.FRONT_OFFICE,
    "phone": Role.PHONE,
    "door": Role.SECURITY,
    "reception": Role.RECEPTION,
    "back": Role.BACK_OFFICE,
    "unit": Role.RELATED_UNIT,
    "ppid": Role.PPID,
    "helper": Role.HELPDESK,
    "head": Role.HEAD,
}
KIOSK, RECEPTION, HEAD = "kiosk", "reception", "head"
MOST_SKEW_MS = 125  # either way: two stations' clocks differ by less than 250
LOOK_EVERY = 60  # minutes: how often a counter looks for what has run over
EVENING = 150  # minutes after closing: the head closes the day


class ScriptClock(ShareClock):
    """A clock at a minute of the script, off by the station's own error."""

    def __init__(self, off_ms: int, midnight: int) -> None:
        self._off, self._midnight, self._now = off_ms, midnight, midnight
        super().__init__(Path(), "", ClockSources(self, self, lambda *_where: self._now))
        self.hold()

    @override
    def __call__(self) -> int:
        return self._now

    def set(self, minutes: float) -> None:
        self._now = self._midnight + round(minutes * MINUTE) + self._off


@dataclass
class Desk:
    """A station and who sits there."""

    office: Office
    clock: ScriptClock
    actor: Actor


@dataclass
class PlayedDay:
    """The program's records of a day, by the script's names of the visits, and the acts that it refused."""

    register: list[tuple[str, Deviation]]
    refused: list[str]
    acts: int

    @property
    def left_open(self) -> int:
        """Count the rows that nobody has explained."""
        open_ = DeviationState.OPEN
        return sum(each.state is open_ and not each.is_false for _story, each in self.register)


def play(day: OfficeDay, folder: Path, seed: int) -> PlayedDay:
    with ExitStack() as stack:
        path = make_office(day.office, folder / "office.db", new_id())
        bureau = Bureau(day.office, path, Random(f"{seed}"), stack)  # noqa: S311  (to be repeated)
        for at, what in schedule(day):
            bureau.act(at, what)
        return bureau.played()


def schedule(day: OfficeDay) -> list[tuple[float, Scheduled]]:
    return sorted(_scheduled(day), key=lambda each: each[0])


def _scheduled(day: OfficeDay) -> Iterator[tuple[float, Scheduled]]:
    """Yield the acts in order, the mornings and evenings, and an hourly look at what has run over."""
    hours = day.hours
    for each in filter(is_working_day, day.days):
        opens, closes = hours.opening(each), hours.closing(each)
        yield opens - 10, "sign_in" if each or day.received else "sign_in_without_reception"
        yield from ((at, "look") for at in range(opens, closes, LOOK_EVERY))
        yield closes + EVENING, "close_day"
    if day.said_at is not None:
        yield day.said_at, "say_absence"
    yield from ((act.at, (act, story)) for act, story in day.acts)


class Bureau:
    """The stations of one office."""

    def __init__(self, template: str, path: Path, chance: Random, stack: ExitStack) -> None:
        zone = ZoneInfo(load_office(template).office.timezone)
        self._midnight = midnight = to_stamp(datetime.fromisoformat(FIRST_DAY).replace(tzinfo=zone))
        self.desks: dict[str, Desk] = {}
        for name in (KIOSK, *_people()):
            office = self.opened(path, name, stack)
            office.clock = clock = ScriptClock(chance.randint(-MOST_SKEW_MS, MOST_SKEW_MS), midnight)
            self.desks[name] = Desk(office, clock, Actor(station=name))
        self._known: dict[str, Known] = {}
        self._names: dict[int, str] = {}
        self._refused: list[str] = []
        self._acts = 0
        self._service = self.read(services.active)[0].id
        self._helper = next(row.id for row in self.read(officers.all_active) if row.login == "helper")

    def opened(self, path: Path, name: str, stack: ExitStack) -> Office:
        """Open the office as the station of this name has it open, until the stack ends."""
        return stack.enter_context(closing_of(open_office(path, name)))

    def let_in(self, office: Office, name: str) -> Actor:
        return office.sign_in(name, PASSWORD)

    def ask(self, desk: Desk, command: Command[T]) -> T:
        return desk.office.perform(command, desk.actor)

    def read(self, query: Callable[[Transaction], T]) -> T:
        return self.desks[KIOSK].office.read(query)

    def act(self, at: float, what: Scheduled) -> None:
        self.set_time(at)
        if isinstance(what, tuple):
            self.perform(*what)
        else:
            getattr(self, what)()

    def set_time(self, minutes: float) -> None:
        for desk in self.desks.values():
            desk.clock.set(minutes)

    def sign_in_without_reception(self) -> None:
        self.sign_in(absent=RECEPTION)

    def sign_in(self, absent: str = "") -> None:
        for name, desk in self.desks.items():
            if name in (KIOSK, absent):
                continue
            desk.actor = self.let_in(desk.office, name)
            if name.startswith("front"):
                counter = int(name.removeprefix("front"))
                self.ask(desk, StaffCounter(counter=counter))

    def look(self) -> None:
        """Write down what has run over, as each counter does by itself, though the visit goes on."""
        desk = self.desks[KIOSK]
        late = desk.office.read(lambda tx: deviation_board(tx, desk.clock())).unwritten
        if late:
            self.ask(desk, CollectDeviations(visits=late))

    def say_absence(self) -> None:
        """Answer the program's question whether the day goes without a receptionist."""
        desk = self.desks["front1"]
        self.ask(desk, AnswerAbsence(role=Role.RECEPTION, without=True))

    def close_day(self) -> None:
        self.ask(self.desks[HEAD], CloseDay(reason="Selesai"))

    def perform(self, act: Act, story: Story) -> None:
        known = self._known.setdefault(
            story.name, Known(self._service, helper=self._helper, midnight=self._midnight)
        )
        desk = self.desks[act.who]
        if "beside" in act.said:
            known.visit = self._known[str(act.said["beside"])].visit
        if known.case:
            found = self.read(lambda tx: escalations.open_of(tx, known.case))
            known.hops = tuple(each.id for each in found)
        self._acts += 1
        try:
            answer = self.ask(desk, COMMANDS[act.what](known, act.said))
        except (UserError, LookupError) as error:
            self._refused.append(f"{story.name}, {act.what} at {act.at:.2f} by {act.who}: {error!r}")
            return
        self._learn(known, answer)
        if known.visit:
            self._names[known.visit] = story.name

    def _learn(self, known: Known, answer: object) -> None:
        known.learn(answer)
        if known.ticket and not known.visit:
            found = self.read(lambda tx: visits.of_ticket(tx, known.ticket))
            known.visit = 0 if found is None else found.id

    def played(self) -> PlayedDay:
        found = self.read(lambda tx: deviations.between(tx, FIRST_DAY, "9999-12-31"))
        named = [(self._names.get(each.visit_id or 0, THE_DAY), each) for each in found]
        return PlayedDay(named, self._refused, self._acts)


def _people() -> Iterator[str]:
    """Yield the logins, which are the stations' names too."""
    for name in ROLES:
        yield from (f"{name}{number}" for number in range(1, DESKS[name] + 1)) if name in DESKS else [name]


def make_office(template: str, path: Path, uid: str) -> Path:
    """Make the ready-made office with a counter and an officer for every desk of the script."""
    shipped = load_office(template)
    people = [
        OfficerTemplate(login=name, name=name, roles=(ROLES[name.rstrip("0123456789")],))
        for name in _people()
    ]
    office = msgspec.structs.replace(
        shipped,
        counters=tuple(CounterTemplate(number=number) for number in range(1, DESKS["front"] + 1)),
        officers=tuple(people),
    )
    hashed = _hashed()
    create(path, office, uid, hashed, [load_procedure(each) for each in office.procedures])
    store = Store(path)
    store.write(lambda tx: _give_passwords(tx, hashed))
    store.close()
    return path


@cache
def _hashed() -> str:
    """Return one password hash for all offices of this process: they begin with the same rows."""
    argon = nacl.pwhash.argon2id
    return argon.str(PASSWORD.encode(), argon.OPSLIMIT_MIN, argon.MEMLIMIT_MIN).decode()


def _give_passwords(tx: Transaction, hashed: str) -> None:
    for row in officers.all_active(tx):
        officers.set_password(tx, row.id, hashed)
