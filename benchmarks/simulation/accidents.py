"""The accidents of a day that somebody causes: to a PC, to the share, to the file that lies there.

Each is begun at a moment, ends by itself, and says what must hold meanwhile.
"""

import os
import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import Error, connect

from benchmarks.simulation.file_model import SimulatedWorld
from benchmarks.simulation.station import Program, Story
from benchmarks.simulation.world import PC
from ult_desktop.base import UserError
from ult_desktop.core.stamps import DAY_MS, MINUTE_MS
from ult_desktop.db.backup.journals import folder_of
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store import damage_flag
from ult_desktop.operations.backup.restoring import RestoreRequest, restore, verify_office

STEPS_MS = (-3 * 365 * DAY_MS, -DAY_MS, -60 * MINUTE_MS, 60 * MINUTE_MS, DAY_MS, 40 * DAY_MS, 365 * DAY_MS)
AHEAD_MS = (DAY_MS, 15 * DAY_MS, 40 * DAY_MS, 3 * 365 * DAY_MS)
SNAPSHOT_AGE_S = 30.0
MOST_TURNS = 2_000  # of 30 ms, in which one waits for a moment at which nobody is at the file
EXCHANGES = frozenset({"older_copy", "alike"})
AT_WORK_S = 130.0  # longer than a station counts as at work after its last report


@dataclass
class Snapshot:
    """A copy of the office file as a NAS keeps it: path, when it was taken (s), and the end of its log.

    `beside` is what lay beside the file of what its stations know of the log, and `disk` the own one of
    `pc`, both of the same moment.
    """

    path: Path
    taken: float
    last: int
    beside: Path
    pc: PC
    disk: Path


@dataclass
class Accidents:
    """The accidents of a day. `begin` starts one by name; `look` ends those that are over.

    `wrong` collects what did not hold. `clocks` says whose clocks are set today: the server's or the PCs'.
    `forked` is the PC whose disk is as old as the copy that lies in the office's place.
    """

    world: SimulatedWorld
    dice: random.Random
    story: Story
    programs: dict[PC, Program]
    switch_on: Callable[[PC], None]
    wrong: list[str] = field(default_factory=list)
    lasting: list[tuple[float, str, Callable[[], Iterator[str]]]] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    without: frozenset[str] = frozenset()
    exchanged: bool = False
    forked: PC | None = None
    rebuilds: int = 0
    clocks: str = ""

    @property
    def backups(self) -> Path:
        return self.world.root / "cadangan"

    def begin(self, name: str) -> None:
        before = len(self.lasting)
        ends = _KINDS[name](self)
        if ends is not None:
            self.lasting.append((self.world.scheduler.now + self.dice.uniform(2.0, 60.0), name, ends))
        if ends is not None or len(self.lasting) > before:
            self.world.befallen[name] += 1

    def look(self, *, all_of_them: bool = False) -> None:
        """End the accidents whose time is over, or all; a file is laid back when nobody is at it."""
        for turn in range(MOST_TURNS if all_of_them else 1):
            for accident in tuple(self.lasting):
                due, name, ends = accident
                may_end = name not in EXCHANGES or self.world.is_idle() or turn == MOST_TURNS - 1
                if (all_of_them or due <= self.world.scheduler.now) and may_end:
                    self.lasting.remove(accident)
                    self.wrong += ends()
            if not self.lasting:
                break
            if all_of_them:
                self.world.scheduler.pause(0.03)
        if self.world.has_file and not self.exchanged and self.is_quiet():
            self._snap()

    def is_quiet(self) -> bool:
        return self.world.is_quiet()

    def await_quiet(self) -> bool:
        """Wait until the file is quiet; return False if it never is."""
        for _turn in range(MOST_TURNS):
            if self.is_quiet():
                return True
            self.world.scheduler.pause(0.03)
        return False

    def last(self) -> int:
        """Return the end of the log of a quiet office."""
        return int(self.world.read("SELECT max(seq) FROM event")[0][0])

    def unchanged(self, last: int, what: str) -> Iterator[str]:
        """Yield it if the log has grown since it ended with `last`."""
        if self.await_quiet() and self.last() != last:
            yield f"{self.last() - last} commits {what}"

    def _snap(self) -> None:
        path = self.world.root / f"snapshot-{len(self.snapshots)}.db"
        if len(self.snapshots) < 4 and (not self.snapshots or self.dice.random() < 0.2):
            shutil.copy(self.world.office, path)
            pc = self.dice.choice(self.world.pcs)
            beside, disk = (
                self.kept(folder, f"{path.stem}-{name}")
                for folder, name in ((folder_of(self.world.office), "beside"), (pc.folder, "disk"))
            )
            self.snapshots.append(Snapshot(path, self.world.scheduler.now, self.last(), beside, pc, disk))

    def kept(self, folder: Path, name: str) -> Path:
        """Return a copy of a folder as it is at this moment, hot journals included."""
        copy = self.world.root / name
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for file in sorted(folder.iterdir()) if folder.exists() else ():
            shutil.copy(file, copy)
        return copy

    def fill(self, folder: Path, copy: Path) -> None:
        """Let a folder hold what the copy holds, and nothing else."""
        for file in sorted(folder.iterdir()) if folder.exists() else ():
            file.unlink()
            self.world.disk.forget(str(file))
        for file in sorted(copy.iterdir()):
            there = Path(shutil.copy(file, folder / file.name))
            self.world.disk.opened(str(there), there.read_bytes())

    def lay(self, source: Path) -> None:
        """Put another file in the place of the office file, as by a rename, while nobody is at it.

        Who is in the middle of a look would roll the journal of a later commit back into the former file:
        docs/endurance.md, "Days by one seed".
        """
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


def _while(day: Accidents, what: str, pc: PC | None = None) -> Ending:
    """Let the share, or a PC, be so until the accident is over."""
    setattr(pc or day.world, what, True)

    def over() -> Iterator[str]:
        setattr(pc or day.world, what, False)
        day.world.scheduler.stir()
        yield from ()

    return over


def local_full(day: Accidents) -> Ending:
    """Fill a PC's own disk."""
    return _while(day, "full", day.dice.choice(day.world.pcs))


def quota(day: Accidents) -> Ending:
    """Use up a user's room on the share: one PC can add nothing there, and others can."""
    return _while(day, "quota", day.dice.choice(day.world.pcs))


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
    flag = damage_flag.flag_path(day.world.office)
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
    fit = _old_enough(day, lambda _snapshot: day.programs)
    if not fit or not day.world.is_idle():
        return None
    chosen = day.dice.choice(fit)
    kept = _exchange(day, chosen)

    def over() -> Iterator[str]:
        yield from day.unchanged(chosen.last, "into an older copy")
        _give_back(day, kept)

    return over


def _old_enough(day: Accidents, knowing: Callable[[Snapshot], Iterable[PC]]) -> list[Snapshot]:
    """Return the snapshots of which each of the PCs that are `knowing` knows a later event."""
    if day.exchanged or len(day.programs) < len(day.world.pcs):
        return []
    known = {pc: _known_by(program.journal) for pc, program in day.programs.items()}
    return [
        each
        for each in day.snapshots
        if each.taken < day.world.scheduler.now - SNAPSHOT_AGE_S
        and each.last < min((known[pc] for pc in knowing(each)), default=0)
    ]


def _exchange(day: Accidents, chosen: Snapshot) -> Path:
    """Lay a snapshot in the office's place; return the copy of what lay there."""
    day.exchanged = day.world.older = True
    kept = Path(shutil.copy(day.world.office, day.world.root / "kept.db"))
    day.lay(Path(shutil.copy(chosen.path, day.world.root / "laid.db")))
    return kept


def _give_back(day: Accidents, kept: Path) -> None:
    day.lay(kept)
    day.exchanged = day.world.older = False


def alike(day: Accidents) -> Ending:
    """Let two disks lie alike: the share's, and the own one of a PC, are set back to the same moment.

    That PC cannot know it, and writes: this is beyond what the design promises, and what it did is undone
    with the disks. But it must be noticed: every other PC refuses to write, and `verify` says so there.
    """
    if any(pc.machine == "clone" for pc in day.world.pcs):
        return None  # the other PC of the same name knows better
    fit = _old_enough(day, lambda snapshot: day.programs.keys() - {snapshot.pc})
    if not fit:
        return None
    chosen = day.dice.choice(fit)
    pc = chosen.pc
    if pc.running:
        day.world.kill(pc)
        day.world.scheduler.pause(0.1)  # until its tasks have ended
    if not day.world.is_idle():
        return None
    beside = folder_of(day.world.office)
    kept_beside, kept_disk = day.kept(beside, "kept-beside"), day.kept(pc.folder, "kept-disk")
    told, papers = len(day.story.told), len(day.story.papers)
    kept, day.forked = _exchange(day, chosen), pc
    day.fill(beside, chosen.beside)
    day.fill(pc.folder, chosen.disk)
    day.switch_on(pc)

    def over() -> Iterator[str]:
        day.world.kill(pc)
        day.world.scheduler.pause(0.1)
        if day.await_quiet():
            yield from _unnoticed(day, chosen)
        day.story.undo(pc.name, told, papers)
        day.fill(pc.folder, kept_disk)
        day.fill(beside, kept_beside)
        _give_back(day, kept)
        day.forked = None

    return over


def _unnoticed(day: Accidents, chosen: Snapshot) -> Iterator[str]:
    """Yield who wrote into the older copy though they knew better, and where `verify` sees nothing."""
    query = "SELECT DISTINCT station FROM event WHERE seq > ? AND station <> ?"
    with closing(connect(f"file:{day.world.office}?mode=ro&immutable=1", uri=True)) as link:
        wrote = link.execute(query, (chosen.last, chosen.pc.name)).fetchall()
    yield from (f"two disks lie alike, and {station} wrote there too" for (station,) in wrote)
    for pc in day.world.pcs:
        if pc is not chosen.pc:
            found = verify_office(day.world.office, pc.folder, day.world.true_ms()).findings
            if not any(each.check in ("witness", "acknowledged") for each in found):
                yield f"two disks lie alike, and {pc.name} does not notice: {found}"


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
    if pc is day.forked:
        return None
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
    if not homes or day.exchanged or day.story.surveyed or damage_flag.flag_path(day.world.office).exists():
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
        *(newer_program, older_copy, alike, clone, upkeep, rebuilt),
    )
}
NAMES = tuple(_KINDS)
ON_SERVER = frozenset(each.__name__ for each in (cable, local_full, building, clock, share_clock, clone))
"""The accidents that an office on a server has, too; to the others a file belongs."""
