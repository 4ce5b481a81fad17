"""The worker threads: one owns the store, one works on files; results come back to the GUI thread."""

import itertools
import logging
import math
import queue
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from ult_desktop.base import UserError, _

R = TypeVar("R")
T = TypeVar("T")

log = logging.getLogger(__name__)
SWITCH_S = 0.001
"""The seconds for which a thread waits for the interpreter's lock; on Windows at least until its clock ticks.

Each call into Qt frees the lock. With Python's usual 5 ms the display took 60 ms to paint a called number
while a board was read.
"""


@dataclass(frozen=True)
class JobOutcome:
    """The result of one job: a value or an error, never both."""

    job: int
    value: object = None
    error: Exception | None = None


@dataclass(eq=False)
class Request(Generic[T]):
    """A request: its first answer or refusal is passed on, and what comes later is ignored.

    A request never leaves the GUI thread, for its callbacks may hold a window.

    Args:
        done: gets the value.
        refused: gets the error.
        due: the time from which nobody waits any longer, in monotonic seconds.
        is_command: the request is a single command, which the link refuses when it is overdue. A job may
            read a file or ask several times: the link lets it go on while the share answers.
        on_outcome: gets the error or None, even when nobody waits for the outcome any longer: the link learns
            from it whether the share can be written.
        ended: set once the request is refused. The link's commands check it on the worker thread and do not
            begin any more.
    """

    done: Callable[[T], object] | None
    refused: Callable[[UserError], object] | None
    due: float = math.inf
    is_command: bool = False
    on_outcome: Callable[[UserError | None], object] | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def is_open(self) -> bool:
        """Return whether neither an answer nor a refusal has come yet; False without a `refused`."""
        return self.refused is not None

    def answer(self, value: T) -> None:
        done = self.done
        self.forget()
        if done is not None:
            done(value)

    def refuse(self, error: UserError) -> None:
        self.ended.set()
        refused = self.refused
        self.forget()
        if refused is not None:
            refused(error)

    def forget(self, on_late: Callable[[T], object] | None = None) -> None:
        """Drop `done` and `refused`, which may hold a window; a later answer goes to `on_late`, if given."""
        self.done, self.refused = on_late, None


class _Messenger(QObject):
    """A carrier of results to the GUI thread; no window owns it, so that it outlives the worker thread."""

    arrived = Signal(object)


# Held here while their threads live, so that the last reference never dies on a worker.
_messengers: set[_Messenger] = set()


class Tasks(QObject, Generic[R]):
    """The jobs of one thread, which run one after the other; it alone holds the store, if they need one.

    A job is a plain function of the store. A job must not hold a widget: if the last reference to a QObject
    dies on the worker thread, the program crashes. So the requests stay here, by the number of their job.

    Signals:
        refused: a job without its own `refused` was refused, with words for the person.
    """

    refused = Signal(object)

    def __init__(self, open_store: Callable[[], R], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._waiting: dict[int, Request[Any]] = {}
        self._when_idle: Callable[[], object] | None = None
        self._queue: queue.SimpleQueue[tuple[int, Callable[[R], object]] | None] = queue.SimpleQueue()
        # The monotonic time at which the present job began; the thread writes it.
        self._busy: list[float | None] = [None]
        self._messenger = _Messenger()
        _messengers.add(self._messenger)
        # Queued whatever thread emits: a continuation must never run on the worker.
        # https://doc.qt.io/qt-6/qt.html#ConnectionType-enum
        self._messenger.arrived.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(
            target=_work,
            args=(open_store, self._queue, self._busy, self._messenger.arrived.emit),
            daemon=True,
        )
        self._thread.name = "store"
        # https://docs.python.org/3/library/sys.html#sys.setswitchinterval
        sys.setswitchinterval(SWITCH_S)
        self._thread.start()
        # Qt may delete this object with its window during a job.
        self.destroyed.connect(partial(self._queue.put, None))

    @property
    def busy_s(self) -> float:
        """The seconds since the job under way began; 0 when there is none."""
        since = self._busy[0]
        return 0.0 if since is None else time.monotonic() - since

    @property
    def pending(self) -> int:
        """The number of jobs that have not come back yet."""
        return len(self._waiting)

    def run(
        self,
        job: Callable[[R], T],
        done: Callable[[T], object] | None = None,
        refused: Callable[[UserError], object] | None = None,
    ) -> None:
        """Queue `job`; then call `done` with its value or `refused` (else emit the signal) with its error."""
        self.send(job, Request(done, refused or self.refused.emit))

    def send(self, job: Callable[[R], T], request: Request[T]) -> None:
        """Queue `job`; its outcome goes to `request`."""
        number = next(self._numbers)
        self._waiting[number] = request
        self._queue.put((number, job))

    def overdue(self) -> list[Request[Any]]:
        """Return the requests whose answers nobody waits for any longer."""
        now = time.monotonic()
        return [request for request in self._waiting.values() if request.due <= now]

    def when_idle(self, act: Callable[[], object]) -> None:
        """Call `act` when no answer is awaited: now, or after the last one.

        The answers may start further jobs, whose answers are awaited too. Only the last `act` is remembered,
        and none after `close`.
        """
        if self._waiting:
            self._when_idle = act
        else:
            act()

    def _finish(self, outcome: JobOutcome) -> None:
        request = self._waiting.pop(outcome.job, None)
        if request is None:
            return
        on_outcome = request.on_outcome or (lambda _error: None)
        try:
            if outcome.error is None:
                on_outcome(None)
                request.answer(outcome.value)
            else:
                error = _as_user_error(outcome.error)
                request.refuse(error)
                on_outcome(error)
        finally:
            if not self._waiting and shiboken6.isValid(self):  # an answer may have closed the window
                act, self._when_idle = self._when_idle, None
                if act is not None:
                    act()

    def close(self, timeout: float = 2.0) -> bool:
        """Let queued jobs end.

        Return False if a job still hangs after `timeout` seconds; its thread is abandoned then.
        """
        self._waiting.clear()
        self._when_idle = None
        self._queue.put(None)
        self._thread.join(timeout)
        if self._thread.is_alive():
            return False
        _messengers.discard(self._messenger)
        return True


def _as_user_error(error: Exception) -> UserError:
    if isinstance(error, UserError):
        return error
    return UserError(
        _("Terjadi kesalahan di dalam program: {error}.").format(error=type(error).__name__),
        safe=_("Data yang sudah tersimpan tetap aman."),
        todo=_("Coba sekali lagi. Jika berulang, sampaikan kepada petugas TI."),
    )


def _work(
    open_store: Callable[[], R],
    jobs: "queue.SimpleQueue[tuple[int, Callable[[R], object]] | None]",
    busy: list[float | None],
    arrived: Callable[[JobOutcome], object],
) -> None:
    """Run the jobs of the thread; the first one opens the store, and so does each after a failed opening."""
    store: R | None = None
    while (item := jobs.get()) is not None:
        number, job = item
        busy[0] = time.monotonic()
        try:
            store = open_store() if store is None else store
            outcome = JobOutcome(number, value=job(store))
        except UserError as error:
            # A traceback holds the frames of the job, and with them all that it read, until the window has
            # shown the error.
            outcome = JobOutcome(number, error=error.with_traceback(None))
        except Exception as error:  # a bug in one job must not end the thread
            log.exception("job %s failed", number)
            outcome = JobOutcome(number, error=error.with_traceback(None))
        busy[0] = None
        arrived(outcome)
        # The next `get` may wait for hours; a job that stays in a local name would keep what it refers to,
        # and might be the last to hold a QObject, on the wrong thread.
        # https://doc.qt.io/qt-6/threads-qobject.html
        del item, job, outcome
    close = getattr(store, "close", None)
    if close is not None:
        close()


class FileWorker(QObject):
    """A worker that runs one job at a time on a thread that lives as long as the job."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: Tasks[None] | None = None

    @property
    def is_busy(self) -> bool:
        return self._running is not None

    def run(
        self, job: Callable[[], T], then: Callable[[T], object], failed: Callable[[UserError], object]
    ) -> None:
        """Run `job`, a plain function that holds no widget; `then` or `failed` follows on the GUI thread.

        The caller asks `is_busy` first: a job that runs is not waited for.
        """
        tasks: Tasks[None] = Tasks(_nothing, self)
        self._running = tasks
        tasks.run(
            lambda _store: job(),
            partial(self._on_finished, tasks, then),
            partial(self._on_finished, tasks, failed),
        )

    def _on_finished(self, tasks: Tasks[None], follow: Callable[[T], object], value: T) -> None:
        tasks.close()
        # Not deleted at once: this runs within a signal of `tasks`.
        tasks.deleteLater()
        self._running = None
        if shiboken6.isValid(self):
            follow(value)


def _nothing() -> None:
    """Return None in place of a store: a file worker needs none."""
