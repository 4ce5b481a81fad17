"""What a counter's window is fitted with: this PC's things, the pages and the tabs."""

from dataclasses import dataclass

from ult_desktop.ui.counter.notes.note_keeper import NoteKeeper
from ult_desktop.ui.counter.registry import PAGES, TABS
from ult_desktop.ui.counter.session import Reprint
from ult_desktop.ui.counter.work.desk import Outfit
from ult_desktop.ui.counter.work.page import WorkPage
from ult_desktop.ui.counter.work.visit_tab import VisitTab


@dataclass(frozen=True)
class Fittings(Outfit):
    """Beside the outfit: `reprint`, `notes`, pages and tabs.

    `reprint` prints a ticket again, given the ticket and the board; None without a printer here. `notes`
    keeps calls by mouth while cut off.
    """

    reprint: Reprint | None = None
    notes: NoteKeeper | None = None
    pages: tuple[type[WorkPage], ...] = PAGES
    tabs: tuple[type[VisitTab], ...] = TABS
