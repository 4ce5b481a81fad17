"""How many things wait on each page, read in one go at every change of the office."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal

from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages.fetching import Fetching, Query
from ult_desktop.ui.counter.pages.page import WorkPage
from ult_desktop.ui.counter.pages.page_host import PageHost


class Badges(QObject):
    """Also of pages that are out of sight.

    Signals:
        counted: the numbers by page name (a dict).
    """

    counted = Signal(object)

    def __init__(self, desk: PageHost, pages: Iterable[WorkPage], parent: QObject) -> None:
        super().__init__(parent)
        asked = [(page.name, page.badge_query()) for page in pages]
        self._queries = tuple((name, query) for name, query in asked if query is not None)
        self._fetching = Fetching(desk)
        desk.changed.connect(self.refresh)

    def refresh(self) -> None:
        if self._queries:
            self._fetching.fetch(partial(_count, self._queries), self._tell)

    def _tell(self, counts: dict[str, int]) -> None:
        self.counted.emit(counts)


def _count(queries: tuple[tuple[str, Query], ...], office: Office) -> dict[str, int]:
    return {name: query(office) for name, query in queries}
