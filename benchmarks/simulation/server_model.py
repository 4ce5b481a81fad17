"""The server of a simulation: a real PostgreSQL, each of whose statements goes the way of a PC's call.

The server itself carries them out. The model's are the things for which real time would pass: the queue for
the writer's lock, the end of a session that is silent, and how a watcher hears of a commit.
"""

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import cache, partial
from pathlib import Path
from threading import Event as WakingEvent
from typing import Any, TypeVar

import psycopg
from typing_extensions import override

from benchmarks.place import pointer
from benchmarks.simulation.file_model import SimulatedWorld
from benchmarks.simulation.ruled import LONGEST_WRITE_S, replace, share_ms
from benchmarks.simulation.scheduler import Event, Gone
from benchmarks.simulation.world import PC, Broken, Session
from tests.cluster import OwnCluster, own
from ult_desktop.db.store.engine import Answer, Cursor, Link
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.errors import is_busy
from ult_desktop.db.store.postgres import engine
from ult_desktop.db.store.postgres.connection import ONE_WRITER, ServerLink, as_store_error
from ult_desktop.db.store.server_address import address_in

T = TypeVar("T")
SILENT_S = 10.0  # after which the server ends a session that is idle in a transaction
LOOK_S = 0.25  # between two looks of one who waits for the lock, or for a commit
ENDED_S = 30.0  # for which a session that was closed may take to end, in real time
FILE_ALONE = frozenset({"lease", "stale"})
"""The faults at a call that a client of a share alone meets."""
LOCK = f"pg_advisory_xact_lock({ONE_WRITER})"
real_sleep, real_time = time.sleep, time.monotonic


class SimulatedServer:
    """A server of this process's own, and who waits for the lock of its one writer.

    `commits` counts those of writers; `links` are the connections that are open.
    """

    def __init__(self) -> None:
        self._stack = contextlib.ExitStack()
        self._cluster: OwnCluster = self._stack.enter_context(own())
        self._control: psycopg.Connection[Any] | None = None
        self.links: list[SimulatedLink] = []
        self.queue: list[SimulatedLink] = []
        self.commits = 0
        self._holder: SimulatedLink | None = None

    def create(self, template: str = "") -> str:
        """Make a database, empty or as the one with the address `template`; return its address."""
        return self._cluster.create(template)

    def drop(self, address: str) -> None:
        self._cluster.drop(address)

    def ask(self, sql: str, *values: object) -> list[Any]:
        """Return what the server itself knows, in its own words."""
        if self._control is None:
            address = self._cluster.address("postgres")
            self._control = psycopg.connect(address, autocommit=True, cursor_factory=psycopg.RawCursor)
        return self._control.execute(sql.encode(), values or None).fetchall()

    def lives(self, backend: int) -> bool:
        return bool(self.ask("SELECT 1 FROM pg_stat_activity WHERE pid = $1", backend))

    def restart(self) -> None:
        """Let the server end at once, and start again."""
        self.close_all()
        if self._control is not None:
            self._control.close()
            self._control = None
        self._cluster.crash()
        self._cluster.start()

    def close_all(self) -> None:
        for link in tuple(self.links):
            link.close()
        self.queue.clear()
        self._holder = None

    def await_lock(self, link: "SimulatedLink", seconds: float) -> None:
        """Wait for the writer's lock, which the server gives to whoever asked first.

        Raises:
            sqlite3.OperationalError: it was busy for so long, in the server's words; or the session is over.
        """
        clock = link.world.scheduler
        deadline = clock.now + seconds
        self.queue.append(link)
        try:
            while self.holder() is not link:
                link.require_alive()
                if (left := deadline - clock.now) <= 0:
                    words = "canceling statement due to lock timeout"
                    raise as_store_error(psycopg.errors.LockNotAvailable(words), link.path)
                link.free.clear()
                link.free.wait(min(left, LOOK_S))
            link.require_alive()
        finally:
            if link in self.queue:
                self.queue.remove(link)

    def holder(self) -> "SimulatedLink | None":
        """Return who holds the lock now: where its session is over, the next one in the queue."""
        if self._holder is not None and self._holder.is_ended():
            self._holder.close()
        while self._holder is None and self.queue:
            first = self.queue.pop(0)
            if not first.is_ended():
                self._holder, first.spoke = first, first.world.scheduler.now
        return self._holder

    def has_lock(self, link: "SimulatedLink") -> bool:
        return self._holder is link

    def release(self, link: "SimulatedLink") -> None:
        """Note that a transaction is over."""
        if self._holder is link:
            self._holder = None
            for each in self.queue[:1]:
                each.free.set()


@cache
def the_server() -> SimulatedServer:
    """Return the server of this process, which ends with it."""
    return SimulatedServer()


class ServerWorld(SimulatedWorld):
    """The world with an office on a server; what a PC has of its own is as in any other."""

    has_file = False
    _place, _address = Path(), ""
    _reader: Link | None = None

    @property
    def server(self) -> SimulatedServer:
        return the_server()

    @override
    def found(self, mould: Path) -> None:
        """Let the office be a database of its own, as that one is."""
        self._address = self.server.create(address_in(mould))
        self._place = pointer(self.root, self._address)
        with closing(engine_at(self._place).open(self._place)) as link:
            link.execute("BEGIN IMMEDIATE")
            engine.SERVER.note_home(link)
            link.execute("COMMIT")

    @override
    def close(self) -> None:
        self.server.drop(self._address)

    @property
    @override
    def office(self) -> Path:
        return self._place

    @override
    def kill(self, pc: PC) -> None:
        for link in tuple(self.server.links):
            if link.pc is pc:
                link.leave()
        super().kill(pc)

    @override
    def restart_server(self) -> None:
        self._reader = None
        self.server.restart()
        super().restart_server()

    @override
    def is_quiet(self) -> bool:
        return self.server.holder() is None

    @override
    def read(self, sql: str, *values: object) -> list[Any]:
        if self._reader is None:
            before, self._is_acting = self._is_acting, True
            self._reader = engine_at(self.office).open(self.office)
            self._is_acting = before
        return self._reader.execute(sql, values).fetchall()

    @override
    @contextlib.contextmanager
    def own_rules(self) -> Iterator[None]:
        """Let the program meet this server as the world has it, until the block ends."""

        class Linked(SimulatedLink):
            world = self

        def waits(_engine: object, link: SimulatedLink, seconds: float, woken: WakingEvent) -> None:
            link.wait_for_commit(seconds, woken)

        def asks_time(_engine: object, path: object, station: str) -> int | None:
            return share_ms(self, path, station)

        with contextlib.ExitStack() as undo:
            undo.callback(self.server.close_all)
            replace(undo, engine, "ServerLink", Linked)
            replace(undo, engine.ServerEngine, "wait_for_commit", waits)
            replace(undo, engine.ServerEngine, "now_ms", asks_time)
            yield


class SimulatedLink(ServerLink):
    """A connection to the server, of the PC whose task made it; of nobody, for the director and the judge.

    `spoke`: when the server last heard of it (s); `began`: since when it has the lock (s).
    """

    world: ServerWorld

    def __init__(self, address: str, path: Path) -> None:
        world = self.world
        self.pc = world.here()
        self._session = Session() if self.pc is None else world.connect(self.pc)
        self._life = 0 if self.pc is None else self.pc.life
        self.spoke, self._heard, self._patience_s = world.scheduler.now, -1, 0.0
        self.began: float | None = None
        self._is_closed = self._is_interrupted = False
        self.free = Event(world.scheduler)
        self.path = path
        self._go()
        super().__init__(address, path)
        world.server.links.append(self)
        self._link.execute("SET idle_in_transaction_session_timeout = 0")  # by virtual time: `is_ended`

    def is_ended(self) -> bool:
        """Return whether the session is over for the server."""
        if self._session.gone or self._is_closed:
            return True
        # What a program has open is closed with it; that a PC has no power the server does not hear.
        if self._is_dead and self._session.silent_since is None:
            return True
        return self.world.server.has_lock(self) and self.world.scheduler.now - self.spoke > SILENT_S

    @property
    def _is_dead(self) -> bool:
        return self.pc is not None and self._life != self.pc.life

    def require_alive(self) -> None:
        """Raise what a program meets whose session is over."""
        if self._is_dead or self.is_ended():
            raise self._failure()

    def _failure(self) -> Exception:
        self.close()
        return as_store_error(psycopg.OperationalError("the connection is lost"), self.path)

    @override
    def close(self) -> None:
        self._is_closed = True
        self.leave()
        self.world.server.release(self)

    def leave(self) -> None:
        """Close the connection itself, and wait until the server's own part of it has ended."""
        server = self.world.server
        if self not in server.links:  # never open, or closed
            return
        server.links.remove(self)
        backend, until = self._link.info.backend_pid, real_time() + ENDED_S
        self._link.close()
        while server.lives(backend) and real_time() < until:
            real_sleep(0.001)

    def _go(self) -> bool:
        """Let a statement go its way; return whether its answer gets lost."""
        if self.pc is None:
            return False
        if self.world.scheduler.current.doomed:
            raise Gone
        try:
            return self.world.way(self.pc, remote=True)
        except Broken:
            raise self._failure() from None

    def _asked(self, act: Callable[[], T], lock_s: float | None = None) -> T:
        """Let a statement go its way to the server, wait there for the writer's lock (s), and do `act`.

        A write that waits for anything else would stand still: whoever is in its way does not run meanwhile.
        """
        self.require_alive()
        lost = self._go()
        self.require_alive()
        if self._is_interrupted:
            self._is_interrupted = False
            raise as_store_error(psycopg.errors.QueryCanceled("canceling statement"), self.path)
        if lock_s is not None:
            self.world.server.await_lock(self, lock_s)
        try:
            answer = act()
        except sqlite3.OperationalError as error:
            if is_busy(error):
                self.world.break_off(f"{self.path.stem}: two write at once ({error})")
            raise
        self.spoke = self.world.scheduler.now
        if lost:
            self.world.end_session(self._session)
            raise self._failure()
        return answer

    @override
    def begin_write(self, seconds: float, first: str) -> Cursor:
        self._patience_s = seconds
        return super().begin_write(seconds, first)

    @override
    def _begin(self, sql: str) -> psycopg.Cursor[Any]:
        begin = partial(super()._begin, sql)
        if LOCK in sql:
            return self._asked(partial(self._begin_locked, begin), self._patience_s)
        return self._asked(begin)

    def _begin_locked(self, begin: Callable[[], T]) -> T:
        self.began = self.world.scheduler.now
        try:
            return begin()
        except BaseException:
            self.began = None
            self.world.server.release(self)
            raise

    @override
    def ask(self, sql: str, values: Sequence[Any] = ()) -> psycopg.Cursor[Any]:
        ask = partial(super().ask, sql, values)
        return self._asked(partial(self._end, sql, ask) if sql in ("COMMIT", "ROLLBACK") else ask)

    def _end(self, sql: str, ask: Callable[[], T]) -> T:
        """End a transaction, and hold a commit to account (docs/store.md, rule 5)."""
        world, began, self.began = self.world, self.began, None
        if began is not None and sql == "COMMIT":
            world.server.commits += 1
            if self.pc is not None and world.scheduler.now - began > LONGEST_WRITE_S:
                held = world.scheduler.now - began
                world.broken_rules.append(f"{self.pc.name} commits what it read {held:.1f} s ago")
        try:
            return ask()
        finally:
            world.server.release(self)

    @override
    def ask_each(self, sql: str, many: Sequence[Sequence[Any]]) -> list[Answer]:
        if len(many) == 1:
            return super().ask_each(sql, many)
        return self._asked(partial(super().ask_each, sql, many))

    @override
    def copy_in(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        self._asked(partial(super().copy_in, sql, rows))

    @override
    def interrupt(self) -> None:
        self._is_interrupted = True

    def wait_for_commit(self, seconds: float, woken: WakingEvent) -> None:
        """Wait as a watcher that listens: a commit ends it, and so does `woken`."""
        clock, server = self.world.scheduler, self.world.server
        until = clock.now + seconds
        while clock.now < until and not woken.is_set() and self._heard == server.commits:
            self.require_alive()
            clock.pause(min(LOOK_S, until - clock.now))
        self._heard = server.commits
