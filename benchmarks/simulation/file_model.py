"""The file system that SQLite sees: locks as Windows takes them, sessions, lost replies, full disks.

SQLite itself is the library that Python has loaded; the bytes lie in real files, and locks, sessions and
faults are the model's. As on Windows the journal stays open between transactions, a file that is open
elsewhere cannot be deleted, and nobody notices that another file was renamed over an open one.
"""

import ctypes
import math
import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from ctypes import CFUNCTYPE, c_int, c_longlong, c_void_p
from pathlib import Path
from sqlite3 import connect
from typing import Any

from typing_extensions import override

from benchmarks.simulation.scheduler import Gone
from benchmarks.simulation.world import KEPT_S, OFFICE, PC, Broken, Session, World
from benchmarks.survival.file_system import (
    ACCESS,
    DELETE,
    MOVE,
    NUMBER,
    OK,
    OPEN,
    POINTER_TO,
    SIZE,
    Call,
    Methods,
    OwnFileSystem,
)

BUSY, FULL, CANNOT_OPEN = 5, 13, 14
SHARED, RESERVED, PENDING, EXCLUSIVE = 1, 2, 3, 4
PAGE = 4096  # bytes: an office file's first page is read with every lock
READ_ALONE, READ_AND_WRITE, CREATE, DELETE_ON_CLOSE = 0x1, 0x2, 0x4, 0x8
ACCESS_ERROR = 10 | 13 << 8
FAILED = {
    "read": 10 | 1 << 8,
    "write": 10 | 3 << 8,
    "sync": 10 | 4 << 8,
    "truncate": 10 | 6 << 8,
    "size": 10 | 7 << 8,
    "unlock": 10 | 8 << 8,
    "delete": 10 | 10 << 8,
    "reserved": 10 | 14 << 8,
    "lock": 10 | 15 << 8,
}
DELETE_TRIES, DELETE_PAUSE_S = 10, 0.025
NAME = b"ult-simulated"
RANDOM, SLEEP = 5, 6  # the places of these functions among `others`

_RANDOM = CFUNCTYPE(c_int, c_void_p, c_int, c_void_p)


class Handle:
    """A file that a PC's program has open; `session` is None for a file on the PC's own disk.

    `looked`: under the lock that it holds it has read a page beyond the first. `size` (bytes) is what its PC
    was told at `sized` (s).
    """

    __slots__ = ("began", "level", "life", "locks", "looked", "path", "pc", "session", "size", "sized")

    def __init__(self, path: str, pc: PC | None, session: Session | None, locks: "Locks") -> None:
        self.path, self.pc, self.session, self.locks = path, pc, session, locks
        self.life = pc.life if pc else 0
        self.level = 0
        self.size, self.sized = 0, -math.inf
        self.began = 0.0
        self.looked = False

    @property
    def is_dead(self) -> bool:
        return self.pc is not None and self.life != self.pc.life


class Locks:
    """The locks on one file, as SQLite takes them by ranges of bytes that lie beyond its end."""

    def __init__(self) -> None:
        self.shared: set[Handle] = set()
        self.writer: Handle | None = None
        self.pending: Handle | None = None
        self.exclusive: Handle | None = None

    def holders(self) -> set[Handle]:
        return {*self.shared, *(each for each in (self.writer, self.pending, self.exclusive) if each)}

    def drop(self, handle: Handle) -> None:
        self.shared.discard(handle)
        if self.writer is handle:
            self.writer = None
        if self.pending is handle:
            self.pending = None
        if self.exclusive is handle:
            self.exclusive = None

    def take(self, handle: Handle, level: int) -> bool:
        """Take a lock as SQLite asks for it; return whether it was free.

        Who waits for the readers keeps PENDING.
        """
        if level == SHARED:
            if self.pending or self.exclusive:
                return False
            self.shared.add(handle)
            handle.level = SHARED
            return True
        if level == RESERVED:
            if self.writer or self.pending or self.exclusive:
                return False
            self.writer, handle.level = handle, RESERVED
            return True
        if self.pending not in (None, handle) or self.exclusive not in (None, handle):
            return False
        if self.writer not in (None, handle):
            return False
        self.pending, handle.level = handle, PENDING
        if self.shared - {handle}:
            return False
        self.exclusive, handle.level = handle, EXCLUSIVE
        return True

    def release(self, handle: Handle, level: int) -> None:
        self.drop(handle)
        if level == SHARED:
            self.shared.add(handle)
        handle.level = level


class SimulatedWorld(World):
    """The world with its file system."""

    has_file = True

    def found(self, mould: Path) -> None:
        """Let the office be a copy of that one."""
        shutil.copy(mould, self.office)

    def close(self) -> None:
        """Leave nothing behind."""

    def own_rules(self) -> AbstractContextManager[None]:
        """Return the rules that are this world's alone, as a context (`ruled`)."""
        return nullcontext()

    def place(self, system: "SimulatedFiles") -> None:
        self.system = system

    @override
    def holders_of(self, pc: PC) -> bool:
        # A PC whose session ended still believes that it holds the lock: the server has given it away.
        return any(
            each.pc is pc and each.session is not None and each in (each.locks.writer, each.locks.pending)
            for each in self.system.handles.values()
        )

    @override
    def end_all_sessions(self) -> None:
        for each in self.system.handles.values():
            if each.session is not None:
                each.session.gone = True

    def is_quiet(self) -> bool:
        """Return whether nobody is writing the office file, and no journal of it is hot."""
        files, office = self.system, str(self.office)
        journal = Path(f"{office}-journal")
        writing = any(
            each.path == office and each.level >= RESERVED and not files.is_over(each)
            for each in files.handles.values()
        )
        return not writing and not self.folder_away and not (journal.exists() and journal.stat().st_size)

    def is_idle(self) -> bool:
        """Return whether the file is quiet, nobody looks at it, and no PC sleeps or waits for an answer."""
        looks = any(
            each.level and each.path == str(self.office) and not self.system.is_over(each)
            for each in self.system.handles.values()
        )
        answers = all(not pc.waits and pc.asleep_until <= self.scheduler.now for pc in self.pcs)
        return self.is_quiet() and answers and not looks

    def read(self, sql: str, *values: object) -> list[Any]:
        """Ask a quiet office, and disturb nobody by it."""
        with closing(connect(f"file:{self.office}?mode=ro&immutable=1", uri=True)) as link:
            return link.execute(sql, values).fetchall()


class SimulatedFiles(OwnFileSystem):
    """The file system that SQLite sees in a simulation."""

    def __init__(self, world: SimulatedWorld) -> None:
        super().__init__(NAME)
        self._world = world
        world.place(self)
        self.handles: dict[int, Handle] = {}
        self._locks: dict[int, Locks] = {}
        self.failed: list[BaseException] = []
        self._open: Call = OPEN(self.base.open)
        self._delete: Call = DELETE(self.base.delete)
        self._access: Call = ACCESS(self.base.access)
        self.system.open = self.function(OPEN, self._opens)
        self.system.delete = self.function(DELETE, self._deletes)
        self.system.access = self.function(ACCESS, self._is_there)
        self.system.others[SLEEP] = self.function(NUMBER, self._sleeps)
        self.system.others[RANDOM] = self.function(_RANDOM, self._draws)

    @override
    def begin(self) -> None:
        super().begin()
        self._library.sqlite3_randomness(0, None)  # drawn anew, by this simulation's dice

    def _sleeps(self, _system: int, microseconds: int) -> int:
        try:
            self._world.scheduler.pause(microseconds / 1_000_000)
        except Gone:
            pass  # the next call fails
        except BaseException as error:  # noqa: BLE001  (nothing may be raised through C)
            self.failed.append(error)
        return microseconds

    def _draws(self, _system: int, length: int, out: int) -> int:
        ctypes.memmove(out, self._world.dice.randbytes(length), length)
        return length

    def _opens(self, system: int, name: int | None, file: int, flags: int, out: int | None) -> int:
        path = ctypes.string_at(name).decode() if name else ""
        world = self._world
        if not path.startswith(f"{world.root}/") or flags & DELETE_ON_CLOSE:
            return self._open(system, name, file, flags, out)
        pc = world.here()
        remote = world.is_shared(path)
        try:
            session = None
            if pc is not None:
                if remote:
                    session = world.connect(pc)
                world.way(pc, remote=remote)
                if remote and world.folder_away:
                    return CANNOT_OPEN
            content = Path(path).read_bytes() if world.disk.needs(path) and os.path.exists(path) else None  # noqa: PTH110
            if pc is not None and remote and world.readonly:  # as SQLite tries next
                flags = flags & ~(READ_AND_WRITE | CREATE) | READ_ALONE
            status = self._open(system, name, file, flags, out)
            if status == OK:
                world.disk.opened(path, content)
                locks = self._locks.setdefault(REAL_STAT(path).st_ino, Locks())
                self.handles[file] = Handle(path, pc, session, locks)
                self.take_over(file, self._model)
        except (Broken, Gone, OSError):  # the share was away while its file was looked at
            return CANNOT_OPEN
        except BaseException as error:  # noqa: BLE001  (nothing may be raised through C)
            self.failed.append(error)
            return CANNOT_OPEN
        return status

    def _deletes(self, system: int, name: int, folder_too: int) -> int:
        path = ctypes.string_at(name).decode()
        world, pc = self._world, self._world.here()
        try:
            if pc is not None and path.startswith(f"{world.root}/"):
                world.way(pc, remote=world.is_shared(path))
                # SQLite's file system for Windows tries again while somebody has the file open (winDelete).
                for turn in range(DELETE_TRIES):
                    if not self._is_open(path):
                        break
                    world.scheduler.pause(DELETE_PAUSE_S * (turn + 1))
                else:
                    return FAILED["delete"]
        except (Broken, Gone):
            return FAILED["delete"]
        except BaseException as error:  # noqa: BLE001  (as above)
            self.failed.append(error)
            return FAILED["delete"]
        status = self._delete(system, name, folder_too)
        if status == OK:
            world.disk.deleted(path)
        return status

    def _is_there(self, system: int, name: bytes, flags: int, out: int) -> int:
        path = name.decode()
        world, pc = self._world, self._world.here()
        try:
            if pc is not None and path.startswith(f"{world.root}/"):
                if remote := world.is_shared(path):
                    world.connect(pc)
                world.way(pc, remote=remote)
        except (Broken, Gone):
            return ACCESS_ERROR
        except BaseException as error:  # noqa: BLE001  (as above)
            self.failed.append(error)
            return ACCESS_ERROR
        return self._access(system, name, flags, out)

    def _is_open(self, path: str) -> bool:
        return any(each.path == path and not self.is_over(each) for each in self.handles.values())

    @staticmethod
    def is_over(handle: Handle) -> bool:
        return handle.is_dead or (handle.session is not None and handle.session.gone)

    def _through(self, handle: Handle, kind: str, act: Callable[[], int]) -> int:
        """Let a call of an open file go its way, then act; its reply may get lost."""
        pc, session, world = handle.pc, handle.session, self._world
        if pc is None:
            return act()
        remote = session is not None
        task = world.scheduler.current
        if task.doomed or (task.failing and kind == "read"):
            return FAILED[kind]
        if handle.life != pc.life or (session is not None and session.gone):
            return FAILED[kind]
        try:
            lost = world.way(pc, remote=remote)
            if handle.life != pc.life or (session is not None and session.gone):
                return FAILED[kind]
            # Not SQLITE_READONLY, which is of files that were opened so: where a rollback ends with it,
            # SQLite takes pages for noted in its journal that are not, and its next COMMIT writes nothing.
            if remote and world.readonly and kind in ("write", "truncate"):
                return FAILED[kind]
            status = act()
            if lost and session is not None:
                world.end_session(session)
                return FAILED[kind]
        except (Broken, Gone):
            return FAILED[kind]
        except BaseException as error:  # noqa: BLE001  (as above)
            self.failed.append(error)
            return FAILED[kind]
        return status

    def _free(self, handle: Handle) -> None:
        """Free the locks that the server holds for nobody any more."""
        now, locks = self._world.scheduler.now, handle.locks
        for other in locks.holders() - {handle}:
            session = other.session
            if session is not None and session.silent_since is not None:
                session.gone = session.gone or now - session.silent_since > self._world.rates.keepalive_s
            # A program that was killed leaves nothing open; that a PC has no power the server learns later.
            closed = other.is_dead and (session is None or session.silent_since is None)
            if closed or (session is not None and session.gone):
                locks.drop(other)

    def _model(self, copy: Methods, base: Methods) -> None:
        self._model_content(copy, base)
        self._model_locks(copy, base)
        self.behave_as_on_windows(copy, base, self._forget)

    def _model_content(self, copy: Methods, base: Methods) -> None:
        handles, through, world = self.handles, self._through, self._world
        size, truncate = POINTER_TO(base.size), SIZE(base.truncate)

        def asks_size(file: int, out: int) -> int:
            handle = handles[file]

            def act() -> int:
                status = int(size(file, out))
                if status == OK and handle.session is not None and handle.path.endswith(OFFICE):
                    self._believe(handle, out)
                return status

            return through(handle, "size", act)

        def truncates(file: int, to: int) -> int:
            def act() -> int:
                status = int(truncate(file, to))
                if status == OK:
                    world.disk.resized(handles[file].path, to)
                return status

            return through(handles[file], "truncate", act)

        def syncs(file: int, _how: int) -> int:
            def act() -> int:
                world.disk.synced(handles[file].path)
                return OK

            return through(handles[file], "sync", act)

        copy.read = self.function(MOVE, self._reader(MOVE(base.read)))
        copy.size = self.function(POINTER_TO, asks_size)
        copy.truncate, copy.sync = self.function(SIZE, truncates), self.function(NUMBER, syncs)
        copy.write = self.function(MOVE, self._writer(MOVE(base.write)))

    def _believe(self, handle: Handle, out: int) -> None:
        """Tell a PC that keeps attributes the smaller size that it knew before others let the file grow."""
        told, pc, now = c_longlong.from_address(out), handle.pc, self._world.scheduler.now
        keeps = pc is not None and pc.stale_until > now and now - handle.sized < KEPT_S
        if keeps and handle.level < RESERVED and handle.size < told.value:
            self._world.befallen["stale size"] += 1
            told.value = handle.size
        else:
            handle.size, handle.sized = told.value, now

    def _reader(self, read: Call) -> Call:
        handles, through = self.handles, self._through

        def reads(file: int, data: int, length: int, offset: int) -> int:
            handle = handles[file]
            if handle.session is None:  # nothing befalls a look at the PC's own disk
                return FAILED["read"] if handle.is_dead else int(read(file, data, length, offset))
            handle.looked |= offset >= PAGE
            return through(handle, "read", lambda: read(file, data, length, offset))

        return reads

    def _writer(self, write: Call) -> Call:
        world = self._world

        def writes(file: int, data: int, length: int, offset: int) -> int:
            handle, held = self.handles[file], ctypes.string_at(data, length)

            def act() -> int:
                pc, remote = handle.pc, handle.session is not None
                full = (remote and world.full) or (pc is not None and (pc.quota if remote else pc.full))
                if full and offset + length > REAL_STAT(handle.path).st_size:
                    fails = world.rates.quota_fails and remote and not world.full
                    return FAILED["write"] if fails else FULL
                status = int(write(file, data, length, offset))
                if status == OK:
                    world.disk.wrote(handle.path, offset, held)
                return status

            return self._through(handle, "write", act)

        return writes

    def _model_locks(self, copy: Methods, _base: Methods) -> None:
        handles, through = self.handles, self._through

        def locks(file: int, level: int) -> int:
            handle = handles[file]
            if handle.level >= level:
                return OK
            return through(handle, "lock", lambda: self._lock(handle, level))

        def unlocks(file: int, level: int) -> int:
            handle = handles[file]
            if handle.level <= level:
                return OK
            return through(handle, "unlock", lambda: self._unlock(handle, level))

        def asks(file: int, out: int) -> int:
            handle = handles[file]

            def act() -> int:
                self._free(handle)
                held = handle.locks.writer or handle.locks.pending or handle.locks.exclusive
                c_int.from_address(out).value = int(held is not None)
                return OK

            return through(handle, "reserved", act)

        copy.lock, copy.unlock = self.function(NUMBER, locks), self.function(NUMBER, unlocks)
        copy.reserved = self.function(POINTER_TO, asks)

    def _lock(self, handle: Handle, level: int) -> int:
        if not handle.locks.take(handle, level):
            self._free(handle)
            if not handle.locks.take(handle, level):
                return BUSY
        if level == SHARED:
            handle.looked = False
        if level == RESERVED:
            handle.began = self._world.scheduler.now
            if handle.looked and handle.pc is not None and handle.path.endswith(OFFICE):
                self._world.broken_rules.append(
                    f"{handle.pc.name} asks for the writer's lock after it has read"
                )
        return OK

    def _unlock(self, handle: Handle, level: int) -> int:
        former = handle.level
        handle.locks.release(handle, level)
        if former == EXCLUSIVE and handle.path.endswith(OFFICE):
            self._world.scheduler.stir()
        return OK

    def _forget(self, file: int) -> None:
        handle = self.handles.pop(file)
        handle.locks.drop(handle)


REAL_STAT = os.stat
