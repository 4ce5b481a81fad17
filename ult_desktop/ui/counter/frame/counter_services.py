"""The services that a counter's window gets from this PC, and its pages and tabs."""

from dataclasses import dataclass

from ult_desktop.ui.counter.offline.notes import NoteKeeper
from ult_desktop.ui.counter.pages import VisitTab, WorkPage
from ult_desktop.ui.counter.pages.page_host import StationServices


@dataclass(frozen=True)
class CounterServices(StationServices):
    """The services of a counter: those of every station, and its own.

    `notes` keeps calls by mouth while cut off. `pages` and `tabs` are those that an officer may get; None:
    all of `frame/workspaces.py`.
    """

    notes: NoteKeeper | None = None
    pages: tuple[type[WorkPage], ...] | None = None
    tabs: tuple[type[VisitTab], ...] | None = None
