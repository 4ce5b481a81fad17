"""A PC's program in a simulation: worker, watcher, kiosk, counter and upkeep, as the windows drive them."""

import logging
import math
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from typing_extensions import override

from benchmarks.simulation.anybody import Anybody
from benchmarks.simulation.file_model import SimulatedWorld
from benchmarks.simulation.ruled import LONGEST_WRITE_S, first_try, new_id
from benchmarks.simulation.scheduler import Event
from benchmarks.simulation.world import PC
from benchmarks.survival.station import SimulatedStation
from benchmarks.survival.visit import NoVisit, StationCrew, Told
from ult_desktop.base import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Command
from ult_desktop.core.connection import BEAT_MS, OUTAGE_AFTER, SLOW_AFTER
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.core.queue.commands import IssueTicket, ReportPaper
from ult_desktop.core.queue.ticket import PaperState
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.db.store import stations
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.store.watcher import Watcher
from ult_desktop.operations.backup.upkeep import FileMaintainer, MaintenanceTask
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.offline import offline_kiosk
from ult_desktop.operations.offline.offline_upload import upload_offline_work
from ult_desktop.ui.office_link import link
from ult_desktop.ui.office_link.link_monitor import is_outage

if TYPE_CHECKING:
    from ult_desktop.core.offline import OfficeSnapshot

log = logging.getLogger(__name__)
T = TypeVar("T")
REOPEN_S, LOST_S, BEAT_S = 2.0, 60.0, BEAT_MS / 1000
HINTS_LOST, HINTS_LATE, LATEST_S = 0.2, 0.05, 5.0
BOARDS = 0.05  # of the changes after which a whole board is read: it is most of what a display asks for


@dataclass(frozen=True)
class PlacedStation(SimulatedStation):
    """A station that the judge opens, on the PC of which it is."""

    world: SimulatedWorld | None = None
    on: PC | None = None

    @override
    def open(self, path: Path) -> Office:
        if self.world is None:
            return super().open(path)
        self.world.acting = self.on  # until the next one is opened
        return super().open(path)


@dataclass
class Paper:
    """The paper that a visitor was given: its label, and the request that it stands for, if any."""

    station: str
    label: str
    request: str = ""
    instead_of: str = ""


@dataclass
class Story:
    """The record of a day by its people, and of what is left of it to do.

    `visitors`: how many may still come; every third is asked, where people are `surveyed`. `doubtful`: the
    requests of which a rebuilding said that their numbers are unknown: their stations died with the office.
    `reports`: by the request of a number what its paper may be known to be. `lying`: how often a printer says
    another thing than it did. `services` are those that the office offers. `anything`: somebody does any
    command with any values, so of what was told only that it was logged can be asked.
    """

    visitors: int
    services: Sequence[int] = (1,)
    anything: bool = False
    told: list[Told] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    reports: dict[str, list[str]] = field(default_factory=dict)
    lying: float = 0.0
    surveyed: bool = True
    acts: int = 0
    refused: int = 0
    unanswered: int = 0
    merged: int = 0

    def undo(self, station: str, told: int, papers: int) -> None:
        """Forget what was told and printed at a station since: it was done in an office that is gone."""
        nothing = Told("undone", station, "")
        self.told[told:] = [nothing if each.station == station else each for each in self.told[told:]]
        self.papers[papers:] = [each for each in self.papers[papers:] if each.station != station]


@dataclass
class Job:
    """A job for the worker, and what became of it.

    The program ends it within `limit_s`, not counting what the world kept it from.
    """

    work: Callable[[Office], Any]
    event: Event
    answer: Any = None
    error: Exception | None = None
    limit_s: float = math.inf


def _longest_s(patience_s: float) -> float:
    """Return the seconds of an act: for the lock, its write, and a COMMIT that waits for readers."""
    return patience_s + LONGEST_WRITE_S + patience_s


class NoAnswer(ShareUnreachable):
    """The words for a person whose act has no answer in time: whether it was done is not known."""


class Program:
    """The program of one PC from its start to its end. Its tasks are the PC's."""

    def __init__(
        self, world: SimulatedWorld, pc: PC, story: Story, *, think_s: float, watches: bool, letter: str
    ) -> None:
        self.world, self.pc, self.story = world, pc, story
        self.think_s, self.watches = think_s, watches
        boot = f"boot-{pc.folder.name}-{pc.life}"
        self.presence = Presence(name=pc.name, mode="kiosk", version="1", boot=boot, letter=letter)
        self.beaten = -math.inf
        self.name, self.front = f"{pc.name} in {pc.folder.name}", f"{pc.name} front in {pc.folder.name}"
        self.station = SimulatedStation(pc.number, pc=f"../{pc.folder.name}")
        self.journal = self.station.journal(world.office)
        self.line: list[Job] = []
        self.wake = Event(world.scheduler)
        self.picture: tuple[int, float] = (0, 0.0)
        self.seen: OfficeSnapshot | None = None
        self.beats: tuple[Presence, int | None] | None = None
        self.owes = True
        self.ending = False

    def start(self) -> None:
        pc, start = self.pc, self.world.scheduler.start
        pc.running = True
        pc.first_tick_ms = self.world.own_ms(pc) - self.world.ticks_ms(pc)
        for name, work in (
            (f"{pc.name} worker", self._work),
            (self.front, self._live),
            (f"{pc.name} heart", self._beat),
        ):
            start(name, pc, work, lambda: pc.asleep_until)
        if self.story.anything:
            start(f"{pc.name} anybody", pc, Anybody(self).live, lambda: pc.asleep_until)

    def send(self, work: Callable[[Office], T], limit_s: float = math.inf) -> Job:
        job = Job(work, Event(self.world.scheduler), limit_s=limit_s)
        self.line.append(job)
        self.wake.set()
        return job

    def ask(self, work: Callable[[Office], T], within_s: float, limit_s: float = math.inf) -> T:
        """Have the worker do a job; a person waits so long for it (s). `limit_s` as in `Job`.

        Raises:
            NoAnswer: it is not done by then.
        """
        job = self.send(work, limit_s)
        if not job.event.wait(within_s):
            if (
                job in self.line
            ):  # it was not begun: nothing is carried out later without a person's knowledge
                self.line.remove(job)
            self.story.unanswered += 1
            raise NoAnswer("no answer")
        if job.error is not None:
            raise job.error
        answer: T = job.answer
        return answer

    def _work(self) -> None:
        """Own the office as the worker thread does."""
        office: Office | None = None
        while True:
            while not self.line:
                self.wake.clear()
                self.wake.wait()
            job = self.line.pop(0)
            began = math.inf
            try:
                if office is None:
                    office = self.station.open(self.world.office)
                    office.committed = self._hint
                began = self._own_s()
                job.answer = job.work(office)
            except UserError as error:
                job.error = error
            except Exception as error:  # noqa: BLE001  (told with the seed)
                job.error = error
                self.world.scheduler.blame(self.pc.name, error)
            took = self._own_s() - began
            if took > job.limit_s:
                self.world.broken_rules.append(f"{self.pc.name} was kept waiting for {took:.1f} s")
            job.event.set()

    def _own_s(self) -> float:
        """Return the seconds without those for which the world kept the PC, or the scheduler the task."""
        scheduler = self.world.scheduler
        return scheduler.now - self.pc.held_s - scheduler.current.late_s

    def _hint(self) -> None:
        """Send the hint to the other stations; a LAN loses some, doubles some, and brings some late."""
        chance = self.world.dice.random
        for other in self.world.watchers.values():
            if chance() > HINTS_LOST:
                other.wake()
            if chance() < HINTS_LATE:
                self.world.scheduler.start("hint", None, partial(self._hint_late, other))

    def _hint_late(self, other: Watcher) -> None:
        self.world.scheduler.pause(self.world.dice.uniform(0.0, LATEST_S))
        other.wake()

    def _beat(self) -> None:
        """Report the station each half minute, and upload what it owes."""
        world, pc = self.world, self.pc
        seq: int | None = None
        while True:
            try:
                beat = self.ask(partial(link._report, self.presence, seq), LOST_S)  # noqa: SLF001
                seq = beat.trials.seq
                self.beaten = world.scheduler.now
                self._look()
                if self.owes:
                    self.ask(partial(self._upload), LOST_S)
            except UserError as error:
                self.story.refused += 1
                log.info("%s: %s", pc.name, error)
                world.scheduler.pause(REOPEN_S)
                continue
            if self.watches and pc not in world.watchers:
                self._watch()
            world.scheduler.pause(BEAT_S)

    def report_now(self) -> Job:
        """Let the worker report once more, and return the job."""
        return self.send(partial(link._report, self.presence, None))  # noqa: SLF001

    def _upload(self, office: Office) -> None:
        self.owes = False
        try:
            upload_offline_work(self.journal, office)
        except BaseException:
            self.owes = True
            raise

    def _look(self) -> None:
        """Keep what the kiosk must know to go on alone, as after each change of the office."""
        seen = self.seen = self.ask(offline_kiosk.read_snapshot, LOST_S)
        with closing(OfflineJournal(self.journal)) as book:
            offline_kiosk.store_snapshot(seen, book)

    def _watch(self) -> None:
        def changed() -> None:
            self.send(Office.expect_news)
            self.send(self._see)

        watching = Watcher(
            self.world.office,
            0.5,
            changed,
            lambda _reachable: None,
            news=lambda link: stations.read_news(_tx(link)),
        )
        watching.start()
        self.world.watchers[self.pc] = watching

    def _see(self, office: Office) -> None:
        if self.world.dice.random() < BOARDS:
            office.lobby_board()
        self.picture = office.last_seq(), self.world.scheduler.now

    def _live(self) -> None:
        """Serve visitors until nobody comes any more."""
        world, story = self.world, self.story
        crew: Crew | None = None
        left = True  # a visitor at the counter, maybe
        while story.visitors > 0:
            try:
                if crew is None:
                    self._remember()
                    crew = Crew(self)
                if left:
                    crew.take_up()
                story.visitors, left = story.visitors - 1, True
                for _act in crew.visitor(surveyed=story.surveyed and story.visitors % 3 == 0):
                    self._pause()
                left = False
            except UserError as error:
                log.info("%s: %s", self.pc.name, error)
                story.refused += 1
                world.scheduler.pause(REOPEN_S)
            except NoVisit as error:
                if story.anything:
                    continue  # somebody may have done away with it
                world.broken_rules.append(f"lost: the visit of {error}, who came to {self.pc.name}")
                return

    def _remember(self) -> None:
        with closing(OfflineJournal(self.journal)) as book:
            kept = offline_kiosk.load_snapshot(book).snapshot
        self.seen = self.seen or kept

    def _pause(self) -> None:
        self.world.scheduler.pause(self.world.dice.expovariate(1 / self.think_s) if self.think_s else 0.0)

    def number(self, request: str) -> IssuedTicket | None:
        """Give a visitor a number, as the kiosk does: the office's, or after three seconds one of its own."""
        service = self.world.dice.choice(self.story.services)
        command = IssueTicket(service_id=service, at_kiosk=True)

        def issue(office: Office) -> IssuedTicket:
            with office.patience(OUTAGE_AFTER):
                return office.perform(command, Actor(station=self.pc.name), request)

        try:
            return self.ask(issue, OUTAGE_AFTER, _longest_s(OUTAGE_AFTER))
        except UserError as error:
            if not is_outage(error):
                raise
            self._give(command, request)
            return None

    def _give(self, command: IssueTicket, instead_of: str) -> None:
        seen = self.seen
        if seen is None or not seen.has_letter or not seen.is_recent_at(offline_kiosk.snapshot_now(seen)):
            raise NoAnswer("no number now")
        with closing(OfflineJournal(self.journal)) as book:
            given = offline_kiosk.issue_offline(command, seen, seen.letter, self.pc.name, instead_of, book)
        label = given.ticket.label
        self.story.told.append(Told("alone", self.pc.name, "", label=label))
        self.story.papers.append(Paper(self.pc.name, label, instead_of=instead_of))
        self.owes = True

    def keep_up(self, place: Path) -> None:
        """Run the upkeep on a task of its own, as every few minutes."""
        task = MaintenanceTask(self.world.office, self.journal, self.pc.name, place)

        def look(office: Office) -> FileMaintainer:
            return FileMaintainer(task, office.clock)

        def run() -> None:
            keeper = self.ask(look, LOST_S)
            keeper.do_due_jobs()
            keeper.close()

        def safely() -> None:
            try:
                run()
            except UserError as error:
                log.info("%s upkeep: %s", self.pc.name, error)

        self.world.scheduler.start(f"{self.pc.name} upkeep", self.pc, safely, lambda: self.pc.asleep_until)


class Desk:
    """The office as the people of a PC have it: its worker does what they ask, for as long as they wait."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.station = program.pc.name

    def perform(self, command: Command[T], by: Actor, request: str = "") -> T:
        def do(office: Office) -> T:
            with office.patience(OUTAGE_AFTER, SLOW_AFTER):
                return office.perform(command, by, request)

        def first(office: Office) -> T:
            with office.patience(OUTAGE_AFTER, SLOW_AFTER):
                return first_try(self._program.world, office, command, by, request)

        limit_s = _longest_s(SLOW_AFTER)
        try:
            return self._program.ask(first, SLOW_AFTER, limit_s)
        except ShareUnreachable:
            if self._program.world.dice.random() < 0.5:
                raise
        # The person tries again: it is the same request.
        self._program.world.scheduler.pause(self._program.world.dice.uniform(0.0, 10.0))
        return self._program.ask(do, SLOW_AFTER, limit_s)

    def read(self, query: Callable[[Any], T]) -> T:
        found = self._program.ask(lambda office: office.read(query), SLOW_AFTER)
        if (
            self._program.world.older
        ):  # it may be read, and nobody works by it for long: each write is refused
            raise NoAnswer("an older copy")
        return found

    def counter_board(self, counter: int) -> Any:  # noqa: ANN401  (the board's own type)
        return self._program.ask(lambda office: office.counter_board(counter), SLOW_AFTER)


class Crew(StationCrew):
    """The people of one PC."""

    def __init__(self, program: Program) -> None:
        self._program = program
        world, story = program.world, program.story

        def tell(told: Told) -> None:
            story.acts += 1
            story.told.append(told)
            if told.act == "IssueTicket":
                story.papers.append(Paper(told.station, told.label, told.request))

        super().__init__(Desk(program), program.pc.number, lambda: new_id(world), tell)  # type: ignore[arg-type]

    @override
    def merge(self) -> None:
        if self._program.owes:
            self._program.ask(self._program._upload, LOST_S)  # noqa: SLF001

    @override
    def issue(self) -> IssuedTicket:
        request = self._new_request()
        issued = self._program.number(request)
        if issued is None:
            raise NoAnswer("the visitor has a number of the kiosk's own")
        ticket = issued.ticket
        self._tell(Told("IssueTicket", self.office.station, request, ticket.id, ticket.label, ticket.state))
        if self._program.story.lying:
            self._print(ticket.id, request)
        return issued

    def _print(self, ticket_id: int, request: str) -> None:
        """Print a number, by a printer that may lie; print it once more where it says that nothing came out.

        Then the visitor holds two papers, or one, or none; nobody else holds one that says the same.
        """
        program = self._program
        chance, reports = (
            program.world.dice.random,
            program.story.reports.setdefault(request, [PaperState.NONE]),
        )
        for said, seldom in (
            (PaperState.PRINTED, PaperState.FAILED),
            (PaperState.REPRINTED, PaperState.FAILED),
        ):
            lies = chance() < program.story.lying
            program.world.befallen["printer"] += lies
            state = seldom if lies else said
            reports.append(state)
            self._do(ReportPaper(ticket_id=ticket_id, paper=state), Actor(station=program.pc.name))
            del reports[:-1]
            if not lies:
                return


def _tx(connection: Any) -> Any:  # noqa: ANN401
    return Transaction(connection)
