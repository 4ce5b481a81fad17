"""The accidents of a day that somebody causes: to a PC, to the share, to the file that lies there.

Each is begun at a moment, ends by itself, and says what must hold meanwhile.
"""

import os
import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import Error, connect

from benchmarks.simulation.file_model import RESERVED, SimulatedWorld
from benchmarks.simulation.station import Program, Story
from benchmarks.simulation.world import PC
from ult_desktop.base import UserError
from ult_desktop.core.stamps import DAY_MS, MINUTE_MS
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store import errors
from ult_desktop.operations.backup.restoring import RestoreRequest, restore

STEPS_MS = (-3 * 365 * DAY_MS, -DAY_MS, -60 * MINUTE_MS, 60 * MINUTE_MS, DAY_MS, 40 * DAY_MS, 365 * DAY_MS)
AHEAD_MS = (DAY_MS, 15 * DAY_MS, 40 * DAY_MS, 3 * 365 * DAY_MS)
SNAPSHOT_AGE_S = 30.0
AT_WORK_S = 130.0  # longer than a station counts as at work after its last report


@dataclass
class Snapshot:
    """A copy of the office file as a NAS keeps it: path, when it was taken (s), and the end of its log."""

    path: Path
    taken: float
    last: int


@dataclass
class Accidents:
    """The accidents of a day. `begin` starts one by name; `look` ends those that are over.

    `wrong` collects what did not hold. `clocks` says whose clocks are set today: the server's or the PCs'.
    """

    world: SimulatedWorld
    dice: random.Random
    story: Story
    programs: dict[PC, Program]
    switch_on: Callable[[PC], None]
    wrong: list[str] = field(default_factory=list)
    lasting: list[tuple[float, Callable[[], Iterator[str]]]] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    without: frozenset[str] = frozenset()
    exchanged: bool = False
    rebuilds: int = 0
    clocks: str = ""

    @property
    def backups(self) -> Path:
        return self.world.root / "cadangan"

    def begin(self, name: str) -> None:
        before = len(self.lasting)
        ends = _KINDS[name](self)
        if ends is not None:
            self.lasting.append((self.world.scheduler.now + self.dice.uniform(2.0, 60.0), ends))
        if ends is not None or len(self.lasting) > before:
            self.world.befallen[name] += 1

    def look(self, *, all_of_them: bool = False) -> None:
        for due, ends in tuple(self.lasting):
            if all_of_them or due <= self.world.scheduler.now:
                self.lasting.remove((due, ends))
                self.wrong += ends()
        if not self.exchanged and self.is_quiet():
            self._snap()

    def is_quiet(self) -> bool:
        """Return whether nobody is writing the office file, and no journal of it is hot."""
        files, office = self.world.system, str(self.world.office)
        journal = Path(f"{office}-journal")
        writing = any(
            each.path == office and each.level >= RESERVED and not files.is_over(each)
            for each in files.handles.values()
        )
        return (
            not writing and not self.world.folder_away and not (journal.exists() and journal.stat().st_size)
        )

    def await_quiet(self) -> bool:
        """Wait until the file is quiet; return False if it never is."""
        for _turn in range(2_000):
            if self.is_quiet():
                return True
            self.world.scheduler.pause(0.03)
        return False

    def last(self) -> int:
        """Return the end of the log of a quiet file, and disturb nobody by it."""
        with closing(connect(f"file:{self.world.office}?mode=ro&immutable=1", uri=True)) as link:
            return int(link.execute("SELECT max(seq) FROM event").fetchone()[0])

    def unchanged(self, last: int, what: str) -> Iterator[str]:
        """Yield it if the log has grown since it ended with `last`."""
        if self.await_quiet() and self.last() != last:
            yield f"{self.last() - last} commits {what}"

    def _snap(self) -> None:
        path = self.world.root / f"snapshot-{len(self.snapshots)}.db"
        if len(self.snapshots) < 4 and (not self.snapshots or self.dice.random() < 0.2):
            shutil.copy(self.world.office, path)
            self.snapshots.append(Snapshot(path, self.world.scheduler.now, self.last()))

    def lay(self, source: Path) -> None:
        """Put another file in the place of the office file, as by a rename."""
        os.replace(source, self.world.office)  # noqa: PTH105  (unruled: nobody's PC does it)
        self.world.disk.forget(str(self.world.office))
        self.world.disk.opened(str(self.world.office), self.world.office.read_bytes())
        self.world.scheduler.stir()

    def running(self) -> list[PC]:
        return [pc for pc in self.world.pcs if pc.running]


Ending = Callable[[], Iterator[str]] | None


def _nothing() -> Iterator[str]:
    yield from ()


def cable(day: Accidents) -> Ending:
    """Pull a PC's cable."""
    pc = day.dice.choice(day.world.pcs)
    pc.away_until = day.world.scheduler.now + day.dice.uniform(1.0, 90.0)
    return _nothing


def folder_away(day: Accidents) -> Ending:
    """Take the folder away, and give it back."""
    return _while(day, "folder_away")


def full(day: Accidents) -> Ending:
    """Fill the server's disk."""
    return _while(day, "full")


def readonly(day: Accidents) -> Ending:
    """Close the share to writing."""
    return _while(day, "readonly")


def _while(day: Accidents, what: str) -> Ending:
    setattr(day.world, what, True)

    def over() -> Iterator[str]:
        setattr(day.world, what, False)
        day.world.scheduler.stir()
        yield from ()

    return over


def local_full(day: Accidents) -> Ending:
    """Fill a PC's own disk."""
    pc = day.dice.choice(day.world.pcs)
    pc.full = True

    def over() -> Iterator[str]:
        pc.full = False
        yield from ()

    return over


def quota(day: Accidents) -> Ending:
    """Use up a user's room on the share: one PC can add nothing there, and others can."""
    pc = day.dice.choice(day.world.pcs)
    pc.quota = True

    def over() -> Iterator[str]:
        pc.quota = False
        yield from ()

    return over


def building(day: Accidents) -> Ending:
    """Cut the power of the server and of all PCs at one moment."""
    day.world.cut_building()
    return _nothing


def clock(day: Accidents) -> Ending:
    """Set a PC's clock; its program may start by it, and NTP corrects it later."""
    pc = day.dice.choice(day.world.pcs)
    if day.clocks == "share":
        return None  # the server's and a PC's clock that lie alike are believed: that is beyond the promise
    day.clocks = "pc"
    pc.ahead_ms = day.dice.choice(STEPS_MS)

    def over() -> Iterator[str]:
        pc.ahead_ms = 0
        yield from ()

    return over


def share_clock(day: Accidents) -> Ending:
    """Set the server's clock ahead."""
    if day.clocks == "pc":
        return None
    day.clocks = "share"
    day.world.share_ahead_ms = day.dice.choice(AHEAD_MS)

    def over() -> Iterator[str]:
        day.world.share_ahead_ms = 0
        yield from ()

    return over


def flagged(day: Accidents) -> Ending:
    """Lay the flag of damage beside the file: nobody writes while it lies there."""
    flag = errors.flag_of(day.world.office)
    if not day.is_quiet() or flag.exists():
        return None
    flag.write_text("{}")
    before, office = day.last(), day.world.office.stat().st_ino

    def over() -> Iterator[str]:
        if day.world.office.stat().st_ino == office:
            yield from day.unchanged(before, "beside the flag of damage")
        flag.unlink(missing_ok=True)

    return over


def newer_program(day: Accidents) -> Ending:
    """Let a newer program change the schema: nobody of the older one writes."""
    if not day.is_quiet() or day.exchanged:
        return None
    if not _has_set_level(day, MIGRATIONS.level + 1):
        return None
    day.exchanged = True
    before = day.last()

    def over() -> Iterator[str]:
        yield from day.unchanged(before, "of an older program")
        while not _has_set_level(day, MIGRATIONS.level):
            day.world.scheduler.pause(0.1)
        day.exchanged = False

    return over


def _has_set_level(day: Accidents, level: int) -> bool:
    """Set the level of the file's schema where nobody stands in the way; return whether it is set."""
    with closing(connect(day.world.office, timeout=0)) as link:
        try:
            link.execute("PRAGMA journal_mode = TRUNCATE")
            link.execute(f"PRAGMA user_version = {level}")
        except Error:
            return False
    return True


def older_copy(day: Accidents) -> Ending:
    """Rename a snapshot over the office file: who knows a later event writes nothing until it is gone."""
    known = min((_known_by(program.journal) for program in day.programs.values()), default=0)
    fit = [
        each
        for each in day.snapshots
        if each.last < known and each.taken < day.world.scheduler.now - SNAPSHOT_AGE_S
    ]
    if not fit or not day.is_quiet() or day.exchanged or len(day.programs) < len(day.world.pcs):
        return None
    day.exchanged = day.world.older = True
    kept, chosen = day.world.root / "kept.db", day.dice.choice(fit)
    shutil.copy(day.world.office, kept)
    copy = Path(shutil.copy(chosen.path, day.world.root / "laid.db"))
    day.lay(copy)

    def over() -> Iterator[str]:
        yield from day.unchanged(chosen.last, "into an older copy")
        day.lay(kept)
        day.exchanged = day.world.older = False

    return over


def _known_by(journal: Path) -> int:
    """Return the newest event that a PC knows of the log, by its own journal; 0 where it knows none."""
    with closing(connect(f"file:{journal}?mode=ro", uri=True, timeout=0)) as link:
        try:
            return int(link.execute("SELECT max(seq) FROM witness").fetchone()[0] or 0)
        except Error:  # made just now, or hot
            return 0


def clone(day: Accidents) -> Ending:
    """Copy the disk of a PC that is off to a second one; both go on."""
    if any(pc.machine == "clone" for pc in day.world.pcs):
        return None
    pc = day.dice.choice(day.world.pcs)
    if pc.running:
        day.world.kill(pc)
        day.world.scheduler.pause(0.1)  # until its tasks have ended
    copy = day.world.add_pc(pc.number, pc.name, "clone")
    for file in pc.folder.iterdir():
        shutil.copy(file, copy.folder)
        day.world.disk.opened(str(copy.folder / file.name), file.read_bytes())
    for each in (pc, copy):
        day.switch_on(each)
    return _nothing


def upkeep(day: Accidents) -> Ending:
    """Let a PC do its upkeep, with a backup disk of its own."""
    running = day.running()
    if not running:
        return None
    day.backups.mkdir(exist_ok=True)
    day.programs[day.dice.choice(running)].keep_up(day.backups)
    return _nothing


def rebuilt(day: Accidents) -> Ending:
    """Lose the office file for good, and rebuild it from a backup and the journals of all PCs."""
    homes = [*day.backups.rglob("office-*.db")] if day.backups.exists() else []
    if not homes or day.exchanged or day.story.surveyed or errors.flag_of(day.world.office).exists():
        return None
    former, day.world.calm = day.world.calm, True
    for pc in day.world.pcs:
        day.world.kill(pc)
    day.world.scheduler.pause(AT_WORK_S)
    for lasting in ("folder_away", "full", "readonly"):
        setattr(day.world, lasting, False)
    for ending in ("", "-journal"):
        Path(f"{day.world.office}{ending}").unlink(missing_ok=True)
        day.world.disk.forget(f"{day.world.office}{ending}")
    request = RestoreRequest(
        office_file=day.world.office,
        own=day.world.root,
        carried=tuple(pc.folder for pc in day.world.pcs),
        force=True,
        now=day.world.true_ms(),
        station="ti",
        source=day.backups,
    )
    try:
        report = restore(request)
    except UserError as error:
        day.wrong.append(f"not rebuilt: {error}")
        return None
    # What nobody was told may have failed in the lost office, too.
    refused = [each for each in report.replayed.refused if not each.doubtful]
    day.wrong += [f"not rebuilt: {each.name} {each.label}: {each.why}" for each in refused]
    day.story.doubtful |= {line.request for line in report.replayed.done if line.doubtful}
    day.snapshots.clear()
    day.rebuilds += 1
    day.world.calm = former
    return _nothing


_KINDS: Mapping[str, Callable[[Accidents], Ending]] = {
    each.__name__: each
    for each in (
        *(cable, folder_away, full, readonly, local_full, quota, building, clock, share_clock, flagged),
        *(newer_program, older_copy, clone, upkeep, rebuilt),
    )
}
NAMES = tuple(_KINDS)
