"""The scheduler of a simulation: tasks of which one runs at a time, virtual time, and dice for every switch.

Each task is a thread that waits at its gate until another one hands over to it. Time goes on only when nobody
has anything to do now: then it jumps to the next moment at which somebody has.
"""

import math
import random
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from zlib import crc32

import ult_desktop

LONGEST_PARK_S = 60.0
LOGGED: list[str] | None = None
PROGRAM = f"{Path(ult_desktop.__file__).parent}"


class Gone(BaseException):
    """The end of a task: the PC on which it ran has no power, or its program was killed.

    No `except Exception` of the program may catch it.
    """


def is_of_program(error: BaseException) -> bool:
    """Return whether an error went through code of the program; any other is the bench's own failure."""
    frames = traceback.extract_tb(error.__traceback__)
    return any(frame.filename.startswith(PROGRAM) for frame in frames)


class HasLimit(Protocol):
    """The limit of a task's time, at which something is done."""

    def look(self) -> None: ...


class Task:
    """A thread of the simulation. `asleep_until` returns until when its PC sleeps (seconds).

    `limit`: looked at with each call of the task. `next_id`: the id that the program makes next in this task.
    `late_s`: for how long it was ready and others ran, whose calls take time that on PCs would pass at once.
    """

    def __init__(self, name: str, owner: object, due: float, asleep_until: Callable[[], float]) -> None:
        self.name, self.owner, self.due = name, owner, due
        self.asleep_until = asleep_until
        self.gate = threading.Lock()
        self.gate.acquire()
        self.doomed = self.ended = self.failing = False
        self.parked_until: float | None = None
        self.limit: HasLimit | None = None
        self.next_id = ""
        self.late_s = 0.0

    def ready_at(self) -> float:
        return self.due if self.doomed else max(self.due, self.asleep_until())


class Scheduler:
    """The tasks of a simulation; the thread that makes it is the first of them, and the last to end.

    Attributes:
        now: virtual seconds since the simulation began.
        bugs: what tasks raised that the program never raises.
        broken: what the bench itself raised in a task: it says nothing of the program.
    """

    def __init__(self, dice: random.Random) -> None:
        self.now = 0.0
        self.dice = dice
        self.bugs: list[str] = []
        self.broken: list[str] = []
        self.trace = 0
        self.switches: Counter[str] = Counter()
        self.current = Task("director", None, 0.0, lambda: 0.0)
        self._tasks = [self.current]

    def start(
        self,
        name: str,
        owner: object,
        work: Callable[[], None],
        asleep_until: Callable[[], float] = lambda: 0.0,
    ) -> Task:
        """Start a task; it runs when the scheduler chooses it."""
        task = Task(name, owner, self.now, asleep_until)
        self._tasks.append(task)
        threading.Thread(target=self._run, args=(task, work), name=name, daemon=True).start()
        return task

    def pause(self, seconds: float = 0.0) -> None:
        """Let the current task wait, and others go on.

        Raises:
            Gone: it is doomed.
        """
        self.wait_until(self.now + seconds)

    def wait_until(self, due: float) -> None:
        me = self.current
        if me.doomed:
            raise Gone
        me.due = due
        self._hand_over(me)
        if me.doomed:
            raise Gone
        me.late_s += self.now - me.ready_at()

    def park(self, seconds: float) -> None:
        """Wait at least so long, and then until somebody `stir`s: a look before would see nothing new."""
        me = self.current
        me.parked_until = self.now + seconds
        try:
            self.wait_until(self.now + max(seconds, LONGEST_PARK_S))
        finally:
            me.parked_until = None

    def stir(self) -> None:
        """Let everybody who is parked look again."""
        for task in self._tasks:
            if task.parked_until is not None:
                task.due = min(task.due, max(task.parked_until, self.now + 0.001))

    def doom(self, owner: object) -> None:
        """End all tasks of an owner; each raises `Gone` where it waits."""
        for task in self._tasks:
            if task.owner is owner:
                task.doomed, task.due = True, self.now

    def wake(self, task: Task) -> None:
        task.due = min(task.due, self.now)

    def is_alone(self) -> bool:
        return len(self._tasks) == 1

    def names(self) -> list[str]:
        return [task.name for task in self._tasks]

    def _run(self, task: Task, work: Callable[[], None]) -> None:
        task.gate.acquire()
        try:
            if not task.doomed:
                work()
        except Gone:
            pass
        except BaseException as error:  # noqa: BLE001  (the run ends with it, and with its seed)
            self.blame(task.name, error)
        finally:
            task.ended = True
            self._tasks.remove(task)
            following = self._next()
            self.current = following
            following.gate.release()

    def blame(self, name: str, error: BaseException) -> None:
        """Note an error that a task raised: a bug of the program, or a failure of the bench."""
        told = f"{name}: {''.join(traceback.format_exception(error))}"
        (self.bugs if is_of_program(error) else self.broken).append(told)

    def has_failed(self) -> bool:
        return bool(self.bugs or self.broken)

    def _hand_over(self, me: Task) -> None:
        following = self._next()
        if following is me:
            return
        self.current = following
        following.gate.release()
        me.gate.acquire()

    def _next(self) -> Task:
        now = self.now
        # Who is not due is not asked whether their PC sleeps: this is done at every switch.
        able = [task for task in self._tasks if task.due <= now and task.ready_at() <= now]
        if not able:
            ready = [(task.ready_at(), task) for task in self._tasks]
            self.now = now = min(at for at, _task in ready)
            if now == math.inf:
                raise RuntimeError(f"nobody can go on: {self.names()}")
            able = [task for at, task in ready if at <= now]
        chosen = able[0] if len(able) == 1 else self.dice.choice(able)
        self.trace = crc32(f"{chosen.name} {self.now:.6f}".encode(), self.trace)
        if LOGGED is not None:
            LOGGED.append(f"{chosen.name} {self.now:.6f}")
        return chosen


class Event:
    """An event as `threading.Event`, for tasks. A `parked` one waits for news, not for its time alone."""

    def __init__(self, scheduler: Scheduler, *, parked: bool = False) -> None:
        self._scheduler, self._parked = scheduler, parked
        self._set = False
        self._waiting: list[Task] = []

    def is_set(self) -> bool:
        return self._set

    def set(self) -> None:
        self._set = True
        for task in self._waiting:
            self._scheduler.wake(task)

    def clear(self) -> None:
        self._set = False

    def wait(self, timeout: float | None = None) -> bool:
        if self._set:
            return True
        me = self._scheduler.current
        self._waiting.append(me)
        try:
            if self._parked and timeout is not None:
                self._scheduler.park(timeout)
            else:
                self._scheduler.pause(math.inf if timeout is None else timeout)
        finally:
            self._waiting.remove(me)
        return self._set


class Thread:
    """A thread as `threading.Thread`, which is a task of whoever starts it."""

    def __init__(
        self, scheduler: Scheduler, target: Callable[..., None], args: tuple[object, ...], name: str
    ) -> None:
        self._scheduler, self._target, self._args, self._name = scheduler, target, args, name
        self._task: Task | None = None

    def start(self) -> None:
        starter = self._scheduler.current
        self._task = self._scheduler.start(
            f"{starter.name}/{self._name}",
            starter.owner,
            lambda: self._target(*self._args),
            starter.asleep_until,
        )

    def is_alive(self) -> bool:
        return self._task is not None and not self._task.ended

    def join(self, timeout: float | None = None) -> None:
        until = self._scheduler.now + (math.inf if timeout is None else timeout)
        while self.is_alive() and self._scheduler.now < until:
            self._scheduler.pause(0.05)
