"""What a counter's window is fitted with: this PC's things, the pages and the tabs."""

from dataclasses import dataclass

from ult_desktop.ui.counter.actions.counter_session import Reprint
from ult_desktop.ui.counter.frame.registry import PAGES, TABS
from ult_desktop.ui.counter.offline.note_keeper import NoteKeeper
from ult_desktop.ui.counter.pages.page import WorkPage
from ult_desktop.ui.counter.pages.page_host import StationServices
from ult_desktop.ui.counter.pages.visit_tab import VisitTab


@dataclass(frozen=True)
class CounterServices(StationServices):
    """Beside the outfit: `reprint`, `notes`, pages and tabs.

    `reprint` prints a ticket again, given the ticket and the board; None without a printer here. `notes`
    keeps calls by mouth while cut off.
    """

    reprint: Reprint | None = None
    notes: NoteKeeper | None = None
    pages: tuple[type[WorkPage], ...] = PAGES
    tabs: tuple[type[VisitTab], ...] = TABS
