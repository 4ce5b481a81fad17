"""The numbers next to the page names in the rail: how much waits there, and since when something lasts."""

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import QObject, Signal

from ult_desktop.core.access.roles import Actor
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.ui.counter.pages import Fetching, PageHost, WorkPage, snapshot
from ult_desktop.ui.counter.pages.page import Running, Waiting


class Told(msgspec.Struct, frozen=True):
    """The counts by page name: how many things wait, and since when (UTC ms) something lasts."""

    counts: dict[str, int]
    running: tuple[tuple[str, int], ...]


class Badges(QObject):
    """The counts of all pages, also of those out of sight. `running` is as in `Told`, as last read.

    Signals:
        counted: the numbers by page name (a dict).
    """

    counted = Signal(object)
    running: tuple[tuple[str, int], ...] = ()

    def __init__(self, host: PageHost, pages: Iterable[WorkPage], parent: QObject) -> None:
        super().__init__(parent)
        self._actor = host.actor
        found = tuple(pages)
        self._waiting = tuple((page.name, page.waiting) for page in found if page.waiting is not None)
        self._running = tuple((page.name, page.running) for page in found if page.running is not None)
        self._fetching = Fetching(host)
        host.changed.connect(self.refresh)

    def refresh(self) -> None:
        if self._waiting or self._running:
            self._fetching.fetch(snapshot(_look, self._actor, self._waiting, self._running), self._tell)

    def _tell(self, told: Told) -> None:
        self.running = told.running
        self.counted.emit(told.counts)


def _look(
    tx: Transaction,
    now: int,
    actor: Actor,
    waiting: tuple[tuple[str, Waiting], ...],
    running: tuple[tuple[str, Running], ...],
) -> Told:
    since = ((name, query(tx, actor)) for name, query in running)
    return Told(
        count_once({name: query(tx, now, actor) for name, query in waiting}),
        tuple((name, at) for name, at in since if at is not None),
    )


def count_once(waiting: dict[str, int | frozenset[int | str]]) -> dict[str, int]:
    """Count each waiting thing. A case that waits on several pages counts only on the last of them."""
    counts: dict[str, int] = {}
    told: frozenset[int | str] = frozenset()
    for name, found in reversed(waiting.items()):
        if isinstance(found, int):
            counts[name] = found
        else:
            counts[name] = len(found - told)
            told |= found
    return counts
