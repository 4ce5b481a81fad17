"""What becomes known of one request: told once, by whichever comes first."""

from collections.abc import Callable
from typing import Any

from ult_desktop.errors import UserError


class Answer:
    """One of the two continuations, once; what comes later is nobody's news.

    Args:
        then: gets the value.
        refused: gets the words.
    """

    def __init__(self, then: Callable[[Any], None] | None, refused: Callable[[UserError], None]) -> None:
        self._then: Callable[[Any], None] | None = then
        self._refused: Callable[[UserError], None] | None = refused

    @property
    def told(self) -> bool:
        return self._refused is None

    def done(self, value: object) -> None:
        then, _refused = self._take()
        if then is not None:
            then(value)

    def refuse(self, error: UserError) -> None:
        _then, refused = self._take()
        if refused is not None:
            refused(error)

    def _take(self) -> tuple[Callable[[Any], None] | None, Callable[[UserError], None] | None]:
        """Both, once; then they are let go, for they may hold a window."""
        both = (self._then, self._refused)
        self._then = self._refused = None
        return both
