"""A simulated office day: its people, its faults by the seed's swarm, its evening, and the checks of it."""

import gc
import importlib
import logging
import pkgutil
import random
import tempfile
import traceback
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from benchmarks.place import open_office
from benchmarks.rows import SIMULATION, number_of_seed
from benchmarks.simulation import accidents, checks
from benchmarks.simulation.accidents import Accidents
from benchmarks.simulation.anybody import engage_everybody
from benchmarks.simulation.file_model import SimulatedFiles, SimulatedWorld
from benchmarks.simulation.ruled import KEPT, ruled
from benchmarks.simulation.scheduler import Scheduler, is_of_program
from benchmarks.simulation.server_model import FILE_ALONE, ServerWorld, the_server
from benchmarks.simulation.station import PlacedStation, Program, Story
from benchmarks.simulation.world import PC, Rates
from benchmarks.survival.judge import judge, rows
from benchmarks.survival.station import SimulatedStation, found_office
from ult_desktop import core, db, operations
from ult_desktop.core.offline import USUAL_LETTER
from ult_desktop.operations.office.office_files import office_names

log = logging.getLogger(__name__)
VISITORS, STATIONS, ANYTHING = 60, 6, 0.15
OFFICES = office_names()
MOST_STATIONS, OTHER_SIZES = 20, 0.1  # a day in ten has another size
LETTERS = "KLMNRSTUVWXYZBCDEFGH"
CALM_S = 150.0
OFTEN_AT_CALL, OFTEN = 0.001, 0.05  # at a call, and at each look of the director
LONGEST_DAY_S, MOST_CALLS = 3600.0, 400_000
AT_CALL = (
    *("switch", "slow", "hang", "nap", "lease", "stale", "reset", "lost"),
    *("kill", "cut", "server_cut", "server_restart"),
)
POSTGRES = "postgres"
MOULDS: dict[tuple[str, int, str], Path] = {}


@dataclass
class DayResult:
    """The outcome of a day.

    `wrong` lists what must not be, each in words; `broken` where the bench itself failed, which says nothing
    of the program.
    """

    seed: int
    acts: int = 0
    calls: int = 0
    befallen: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    told: int = 0
    alone: int = 0
    unanswered: int = 0
    refused: int = 0
    seconds: float = 0.0
    stations: int = 0
    plan: str = ""
    fell: list[int] = field(default_factory=list)
    cpu_s: float = 0.0


@dataclass(frozen=True)
class Plan:
    """The parts of a day. A failure shrinks to a smaller one of the same seed.

    `office`: a ready-made one, "" for the one that the seed says; `stations`: 0 for as many as it says;
    `anything`: whether somebody does any command, None for what it says. `often`: kinds of faults that the
    day has in any case. `only`: the calls at which faults befall; None for any. `engine`: "postgres" for an
    office on a server, "" for a file.
    """

    seed: int
    stations: int = 0
    visitors: int = VISITORS
    without: frozenset[str] = frozenset()
    often: frozenset[str] = frozenset()
    only: frozenset[int] | None = None
    office: str = ""
    anything: bool | None = None
    engine: str = ""

    @property
    def told(self) -> str:
        """The plan as `--seed` takes it."""
        parts = [f"{SIMULATION}.{self.seed}"]
        parts += [f"engine={self.engine}"] * bool(self.engine)
        parts += [f"office={self.office}"] * bool(self.office)
        parts += [f"anything={int(self.anything or 0)}"] * (self.anything is not None)
        parts += [f"stations={self.stations}"] * bool(self.stations)
        parts += [f"visitors={self.visitors}"] * (self.visitors != VISITORS)
        parts += [f"without={'+'.join(sorted(self.without))}"] * bool(self.without)
        parts += [f"often={'+'.join(sorted(self.often))}"] * bool(self.often)
        if self.only is not None:
            parts.append(f"at={'+'.join(map(str, sorted(self.only)))}")
        return ",".join(parts)


def plan_of(told: str) -> Plan:
    """Return the plan that `told` describes, as `Plan.told` does.

    Raises:
        ValueError: it does not, or its seed is of another version of the simulation.
    """
    seed, *parts = told.split(",")
    given = dict(part.partition("=")[::2] for part in parts)
    at = given.pop("at", None)
    without, often = (
        frozenset(filter(None, given.pop(name, "").split("+"))) for name in ("without", "often")
    )
    numbers = {name: int(given.pop(name)) for name in ("stations", "visitors") if name in given}
    office, anything = given.pop("office", ""), given.pop("anything", None)
    if office not in ("", *OFFICES):
        raise ValueError(f"{office} is none of {', '.join(OFFICES)}")
    if (engine := given.pop("engine", "")) not in ("", POSTGRES):
        raise ValueError(f"{engine} is no engine of simulated days: {POSTGRES}, or none for a file")
    if given:
        raise ValueError(
            f"{', '.join(given)}: no part of a day's plan"
            " (engine, office, anything, stations, visitors, without, often, at)"
        )
    only = None if at is None else frozenset(map(int, filter(None, at.split("+"))))
    anybody = None if anything is None else bool(int(anything))
    return Plan(
        number_of_seed(seed),
        **numbers,
        without=without,
        often=often,
        only=only,
        office=office,
        anything=anybody,
        engine=engine,
    )


def swarm(plan: Plan) -> tuple[random.Random, Rates]:
    """Draw the day's swarm: which faults it has at all, and how often each of them."""
    dice = random.Random(f"day {plan.seed}")  # noqa: S311  (to be repeated)
    at_call = {"switch": 10 ** dice.uniform(-3, -1.2)}
    for kind in AT_CALL[1:]:
        rate = 10 ** dice.uniform(-5.0, -3.0) if dice.random() < 0.5 else 0.0
        if kind in ("cut", "server_cut", "server_restart", "kill"):
            rate /= 3
        rate = OFTEN_AT_CALL if kind in plan.often else rate
        is_left_out = kind in plan.without or (plan.engine and kind in FILE_ALONE)
        at_call[kind] = 0.0 if is_left_out else rate
    rates = Rates(
        at_call,
        latency_s=dice.choice((0.0, 0.0002, 0.001, 0.005)),
        keepalive_s=dice.choice((3.0, 14.0, 26.0, 70.0)),
        nap_s=dice.choice((2.0, 30.0, 90.0)),
        hang_s=dice.choice((2.0, 20.0, 60.0)),
        quota_fails=dice.random() < 0.5,
    )
    return dice, rates


def mould(office: str, stations: int, engine: str) -> Path:
    """Return such an office with so many counters, made once in this process."""
    if (office, stations, engine) not in MOULDS:
        _import_all()
        folder = Path(tempfile.mkdtemp(prefix="mould-", dir=scratch()))
        dice = random.Random(0)  # noqa: S311
        world = (ServerWorld if engine else SimulatedWorld)(folder, Scheduler(dice), dice, Rates())
        world.share.mkdir()
        world.scheduler.now = -3600.0
        address = the_server().create() if engine else ""  # its name is drawn anew: nothing is ruled yet
        with ruled(world, 0):
            counters = [SimulatedStation(n + 1) for n in range(stations)]
            path = found_office(world.share, counters, address=address, ready_made=office)
            with closing(open_office(path, "pusat")) as opened:
                engage_everybody(opened)
        MOULDS[office, stations, engine] = path
    return MOULDS[office, stations, engine]


def _import_all() -> None:
    """Import every layer that the stations use: what is imported during a day would not be ruled."""
    for layer in (core, db, operations):
        for module in pkgutil.walk_packages(layer.__path__, f"{layer.__name__}."):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()  # what is imported stays: each day's end looks through its own objects alone


def scratch() -> str | None:
    """Return a folder in memory where there is one: the model knows what a disk would have kept."""
    memory = Path("/dev/shm")  # noqa: S108
    return str(memory) if memory.is_dir() else None


def live(plan: Plan) -> DayResult:
    """Live a day and judge it."""
    draw = random.Random(f"stations {plan.seed}")  # noqa: S311  (to be repeated)
    usual = STATIONS if draw.random() > OTHER_SIZES else draw.randint(1, MOST_STATIONS)
    office, stations = plan.office or draw.choice(OFFICES), plan.stations or usual
    first = mould(office, stations, plan.engine)
    with tempfile.TemporaryDirectory(prefix="day-", dir=scratch()) as folder:
        gc.disable()
        try:
            return _Day(plan, stations, Path(folder), first).live()
        except Exception as error:  # noqa: BLE001  (told with its seed)
            told = [f"the day broke off: {traceback.format_exc()}"]
            if is_of_program(error):
                return DayResult(plan.seed, wrong=told, plan=plan.told)
            return DayResult(plan.seed, broken=told, plan=plan.told)
        finally:
            gc.enable()
            gc.collect()
            KEPT.clear()


class _Day:
    def __init__(self, plan: Plan, stations: int, folder: Path, first: Path) -> None:
        self.plan, self.stations = plan, stations
        self.dice, rates = swarm(plan)
        self.scheduler = Scheduler(self.dice)
        kind = ServerWorld if plan.engine else SimulatedWorld
        self.world = kind(folder, self.scheduler, self.dice, rates, plan.only)
        self.world.share.mkdir()
        self.world.found(first)
        services = [
            each for (each,) in rows(first, "SELECT id FROM service WHERE active = 1 ORDER BY position")
        ]
        anything = self.dice.random() < ANYTHING
        self.story = Story(plan.visitors, services, anything if plan.anything is None else plan.anything)
        self.programs: dict[PC, Program] = {}
        self.wrong: list[str] = []
        self.broken: list[str] = []
        self.accidents = Accidents(
            self.world,
            self.dice,
            self.story,
            self.programs,
            self._switch_on,
            self.wrong,
            without=plan.without,
        )
        self.meanwhile = checks.Meanwhile(self.accidents)
        self.think_s = self.dice.choice((0.0, 0.3, 2.0, 5.0))
        self.watching = self.dice.randint(0, 2)
        self.letters = self._letters(self.dice.choice(("usual", "own", "any")))
        odds = {name: 10 ** self.dice.uniform(-3.0, -1.0) for name in accidents.NAMES}
        odds["rebuilt"] = 10 ** self.dice.uniform(-2.0, -1.0)
        self.odds = {
            name: OFTEN if name in plan.often else odd
            for name, odd in odds.items()
            if (self.dice.random() < 0.4 or name in plan.often)
            and name not in plan.without
            and (self.world.has_file or name in accidents.ON_SERVER)
        }
        self.story.surveyed = "rebuilt" not in self.odds
        lying = 0.5 if "printer" in plan.often else self.dice.choice((0.0, 0.05, 0.5))
        self.story.lying = 0.0 if "printer" in plan.without else lying

    def live(self) -> DayResult:
        with ruled(self.world, self.plan.seed) as files:
            for number in range(1, self.stations + 1):
                self._switch_on(self.world.add_pc(number, f"loket-{number}"))
            self.world.calm = False
            try:
                self._work()
                if not self._has_failed():
                    self._evening()
            finally:
                self._end()
            self.wrong += [*self.scheduler.bugs, *self.world.broken_rules]
            self.broken += self.scheduler.broken
            if not self.wrong and not self.broken:
                self._judge()
            self._forget(files)
        self.world.close()
        return self._result()

    def _letters(self, kind: str) -> list[str]:
        """Return the letters that the kiosks' settings wish; `any` may be the same at two."""
        if kind == "any":
            return [self.dice.choice((*LETTERS, USUAL_LETTER)) for _station in range(self.stations)]
        return [LETTERS[n] if kind == "own" else USUAL_LETTER for n in range(self.stations)]

    def _switch_on(self, pc: PC) -> None:
        letter = self.letters[pc.number - 1]
        watches = pc.number <= self.watching
        program = Program(self.world, pc, self.story, think_s=self.think_s, watches=watches, letter=letter)
        self.programs[pc] = program
        program.start()

    def _work(self) -> None:
        """Let people work until the day's visitors have come; switch PCs on again meanwhile."""
        until = self.scheduler.now + LONGEST_DAY_S
        if "rebuilt" in self.odds:
            self.scheduler.pause(self.dice.uniform(0.0, 30.0))
            self.accidents.begin("upkeep")  # there is a backup
        while self.story.visitors > 0 and not self._has_failed():
            if self.scheduler.now > until or self.world.calls > MOST_CALLS:
                self.story.visitors = 0  # a day so full of faults that hardly anybody is served
            self.scheduler.pause(self.dice.uniform(1.0, 10.0))
            for name, odd in self.odds.items():
                if self.dice.random() < odd:
                    self.accidents.begin(name)
            self.accidents.look()
            self.wrong += self.meanwhile.look()
            for pc in self.world.pcs:
                if not pc.running and self.dice.random() < 0.3:
                    self._switch_on(pc)

    def _has_failed(self) -> bool:
        return self.scheduler.has_failed() or bool(self.wrong)

    def _evening(self) -> None:
        """End all faults, and see that everybody comes to rest: uploaded, settled, with the same picture."""
        world = self.world
        world.calm = True
        self.accidents.look(all_of_them=True)
        for pc in world.pcs:
            pc.full, pc.quota, pc.away_until = False, False, self.scheduler.now
            if not pc.running:
                self._switch_on(pc)
        self.scheduler.pause(CALM_S)
        if not self._has_failed():
            self.wrong += checks.at_rest(self.accidents, list(self.programs.values()))

    def _end(self) -> None:
        self.world.calm = True
        for pc in self.world.pcs:
            self.world.kill(pc)
        for _turn in range(10_000):
            if self.scheduler.is_alone():
                return
            self.scheduler.pause(0.001)
        self.broken.append(f"tasks do not end: {self.scheduler.names()}")

    def _judge(self) -> None:
        placed = [
            PlacedStation(pc.number, pc=f"../{pc.folder.name}", world=self.world, on=pc)
            for pc in self.world.pcs
        ]
        office, first = self.world.office, self.world.pcs[0].folder
        doubtful = self.story.doubtful
        told = [replace(each, label="") if each.request in doubtful else each for each in self.story.told]
        is_rebuilt = self.accidents.rebuilds > 0
        self.wrong += judge(office, placed, told, anything=self.story.anything, rebuilt=is_rebuilt)
        self.wrong += checks.papers(office, self.story)
        if not self.story.anything:
            self.wrong += checks.reported(office, self.story)
            if not is_rebuilt:
                self.wrong += checks.places(office)
        self.wrong += checks.whole(office, first, self.world.true_ms())
        self.world.acting = None

    def _forget(self, files: SimulatedFiles) -> None:
        gc.collect()
        if files.failed:
            self.broken.append(f"the model failed: {files.failed[0]!r}")

    def _result(self) -> DayResult:
        alone = sum(told.act == "alone" for told in self.story.told)
        return DayResult(
            self.plan.seed,
            self.story.acts,
            self.world.calls,
            dict(self.world.befallen),
            self.wrong,
            self.broken,
            len(self.story.told),
            alone,
            self.story.unanswered,
            self.story.refused,
            self.scheduler.now,
            self.stations,
            self.plan.told,
            self.world.fell,
        )
