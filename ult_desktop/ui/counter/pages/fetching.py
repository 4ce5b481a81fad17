"""Readings of one panel: never two of the same at once, never an old one over a new one."""

from collections.abc import Callable
from functools import partial
from typing import Any

from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages.page_host import PageHost, is_there

Query = Callable[[Office], Any]
Then = Callable[[Any], object]


class Fetching:
    """Asked for again while a reading is under way, it is read once more after it.

    Readings are told apart by where their answer goes.
    """

    def __init__(self, desk: PageHost) -> None:
        self._desk = desk
        self._under_way: dict[Then, Query] = {}
        self._next: dict[Then, Query] = {}
        desk.lost.connect(self._forget)

    def fetch(self, query: Query, then: Then) -> None:
        if then in self._under_way:
            self._next[then] = query
            return
        self._under_way[then] = query
        self._desk.read(query, partial(self._came, then))

    def _came(self, then: Then, value: object) -> None:
        if not is_there(then):
            return
        query, following = self._under_way.pop(then, None), self._next.pop(then, None)
        if following is not None:
            self.fetch(following, then)
        if query is None or following is None or _is_same(query, following):
            then(value)

    def _forget(self) -> None:
        """The answers under way may never come."""
        self._under_way.clear()
        self._next.clear()


def _is_same(one: Query, two: Query) -> bool:
    """Whether two readings ask for the same thing: then the older answer is worth showing."""
    if isinstance(one, partial) and isinstance(two, partial):
        return (one.func, one.args, one.keywords) == (two.func, two.args, two.keywords)
    return one == two
