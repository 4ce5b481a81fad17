"""The workspace of an officer without a counter (tanpa loket): back office, reception, security, head."""

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Role
from ult_desktop.ui.counter.actions.actions import Action
from ult_desktop.ui.counter.cases.inbox.inbox_page import InboxPage
from ult_desktop.ui.counter.cases.ppid_page import PpidPage
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.frame.nav_entry import NavEntry
from ult_desktop.ui.counter.frame.workspace import Workspace, nav_entries
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.phone.page import PhonePage
from ult_desktop.ui.counter.queue.hall_day_page import HallDayPage
from ult_desktop.ui.counter.queue.hall_page import HallPage
from ult_desktop.ui.counter.visits.security_page import SecurityPage
from ult_desktop.ui.kit.empty_state import EmptyState

# Where the work of such an officer waits: with several roles the last one counts, with none the first page.
_HOMES = {
    Role.RELATED_UNIT: InboxPage.name,
    Role.BACK_OFFICE: InboxPage.name,
    Role.HELPDESK: InboxPage.name,
    Role.PPID: PpidPage.name,
    Role.PHONE: PhonePage.name,
    Role.SECURITY: SecurityPage.name,
}


class HallWorkspace(Workspace):
    """Nobody is called from here; who looks after the hall sees the queue and gives numbers."""

    def __init__(self, desk: PageHost, table: dict[str, Action], fittings: CounterServices) -> None:
        places = nav_entries(desk, (HallPage, *fittings.pages, HallDayPage))
        if not places:
            words = EmptyState(desk.theme, _("Peran Anda belum mempunyai halaman di sini."), "user-round")
            places = [NavEntry("home", _("Beranda"), "house", "visitors", words)]
        super().__init__(desk, table, places)
        for role, home in _HOMES.items():
            if role in desk.actor.roles:
                self.show_page(home)
        self.rail.show_officer(desk.actor)
