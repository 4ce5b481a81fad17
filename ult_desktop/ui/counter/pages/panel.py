"""The common base of the pages of the rail and the tabs of the visitor, and their readings."""

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages.page_host import PageHost, receiver_exists
from ult_desktop.ui.kit import Column

Query = Callable[[Office], Any]
Then = Callable[[Any], object]


class Fetching:
    """The readings under way, at most one for each function that gets an answer.

    A reading for the same function that is asked for meanwhile follows afterwards; of several only the last.
    """

    def __init__(self, host: PageHost) -> None:
        self._host = host
        self._under_way: dict[Then, Query] = {}
        self._next: dict[Then, Query] = {}
        host.lost.connect(self._forget)

    def fetch(self, query: Query, then: Then) -> None:
        if then in self._under_way:
            self._next[then] = query
            return
        self._under_way[then] = query
        self._host.read(query, partial(self._on_read, then))

    def _on_read(self, then: Then, value: object) -> None:
        if not receiver_exists(then):
            return
        query, next_query = self._under_way.pop(then, None), self._next.pop(then, None)
        if next_query is not None:
            self.fetch(next_query, then)
        # Show the older answer meanwhile, unless the later reading is another one.
        if query is None or next_query is None or _is_same(query, next_query):
            then(value)

    def _forget(self) -> None:
        """Forget the readings under way: their answers may never come."""
        self._under_way.clear()
        self._next.clear()


def _is_same(one: Query, two: Query) -> bool:
    if isinstance(one, partial) and isinstance(two, partial):
        # Two `partial`s are never equal, even with equal parts.
        return (one.func, one.args, one.keywords) == (two.func, two.args, two.keywords)
    return one == two


P = ParamSpec("P")
T = TypeVar("T")


def snapshot(
    query: Callable[Concatenate[Transaction, int, P], T], *args: P.args, **kwargs: P.kwargs
) -> Callable[[Office], T]:
    """Return the reading, for the worker thread, that calls `query` in one transaction.

    `query` gets the transaction, the office time (UTC ms), and the further arguments.
    """
    # A `partial`, and no closure: `Fetching` compares readings by their parts.
    return partial(_read, query, args, kwargs)


def _read(query: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any], office: Office) -> T:
    return office.read(lambda tx: query(tx, office.clock(), *args, **kwargs))


class WorkPanel(QWidget):
    """A panel that reads its own snapshot when it becomes visible, and then at every change of the office.

    A subclass sets `name` and `title` (what people see, in the language in force), and defines `build` and
    `refresh`. `needs`: an officer with one of these permissions sees the panel; without any, everybody does.
    """

    name = ""
    title: ClassVar["staticmethod[[], str]"]
    icon_name = "info"
    needs: frozenset[Permission] = frozenset()

    def __init__(self, host: PageHost) -> None:
        super().__init__()
        self.host, self.theme = host, host.theme
        self._fetching = Fetching(host)
        self.body = self.lay_out()
        self.build()
        host.changed.connect(self._refresh_if_visible)

    @classmethod
    def is_for(cls, actor: Actor) -> bool:
        return not cls.needs or any(actor.may(permission) for permission in cls.needs)

    @abstractmethod
    def lay_out(self) -> Column:
        """Lay out the panel, and return the column into which `build` puts things."""

    @abstractmethod
    def build(self) -> None:
        """Make the widgets, once."""

    @abstractmethod
    def refresh(self) -> None:
        """Fetch what the panel shows. `WorkPanel` calls this when the panel is shown, and at each change."""

    def fetch(self, query: Callable[[Office], T], then: Callable[[T], object]) -> None:
        """Read on the worker thread, as `Fetching` does."""
        self._fetching.fetch(query, then)

    def key(self, keys: str, slot: Callable[[], object]) -> QShortcut:
        """Bind a key for as long as the focus is in this panel."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(slot)
        return shortcut

    def _refresh_if_visible(self) -> None:
        if self.isVisible():
            self.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
