"""The program under the simulation's rule: clocks, pauses, threads, chance and file calls are the world's."""

import contextlib
import errno
import io
import math
import os
import random
import sqlite3
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any, TypeVar

import nacl.utils

from benchmarks.simulation import scheduler as scheduling
from benchmarks.simulation.file_model import RESERVED, SimulatedFiles, SimulatedWorld
from benchmarks.simulation.scheduler import Gone
from benchmarks.simulation.world import PC, Broken
from ult_desktop.base import machine
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Command
from ult_desktop.core.queue import waits
from ult_desktop.db.backup import backup
from ult_desktop.db.store import clock, connection, holder_mark, journal, key_ranges, stations, store, watcher
from ult_desktop.db.store.engine import Link
from ult_desktop.operations import request_ids
from ult_desktop.operations.office.office import Office

T = TypeVar("T")
KEPT: list[SimulatedFiles] = []
"""The file system of a day until its last connection is gone: they are closed through it."""
_CALLS = [
    (os, each)
    for each in ("stat", "access", "unlink", "scandir", "replace", "rename", "open", "mkdir", "link")
]
_CALLS += [(io, "open")]
_CHANGING = {"unlink", "replace", "rename", "mkdir", "link"}
FEW_SCENARIOS = 1  # of a wait's forecast: it is a third of an act's work, and nothing here depends on it
LONGEST_WRITE_S = 10.5  # docs/store.md, rule 5, and the calls between its look at the clock and the commit


@contextlib.contextmanager
def ruled(world: SimulatedWorld, seed: int) -> Iterator[SimulatedFiles]:
    """Rule all that the program does in this process until the block ends."""
    files = SimulatedFiles(world)
    KEPT.append(files)
    with contextlib.ExitStack() as undo:
        _rule_time(world, undo)
        _rule_threads(world, undo)
        _rule_chance(world, seed, undo)
        _rule_calls(world, undo)
        _rule_commits(world, files, undo)
        _rule_backup(world, undo)
        replace(undo, waits, "SCENARIOS", FEW_SCENARIOS)
        files.begin()
        undo.callback(files.end)
        undo.enter_context(world.own_rules())
        yield files
    if files.failed:
        raise files.failed[0]


def replace(undo: contextlib.ExitStack, module: object, name: str, value: object) -> None:
    """Set an attribute until `undo` ends."""
    undo.callback(setattr, module, name, getattr(module, name))
    setattr(module, name, value)


def _rule_backup(world: SimulatedWorld, undo: contextlib.ExitStack) -> None:
    """Let what a backup's progress raises end the backup by a failed reading, and be raised after it.

    The driver would call SQLite with the error raised already, and no function of Python may be called then.
    """

    def copied(
        link: sqlite3.Connection, copy: sqlite3.Connection, pages: int, steps: Callable[..., None]
    ) -> bool:
        raised: list[BaseException] = []
        task = world.scheduler.current

        def progress(*done: int) -> None:
            try:
                steps(*done)
            except BaseException as error:  # noqa: BLE001  (raised below)
                raised.append(error)
                task.failing = True

        try:
            link.backup(copy, pages=pages, progress=progress, sleep=backup.BUSY_PAUSE_S)
        except sqlite3.Error:
            if not raised:
                raise
        finally:
            task.failing = False
        if raised and not isinstance(raised[0], backup._Disturbed):  # noqa: SLF001
            raise raised[0]
        return not raised

    replace(undo, backup, "_try_copy", copied)


def _rule_commits(world: SimulatedWorld, files: SimulatedFiles, undo: contextlib.ExitStack) -> None:
    """Hold each commit to account (docs/store.md, rule 5): nobody commits what they read long ago."""
    commit = store._commit_patiently  # noqa: SLF001

    def watched(link: Link, deadline: float) -> None:
        for handle in files.handles.values():
            pc = handle.pc
            if pc is None or pc is not world.here() or handle.session is None or files.is_over(handle):
                continue
            held = world.scheduler.now - handle.began
            if handle.level >= RESERVED and held > LONGEST_WRITE_S:
                world.broken_rules.append(f"{pc.name} commits what it read {held:.1f} s ago")
        commit(link, deadline)

    replace(undo, store, "_commit_patiently", watched)


def _rule_time(world: SimulatedWorld, undo: contextlib.ExitStack) -> None:
    scheduler = world.scheduler

    def bootclock(which: int) -> int:
        seconds = (
            world.ticks_ms() / 1000 if which == getattr(time, "CLOCK_BOOTTIME", None) else world.awake_s()
        )
        return round(seconds * 1_000_000_000)

    replace(undo, time, "time", lambda: world.own_ms() / 1000)
    replace(undo, time, "time_ns", lambda: world.own_ms() * 1_000_000)
    replace(undo, time, "monotonic", world.awake_s)
    replace(undo, time, "monotonic_ns", lambda: round(world.awake_s() * 1_000_000_000))
    replace(undo, time, "clock_gettime_ns", bootclock)
    replace(undo, time, "sleep", scheduler.pause)
    replace(undo, clock, "SYSTEM", clock.ClockSources(clock.ticks_ms, clock.own_ms, partial(share_ms, world)))
    replace(undo, clock, "_first_own_at_zero_ticks", lambda _sources: world.start_ms())


def share_ms(world: SimulatedWorld, _folder: object, _station: str) -> int | None:
    """Return the server's time as its files have it; None where it does not answer."""
    pc = world.here()
    if pc is not None:
        try:
            world.connect(pc)
            lost = world.way(pc, remote=True)
        except Broken:
            return None
        if lost or world.folder_away or world.readonly or world.full or pc.quota:
            return None
    return world.server_ms()


def _rule_threads(world: SimulatedWorld, undo: contextlib.ExitStack) -> None:
    scheduler = world.scheduler

    def thread(
        target: Callable[..., None], args: tuple[object, ...] = (), name: str = "", **_more: object
    ) -> Any:  # noqa: ANN401
        return scheduling.Thread(scheduler, target, args, name)

    watching = SimpleNamespace(Thread=thread, Event=partial(scheduling.Event, scheduler, parked=True))
    replace(undo, watcher, "threading", watching)
    # The mark of who holds the file for long is for people's eyes; its thread would look four times a second.
    idle = SimpleNamespace(start=lambda: None, join=lambda _timeout: None)
    replace(
        undo, holder_mark, "threading", SimpleNamespace(Thread=lambda **_more: idle, Event=threading.Event)
    )

    def watch(*, args: tuple[Callable[[], None], object], **_more: object) -> Any:  # noqa: ANN401
        limit = Limit(scheduler, args[0])
        return SimpleNamespace(start=limit.begin, join=limit.end)

    # A read of limited length is interrupted at a call, when its time is over: no thread is needed.
    replace(undo, key_ranges, "threading", SimpleNamespace(Thread=watch, Event=threading.Event))


class Limit:
    """The limit of a read in the current task: from its end on each of its calls is interrupted."""

    def __init__(self, scheduler: scheduling.Scheduler, interrupt: Callable[[], None]) -> None:
        self._scheduler, self._interrupt, self._due = scheduler, interrupt, math.inf
        self._task = scheduler.current

    def begin(self) -> None:
        self._due, self._task.limit = self._scheduler.now + key_ranges.LONGEST_S, self

    def end(self) -> None:
        self._task.limit = None

    def look(self) -> None:
        if self._scheduler.now > self._due:
            self._interrupt()


def _rule_chance(world: SimulatedWorld, seed: int, undo: contextlib.ExitStack) -> None:
    random.seed(seed)
    replace(undo, nacl.utils, "random", world.dice.randbytes)
    former = request_ids.new_id, uuid.uuid4

    def own_id() -> str:
        task = world.scheduler.current
        given, task.next_id = task.next_id, ""
        return given or new_id(world)

    def uuid4() -> uuid.UUID:
        return uuid.UUID(int=world.dice.getrandbits(128), version=4)

    for module in list(sys.modules.values()):
        for name, own in (("new_id", own_id), ("uuid4", uuid4)):
            if module is not uuid and getattr(module, name, None) in former:
                replace(undo, module, name, own)
    replace(undo, machine, "machine_id", lambda: pc.machine if (pc := world.here()) else "director")
    replace(undo, journal, "machine_id", machine.machine_id)
    replace(undo, connection, "HANDLES_OWN_LOCKS", True)
    # A report says how much room there is, and SQLite writes no page of a row that stays the same.
    replace(undo, stations.OwnRow, "free_mb", 50_000)


def new_id(world: SimulatedWorld) -> str:
    """Return an id as a PC makes it: by its own clock, and never before one that its program made."""
    pc = world.here()
    at, count = world.own_ms(), 0
    if pc is not None:
        before, counted = pc.last_id
        at, count = (at, 0) if at > before else (before, counted + 1)
        pc.last_id = at, count
    chance = f"{0x8000 | world.dice.getrandbits(14):04x}{world.dice.getrandbits(48):012x}"
    return str(uuid.UUID(f"{at:012x}7{count & 0xFFF:03x}{chance}"))


def first_try(world: SimulatedWorld, office: Office, command: Command[T], by: Actor, request: str) -> T:
    """Do a command as a window does at first: the office makes the request's id, which is this one."""
    task = world.scheduler.current
    task.next_id = request
    try:
        return office.perform(command, by)
    finally:
        task.next_id = ""


def _rule_calls(world: SimulatedWorld, undo: contextlib.ExitStack) -> None:
    """Let what Python asks of the share's files go the same way as SQLite's calls."""
    handles: set[int] = set()
    for module, name in _CALLS:
        replace(undo, module, name, _watched(world, name, getattr(module, name), handles))
    close, read = os.close, os.read

    def closes(handle: int) -> None:
        handles.discard(handle)
        close(handle)

    def reads(handle: int, size: int) -> bytes:
        pc = world.here()
        if handle in handles and pc is not None:
            try:
                world.way(pc, remote=True)
            except Broken:
                raise _unreachable("handle") from None
        return read(handle, size)

    replace(undo, os, "close", closes)
    replace(undo, os, "read", reads)


def _unreachable(path: str) -> OSError:
    return OSError(errno.EHOSTDOWN, os.strerror(errno.EHOSTDOWN), path)


def _watched(
    world: SimulatedWorld, name: str, function: Callable[..., Any], handles: set[int]
) -> Callable[..., Any]:
    prefix = f"{world.share}"

    def call(path: Any = ".", *rest: Any, **more: Any) -> Any:  # noqa: ANN401  (as `os` has it)
        pc = world.here()
        if pc is None or not isinstance(path, (str, os.PathLike)):
            return function(path, *rest, **more)
        place = os.path.normpath(path)
        if not place.startswith(prefix):
            return function(path, *rest, **more)
        lost = False
        try:
            lost = _sent(world, pc, place)
            _require_room(world, pc, name, str(rest[0] if rest else more.get("mode", "r")), place)
        except OSError:
            if name == "access":
                return False
            raise
        found = function(path, *rest, **more)
        if type(found) is int and name == "open" and place.endswith(".db"):
            handles.add(found)
        if lost:
            world.end_session(pc.session)
            if name in _CHANGING:
                raise _unreachable(place)
        return found

    return call


def _sent(world: SimulatedWorld, pc: PC, place: str) -> bool:
    """Send a call about a file to the share; return whether its reply gets lost. Raises OSError."""
    if world.scheduler.current.doomed:
        raise Gone
    try:
        world.connect(pc)
        lost = world.way(pc, remote=True)
    except Broken:
        raise _unreachable(place) from None
    if world.folder_away:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), place)
    return lost


def _require_room(world: SimulatedWorld, pc: PC, name: str, mode: str, place: str) -> None:
    mode = mode if name == "open" else ""
    changing = name in _CHANGING or any(letter in mode for letter in "wax+")
    if changing and world.readonly:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), place)
    if (world.full or pc.quota) and any(letter in mode for letter in "wax"):
        code = errno.EDQUOT if world.rates.quota_fails and not world.full else errno.ENOSPC
        raise OSError(code, os.strerror(code), place)
