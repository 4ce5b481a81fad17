"""What becomes known of one request: told once, by whichever comes first."""

import time
from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

from ult_desktop.base import UserError

T = TypeVar("T")


class PendingReply(Generic[T]):
    """One of the two continuations, once; what comes later is nobody's news.

    Args:
        then: gets the value.
        refused: gets the words.
    """

    def __init__(self, then: Callable[[T], object] | None, refused: Callable[[UserError], object]) -> None:
        self._then: Callable[[T], object] | None = then
        self._refused: Callable[[UserError], object] | None = refused

    @property
    def told(self) -> bool:
        return self._refused is None

    def done(self, value: T) -> None:
        then, _refused = self._take()
        if then is not None:
            then(value)

    def refuse(self, error: UserError) -> None:
        _then, refused = self._take()
        if refused is not None:
            refused(error)

    def _take(self) -> tuple[Callable[[T], object] | None, Callable[[UserError], object] | None]:
        """Both, once; then they are let go, for they may hold a window."""
        both = (self._then, self._refused)
        self._then = self._refused = None
        return both


class _Awaited(NamedTuple):
    """An answer that somebody waits for, until `due` (monotonic seconds); `in_one`: of a single ask."""

    due: float
    answer: PendingReply[Any]
    in_one: bool


class PendingReplies:
    """Who waits for an answer, and until when."""

    def __init__(self) -> None:
        self._awaited: list[_Awaited] = []

    def add(self, answer: PendingReply[Any], seconds: float, *, in_one: bool) -> None:
        """`in_one`: of a single ask. A job may take its time: it reads a file, or asks several times."""
        self._awaited.append(_Awaited(time.monotonic() + seconds, answer, in_one))

    def give_up(self, error: UserError, *, hangs: bool) -> None:
        """Tell whoever is overdue; who waits for a job only while the share `hangs` for all."""
        self._awaited = [each for each in self._awaited if not each.answer.told]
        for each in list(self._awaited):
            if each.due <= time.monotonic() and (each.in_one or hangs):
                each.answer.refuse(error)
