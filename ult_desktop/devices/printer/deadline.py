"""A limit on calls that know none: name look-ups, drivers, spoolers."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class LeftRunningError(TimeoutError):
    """The call was given up but goes on: what it was about may still happen."""


class TimeLimiter:
    """Runs device calls on a thread that is left behind when it hangs.

    While one hangs, the next is refused at once: a dead driver costs one thread, not one per ticket.
    """

    def __init__(self) -> None:
        self._stuck: threading.Thread | None = None

    def run(self, job: Callable[[], T], seconds: float) -> T:
        """What `job` returns or raises.

        Raises:
            LeftRunningError: it takes longer than `seconds`.
            TimeoutError: an earlier one still hangs; `job` was not started.
        """
        if self._stuck is not None and self._stuck.is_alive():
            raise TimeoutError("an earlier call to the printer still hangs")
        call = _Call(job)
        thread = threading.Thread(target=call.work, name="printer-call", daemon=True)
        thread.start()
        thread.join(seconds)
        self._stuck = thread if thread.is_alive() else None
        if self._stuck is not None:
            raise LeftRunningError("the call to the printer takes too long")
        return call.outcome()


class _Call(Generic[T]):
    """One call and what came of it."""

    def __init__(self, job: Callable[[], T]) -> None:
        self._job = job
        self._results: list[T] = []
        self._trouble: BaseException | None = None

    def work(self) -> None:
        try:
            self._results.append(self._job())
        except BaseException as trouble:  # noqa: BLE001 (raised again by outcome, on the asking thread)
            self._trouble = trouble

    def outcome(self) -> T:
        if self._trouble is not None:
            raise self._trouble
        return self._results[0]
