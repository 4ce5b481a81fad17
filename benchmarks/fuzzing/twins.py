"""A random office day on both engines: their answers, and all rows that are left, must be equal.

A day of the simulated register is driven through the commands, with acts by chance between them; the clock,
the requests' ids and the dice are the same. In the evening questions, tables and log are compared too.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeVar
from uuid import UUID

from typing_extensions import override

from benchmarks.fuzzing.any_command import AnyCommand, columns, table_names
from benchmarks.fuzzing.any_value import UnknownTypeError
from benchmarks.fuzzing.questions import ask, encoded, questions
from benchmarks.register.play import PASSWORD, Bureau, Desk, schedule
from benchmarks.register.script import OfficeDay, office_day
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Command
from ult_desktop.db.creation import ADMIN
from ult_desktop.db.queue.boards import calls_after
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.events import last_seq
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.register import operation_of

T = TypeVar("T")
CHANCE_RATE, LAST_ACTS, REPEAT_RATE, BOARD_RATE = 0.7, 60, 0.04, 0.1
LOOK_RATE = 0.2  # mornings after the first, and hourly looks: they cost the most and show the least
# Drawn by the engine, so that nobody finds a visitor by the order of the answers.
DRAWN = {("survey_response", "id"), ("survey_answer", "response_id")}
LONGEST_S = 600.0  # a busy computer refuses nothing for having been slow
Told = dict[str, bytes]


@dataclass
class TwinTally:
    """The totals of the days, and each difference with the seed that repeats it."""

    days: int = 0
    acts: int = 0
    done: set[str] = field(default_factory=set)
    refused: int = 0
    questions: int = 0
    rows: int = 0
    differences: list[str] = field(default_factory=list)


@dataclass
class Evening:
    """The answers of one engine, each by its key: acts in their order, then questions, tables and the log."""

    acts: Told = field(default_factory=dict)
    rest: Told = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    refused: int = 0
    rows: int = 0


class _Twin(Bureau):
    """A bureau that takes down what it is answered, and does more than the script says."""

    def __init__(self, day: OfficeDay, path: Path, seed: int, stack: ExitStack) -> None:
        self._shared: Office | None = None
        self._dice = Random(f"twins {seed}")  # noqa: S311  (to be repeated)
        self.evening = Evening()
        super().__init__(day.office, path, Random(f"{seed}"), stack)  # noqa: S311  (as above)
        clerk = self.desks["head"]
        self.desks[ADMIN] = Desk(clerk.office, clerk.clock, Actor(station=ADMIN))
        self._engine = engine_at(path)
        self._commands = AnyCommand(self._dice, self.read, clerk.office.clock)

    @override
    def opened(self, path: Path, name: str, stack: ExitStack) -> Office:
        """Open one office for all stations: the act says which station asks."""
        if self._shared is None:
            self._shared = super().opened(path, name, stack)
        return self._shared

    @override
    def ask(self, desk: Desk, command: Command[T]) -> T:
        evening, name = self.evening, type(command).__name__
        place = f"act {len(evening.acts) + 1}, {name} by {desk.actor.station}"
        request = str(UUID(int=self._dice.getrandbits(128), version=4))
        try:
            answer = desk.office.perform(command, desk.actor, request)
            if self._dice.random() < REPEAT_RATE:
                answer = desk.office.perform(command, desk.actor, request)
        except UserError as error:
            evening.refused += 1
            evening.acts[place] = repr((command, error.what, error.safe, error.todo)).encode()
            raise
        except Exception as error:
            evening.refused += 1
            evening.acts[place] = f"{command!r} fell over {type(error).__name__}".encode()
            raise UserError(repr(error)) from error
        evening.done.add(name)
        evening.acts[place] = repr(command).encode() + b" -> " + encoded(answer)
        return answer

    @override
    def let_in(self, office: Office, name: str) -> Actor:
        """Sign in without keys: they, and all that they seal, depend on the system's random numbers."""
        return office.check_password(name, PASSWORD)

    @override
    def sign_in(self, absent: str = "") -> None:
        if not self.evening.acts or self._dice.random() < LOOK_RATE:
            super().sign_in(absent)

    @override
    def look(self) -> None:
        if self._dice.random() < LOOK_RATE:
            super().look()

    def live(self, day: OfficeDay) -> None:
        for at, what in schedule(day):
            with suppress(UserError):
                self.act(at, what)
            if self._dice.random() < CHANCE_RATE:
                self._do_anything()
            if self._dice.random() < BOARD_RATE:
                self._look_at_boards()
        for _each in range(LAST_ACTS):
            self._do_anything(ending=True)
        self._look_at_boards()

    def tell(self) -> None:
        """Collect the answers to all questions that can be asked in the evening, and every row."""
        for question in questions():
            with suppress(UnknownTypeError):
                values = {
                    name: self._commands.values.of(kind, name) for name, kind in question.values.items()
                }
                self.evening.rest[question.name] = self._aside(partial(ask, question=question, values=values))
        for name, rows in self.read(_tables).items():
            self.evening.rows += len(rows)
            for number, row in enumerate(rows, 1):
                self.evening.rest[f"{name}, row {number}"] = row
        verdict = self.desks[ADMIN].office.verify()
        self.evening.rest["verify"] = b"damage" if verdict.has_damage else b"sound"

    def _do_anything(self, *, ending: bool = False) -> None:
        kind = self._commands.kind(ending=ending)
        if kind is None:
            return
        needs = operation_of(kind).needs
        able = [each for each in self.desks.values() if each.actor.may(needs)]
        desk = self._dice.choice(able or list(self.desks.values()))
        with suppress(UnknownTypeError, UserError):
            self.ask(desk, self._commands.of(kind))

    def _look_at_boards(self) -> None:
        office, counter = self.desks[ADMIN].office, self._dice.randint(1, 12)
        boards: tuple[Callable[[], object], ...] = (
            office.kiosk_board,
            office.lobby_board,
            office.hall_board,
            lambda: office.counter_board(counter),
            lambda: office.read(lambda tx: calls_after(tx, max(0, last_seq(tx) - 20))),
        )
        for number, board in enumerate(boards):
            place = f"after act {len(self.evening.acts)}, board {number}, counter {counter}"
            self.evening.acts[f"{place}, {len(self.evening.acts)}"] = encoded(board())

    def _aside(self, query: Callable[[Transaction], bytes]) -> bytes:
        """Ask a question on a connection that refuses to write, as a server's does within a snapshot."""

        def careful(tx: Transaction) -> bytes:
            if not self._engine.has_file:
                return query(tx)
            tx.run("PRAGMA query_only = ON")
            try:
                return query(tx)
            finally:
                tx.run("PRAGMA query_only = OFF")

        return self.read(careful)


def _tables(tx: Transaction) -> dict[str, list[bytes]]:
    """Return all rows with their columns by name, in an order that no engine chooses."""
    found = {}
    for table in table_names(tx):
        kept = sorted(each for each in columns(tx, table) if (table, each) not in DRAWN)
        rows = tx.rows(f"SELECT {', '.join(kept)} FROM {table}")  # noqa: S608
        found[table] = sorted(repr(tuple(zip(kept, row, strict=True))).encode() for row in rows)
    return found


def lived(day: OfficeDay, path: Path, seed: int) -> Evening:
    with ExitStack() as stack:
        twin = _Twin(day, path, seed, stack)
        twin.live(day)
        twin.tell()
        return twin.evening


def where_of(office: str, seed: int) -> str:
    """Return the options that repeat a day."""
    return f"--office {office} --seed {seed}"


def compare_day(office: str, seed: int, visits: int, paths: Sequence[Path], tally: TwinTally) -> None:
    """Compare a day in the two empty offices of `paths`: a file's, then a server's."""
    day = office_day(office, seed, visits)
    for path in paths:
        type(engine_at(path)).longest_write_s = LONGEST_S
    one, other = (lived(day, path, seed) for path in paths)
    tally.days += 1
    tally.acts += len(one.acts)
    tally.refused += one.refused
    tally.done |= one.done
    tally.questions += len(questions())
    tally.rows += one.rows
    where = where_of(office, seed)
    first = next(_differing(one.acts, other.acts), None)
    if first is not None:  # what follows it differs for its sake
        tally.differences.append(f"{where}: {first}")
        return
    told = {each.partition(", row")[0]: each for each in reversed([*_differing(one.rest, other.rest)])}
    tally.differences += [f"{where}: {each}" for each in told.values()]  # of a table the first row


def _differing(one: Told, other: Told) -> Iterator[str]:
    for place in dict.fromkeys((*one, *other)):
        left, right = one.get(place, b"nothing"), other.get(place, b"nothing")
        if left != right:
            at = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), 0)
            at = max(0, at - 80)
            yield f"{place}: SQLite {_cut(left, at)!r}, PostgreSQL {_cut(right, at)!r}"


def _cut(told: bytes, at: int) -> str:
    return told[at : at + 260].decode(errors="replace")
