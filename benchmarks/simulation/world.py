"""The world outside the program: PCs with clocks, disks and sessions, the server, and what befalls them.

Each call that a PC makes to its disk or the share goes its `way`, on which anything may befall it.
"""

import math
import random
from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.simulation.scheduler import Gone, Scheduler
from benchmarks.survival.disk import Disk, PowerCutModel

if TYPE_CHECKING:
    from ult_desktop.db.store.watcher import Watcher

FIRST_MS = 1_785_729_600_000
"""UTC ms at which every simulation begins: Monday, 3 August 2026, noon in the office's zone."""
OFFICE = "office.db"
LEASE_S, STALE_S, KEPT_S = 35.0, 60.0, 1.0
"""For how long a server waits for a lease to be given back; for how long a PC keeps attributes at all, and
how old they get, as Linux mounts a share without being told otherwise (s)."""
MOST_CALLS = 3_000_000  # eight times those of the longest day


class Broken(Exception):
    """The call got no answer: the session with the server is over."""


@dataclass(eq=False)
class Session:
    """A PC's session with the server. `silent_since`: the server has heard nothing from it since (s)."""

    gone: bool = False
    silent_since: float | None = None


@dataclass(eq=False)
class PC:
    """A computer of the office. Its clock is `ahead_ms` of the true one; it was switched on at `booted` (s).

    `life` counts the runs of its program: what an earlier run holds is dead. `held_s` is for how long what
    befell its calls kept it waiting, `waits` how many of them wait now. `full`: its own disk is; `quota`: its
    user's room on the share is used up. Until `stale_until` (s) it believes the sizes that it was told a
    moment before.
    """

    number: int
    name: str
    folder: Path
    machine: str
    session: Session = field(default_factory=Session)
    ahead_ms: int = 0
    booted: float = -3600.0
    slept: float = 0.0
    asleep_until: float = -math.inf
    away_until: float = -math.inf
    stale_until: float = -math.inf
    full: bool = False
    quota: bool = False
    life: int = 0
    running: bool = False
    first_tick_ms: int = 0
    held_s: float = 0.0
    waits: int = 0
    last_id: tuple[int, int] = (0, 0)


@dataclass
class Rates:
    """The swarm of a run: how often each thing happens at a call (a chance), and what the link is like.

    `quota_fails`: a used-up quota is an error of writing of its own, as on Linux, and no full disk.
    """

    at_call: dict[str, float] = field(default_factory=dict)
    latency_s: float = 0.0005
    keepalive_s: float = 26.0
    nap_s: float = 30.0
    hang_s: float = 20.0
    quota_fails: bool = False


LOCAL = ("switch", "nap", "kill", "cut")
"""The faults that also meet a call to the PC's own disk."""


class World:
    """The server, the PCs, and the dice for what befalls them.

    `befallen` counts the faults by kind. `older`: an older copy lies in the office's place. `calm`: nothing
    more happens by chance. `fell` lists the calls at which a fault befell; with `only` none befalls at
    others. Dice of their own say at which calls, so that one fault less changes as little as it can.
    """

    def __init__(
        self,
        root: Path,
        scheduler: Scheduler,
        dice: random.Random,
        rates: Rates,
        only: frozenset[int] | None = None,
    ) -> None:
        self.root, self.share = root, root / "share"
        self.fate, self.only, self.fell = random.Random(dice.getrandbits(64)), only, list[int]()  # noqa: S311
        self.scheduler, self.dice, self.rates = scheduler, dice, rates
        self.disk = Disk()
        self.pcs: list[PC] = []
        self.acting: PC | None = None
        self.calm = True
        self.befallen: Counter[str] = Counter()
        self.calls = 0
        self.share_ahead_ms = 0
        self.broken_rules: list[str] = []
        self.watchers: dict[PC, Watcher] = {}
        self.server_away_until = -math.inf
        self.folder_away = self.full = self.readonly = self.older = self._is_acting = False
        self._share_prefix = f"{self.share}/"
        self.weather(rates.at_call)

    def weather(self, at_call: Mapping[str, float]) -> None:
        """Let faults befall calls at these rates from now on."""
        kinds = [(kind, rate) for kind, rate in at_call.items() if rate > 0]
        self._kinds, self._weights = [kind for kind, _rate in kinds], [rate for _kind, rate in kinds]
        self._any = sum(self._weights)
        self._next = self.calls + self._gap()

    def _gap(self) -> int:
        """Draw how many calls go well before the next one at which something befalls."""
        return (
            int(math.log(1.0 - self.fate.random()) / math.log1p(-min(self._any, 0.99)))
            if self._any
            else 10**9
        )

    @property
    def office(self) -> Path:
        return self.share / OFFICE

    def add_pc(self, number: int, name: str, machine: str = "") -> PC:
        folder = self.root / f"pc-{len(self.pcs)}"
        folder.mkdir(exist_ok=True)
        pc = PC(number, name, folder, machine or f"machine-{len(self.pcs)}")
        self.pcs.append(pc)
        return pc

    # Clocks: what the program asks of the PC on which it runs.

    def here(self) -> PC | None:
        """Return the PC whose task runs now; None for the director, the judge and the world itself."""
        if self._is_acting:
            return None
        owner = self.scheduler.current.owner
        return owner if isinstance(owner, PC) else self.acting

    def true_ms(self) -> int:
        return FIRST_MS + round(self.scheduler.now * 1000)

    def own_ms(self, pc: PC | None = None) -> int:
        pc = pc or self.here()
        return self.true_ms() + (pc.ahead_ms if pc else 0)

    def ticks_ms(self, pc: PC | None = None) -> int:
        """Return the ms since the PC was switched on, sleep included."""
        pc = pc or self.here()
        return round((self.scheduler.now - (pc.booted if pc else 0.0)) * 1000)

    def awake_s(self) -> float:
        """Return the seconds since the PC was switched on, without those in which it slept."""
        pc = self.here()
        return self.scheduler.now - (pc.booted + pc.slept if pc else 0.0)

    def start_ms(self) -> int:
        """Return what the PC's own clock said at its first tick, when the program first looked."""
        pc = self.here()
        return pc.first_tick_ms if pc else self.true_ms() - self.ticks_ms()

    def server_ms(self) -> int:
        return self.true_ms() + self.share_ahead_ms

    # Faults.

    def is_shared(self, path: str) -> bool:
        return path.startswith(self._share_prefix)

    def way(self, pc: PC, *, remote: bool) -> bool:
        """Let a call of `pc` go its way; return whether its reply gets lost after the act.

        Raises:
            Gone: the PC or its program ended meanwhile.
            Broken: the call did not reach the server, and the session is over.
        """
        self.calls += 1
        scheduler = self.scheduler
        if scheduler.current.doomed:
            raise Gone
        session = pc.session
        if remote:
            scheduler.now += self.rates.latency_s
            if (limit := scheduler.current.limit) is not None:
                limit.look()
        if self.calls > MOST_CALLS:
            self.break_off(f"more than {MOST_CALLS:,} calls in a day")
        lost = False
        if self.calls > self._next and not self.calm:
            self._next = self.calls + self._gap()
            kind = self.fate.choices(self._kinds, self._weights)[0]
            if (remote or kind in LOCAL) and self._may_befall(kind):
                lost = self._befall(kind, pc)
        if remote:
            if pc.away_until > scheduler.now or self.server_away_until > scheduler.now:
                self._reach(pc)
            if session.gone:
                raise Broken
        return lost

    def break_off(self, words: str) -> None:
        """End all programs, with what is wrong: the day would not come to rest, or stand still.

        Raises:
            Gone: one of them is the current task's.
        """
        self.calm, self.calls = True, 0
        self.scheduler.bugs.append(words)
        me = self.scheduler.current.owner
        for pc in sorted(self.pcs, key=lambda pc: pc is me):  # whose task this is ends last
            self.kill(pc)

    def _may_befall(self, kind: str) -> bool:
        if kind == "switch":
            return True
        if self.only is not None and self.calls not in self.only:
            return False
        self.fell.append(self.calls)
        return True

    def _befall(self, kind: str, pc: PC) -> bool:
        self.befallen[kind] += 1
        draw, rates = self.dice.uniform, self.rates
        faults: dict[str, Callable[[], None]] = {
            "switch": self.scheduler.pause,
            "slow": lambda: self._hold(pc, draw(0, 0.6)),
            "hang": lambda: self._silent(pc, draw(0.5, rates.hang_s)),
            "nap": lambda: self.nap(pc, draw(0.5, rates.nap_s)),
            "lease": lambda: self._wait_for_lease(pc, draw(0, LEASE_S)),
            "stale": lambda: self._believe(pc, draw(0, STALE_S)),
            "reset": lambda: self.end_session(pc.session),
            "kill": lambda: self.kill(pc),
            "cut": lambda: self.cut(pc),
            "server_cut": self.cut_server,
            "server_restart": self.restart_server,
        }
        if kind in faults:
            faults[kind]()
        return kind == "lost"

    def _wait_for_lease(self, pc: PC, seconds: float) -> None:
        """Wait while the server asks a PC that does not answer to give its lease back."""
        now = self.scheduler.now
        others = [max(each.asleep_until, each.away_until) for each in self.pcs if each is not pc]
        if (until := max(others, default=now)) > now:
            self._hold(pc, min(seconds, until - now))

    def _believe(self, pc: PC, seconds: float) -> None:
        pc.stale_until = self.scheduler.now + seconds

    def _reach(self, pc: PC) -> None:
        """Wait as a call does while cable or server are out; too long, and the session is over."""
        until = max(pc.away_until, self.server_away_until)
        patience = self.dice.uniform(5.0, 40.0)
        self._silent(pc, min(until - self.scheduler.now, patience))
        if until > self.scheduler.now:
            self.end_session(pc.session)
            raise Broken

    def _silent(self, pc: PC, seconds: float) -> None:
        session = pc.session
        session.silent_since = self.scheduler.now
        try:
            self._hold(pc, seconds)
        finally:
            session.silent_since = None

    def _hold(self, pc: PC, seconds: float) -> None:
        pc.held_s += seconds  # at once: a PC that sleeps keeps its other tasks waiting too
        pc.waits += 1
        try:
            self.scheduler.pause(seconds)
        finally:
            pc.waits -= 1

    def nap(self, pc: PC, seconds: float) -> None:
        """Let a PC sleep; the server hears nothing of it."""
        pc.asleep_until = self.scheduler.now + seconds
        pc.slept += seconds
        if self.scheduler.current.owner is pc:
            self._silent(pc, seconds)

    def end_session(self, session: Session) -> None:
        session.gone = True

    def connect(self, pc: PC) -> Session:
        """Return the session in which a PC opens a file; a new one where the last is over."""
        if pc.session.gone:
            pc.session = Session()
        return pc.session

    def kill(self, pc: PC) -> None:
        """Kill the program of a PC: its system closes all that it had open."""
        pc.life += 1
        pc.running = False
        self.watchers.pop(pc, None)
        pc.last_id = (0, 0)
        self.scheduler.doom(pc)
        if self.scheduler.current.owner is pc:
            raise Gone

    def cut(self, pc: PC) -> None:
        """Cut the power of a PC: its disk keeps what was synced, and the server learns of it late."""
        mine = self.holders_of(pc)
        lossy = [path for path in self.disk.entries if Path(path).parent == pc.folder]
        if mine:  # what the PC's system had not sent yet is gone with it
            lossy += [path for path in self.disk.entries if self.is_shared(path)]
        self.lose(lossy)
        self._turn_off(pc)

    def _turn_off(self, pc: PC) -> None:
        pc.session.silent_since = self.scheduler.now
        pc.session = Session()
        pc.booted, pc.slept, pc.asleep_until = self.scheduler.now, 0.0, -math.inf
        self.kill(pc)

    def cut_building(self) -> None:
        """Cut the power of the server and of all PCs at one moment."""
        self.lose(list(self.disk.entries))
        for pc in self.pcs:
            self._turn_off(pc)
        self.restart_server()

    @abstractmethod
    def holders_of(self, pc: PC) -> bool:
        """Return whether the PC holds the writer's lock of a file on the share. The file model knows."""

    def cut_server(self) -> None:
        """Cut the server's power: its disk keeps what was synced, every session is over."""
        self.lose([path for path in self.disk.entries if self.is_shared(path)])
        self.restart_server()

    def restart_server(self) -> None:
        for pc in self.pcs:
            self.end_session(pc.session)
        self.end_all_sessions()
        self.server_away_until = self.scheduler.now + self.dice.uniform(0.5, 30.0)
        self.scheduler.stir()

    @abstractmethod
    def end_all_sessions(self) -> None:
        """End the sessions of PCs that are off, too. The file model knows them."""

    def lose(self, lossy: Iterable[str]) -> None:
        """Leave of these files what a power cut leaves: of what was not synced any sectors."""
        self._is_acting = True
        try:
            self._lose(set(lossy))
        finally:
            self._is_acting = False

    def _lose(self, lossy: set[str]) -> None:
        for path in lossy:
            if self.disk.entries[path].present and not Path(path).exists():  # moved, or deleted by Python
                self.disk.forget(path)
        lossy &= self.disk.entries.keys()
        found = self.disk.after(PowerCutModel(self.dice, self.dice.choice((0.0, 0.5, 0.9, 1.0))), lossy)
        for path in sorted(lossy):
            content = found.get(path)
            if content is None:
                Path(path).unlink(missing_ok=True)
                self.disk.entries.pop(path)
            else:
                with open(path, "r+b" if Path(path).exists() else "wb") as file:  # noqa: PTH123  (unwatched)
                    file.write(content)
                    file.truncate()
                self.disk.forget(path)
                self.disk.opened(path, content)
