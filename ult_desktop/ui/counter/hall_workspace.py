"""The workspace of an officer without a counter (tanpa loket): back office, reception, security, head."""

from ult_desktop.i18n import _
from ult_desktop.ui.counter.actions import Action
from ult_desktop.ui.counter.fittings import Fittings
from ult_desktop.ui.counter.guests.security_page import SecurityPage
from ult_desktop.ui.counter.hall_day_page import HallDayPage
from ult_desktop.ui.counter.hall_page import HallPage
from ult_desktop.ui.counter.place import Place
from ult_desktop.ui.counter.work.desk import WorkDesk
from ult_desktop.ui.counter.work.empty_state import EmptyState
from ult_desktop.ui.counter.workspace import Workspace, places_of


class HallWorkspace(Workspace):
    """Nobody is called from here; who looks after the hall sees the queue and gives numbers."""

    def __init__(self, desk: WorkDesk, table: dict[str, Action], fittings: Fittings) -> None:
        places = places_of(desk, (HallPage, *fittings.pages, HallDayPage))
        if not places:
            words = EmptyState(desk.theme, _("Peran Anda belum mempunyai halaman di sini."), "user-round")
            places = [Place("home", _("Beranda"), "house", "visitors", words)]
        super().__init__(desk, table, places)
        self.show_page(SecurityPage.name)  # who has it stands at the door, not at the queue
        self.rail.show_officer(desk.actor)
