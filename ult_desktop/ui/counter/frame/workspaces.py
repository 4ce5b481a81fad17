"""The pages and tabs of the counter, a line each, and its workspaces: at a counter, or without one."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtGui import QShortcut
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.case import Case
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.ui.counter.accountability.delegations_page import DelegationsPage
from ult_desktop.ui.counter.accountability.deviations_page import DeviationsPage
from ult_desktop.ui.counter.accountability.qualifications_page import QualificationsPage
from ult_desktop.ui.counter.actions.actions import Action
from ult_desktop.ui.counter.actions.reasons import Situation
from ult_desktop.ui.counter.care.page import CarePage
from ult_desktop.ui.counter.cases.appointments_page import AppointmentsPage
from ult_desktop.ui.counter.cases.case_tab import CaseTab
from ult_desktop.ui.counter.cases.inbox_page import InboxPage
from ult_desktop.ui.counter.cases.page import CasesPage
from ult_desktop.ui.counter.cases.ppid_page import PpidPage
from ult_desktop.ui.counter.evidence.page import EvidencePage
from ult_desktop.ui.counter.frame import workspace
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.frame.palette import PaletteEntry, act_entries
from ult_desktop.ui.counter.pages import PageHost, VisitTab, VisitTabs, WorkPage, nav_buttons
from ult_desktop.ui.counter.phone.page import PhonePage
from ult_desktop.ui.counter.privacy.breaches_page import BreachesPage
from ult_desktop.ui.counter.privacy.openings_page import OpeningsPage
from ult_desktop.ui.counter.privacy.retention_page import RetentionPage
from ult_desktop.ui.counter.privacy.subjects_page import SubjectsPage
from ult_desktop.ui.counter.procedures.steps_tab import StepsTab
from ult_desktop.ui.counter.queue.hall_page import DayPage, HallDayPage, HallPage, LiveWatch
from ult_desktop.ui.counter.queue.queue_page import QueuePage
from ult_desktop.ui.counter.reports.page import ReportsPage
from ult_desktop.ui.counter.reports.staffing_page import StaffingPage
from ult_desktop.ui.counter.settings.page import SettingsPage
from ult_desktop.ui.counter.survey.page import SurveyPage
from ult_desktop.ui.counter.visits.guests_page import GuestsPage
from ult_desktop.ui.counter.visits.security_page import SecurityPage
from ult_desktop.ui.counter.visits.visitor_tabs import HistoryTab, VisitorTab
from ult_desktop.ui.kit.panels import EmptyState

PAGES: tuple[type[WorkPage], ...] = (
    GuestsPage,
    AppointmentsPage,
    SecurityPage,
    CarePage,
    CasesPage,
    InboxPage,
    PpidPage,
    PhonePage,
    ReportsPage,
    StaffingPage,
    SurveyPage,
    EvidencePage,
    DeviationsPage,
    DelegationsPage,
    QualificationsPage,
    SubjectsPage,
    BreachesPage,
    OpeningsPage,
    RetentionPage,
    SettingsPage,
)
TABS: tuple[type[VisitTab], ...] = (VisitorTab, CaseTab, StepsTab, HistoryTab)
_QUEUE_PAGE_ONLY = ("cancel", "reprint")  # on other pages their keys mean something else


class CounterWorkspace(workspace.Workspace):
    """The workspace at a counter. The serving cycle's keys work on every page."""

    def __init__(self, host: PageHost, table: dict[str, Action], services: CounterServices) -> None:
        tabs = VisitTabs(host, TABS if services.tabs is None else services.tabs)
        queue = QueuePage(host.theme, table, tabs if tabs.tabs else None)
        day = DayPage(host)
        super().__init__(
            host,
            table,
            [
                nav_buttons.NavEntry("queue", _("Antrean"), "list-ordered", "visitors", queue),
                nav_buttons.NavEntry("day", _("Hari ini"), "layout-grid", "quality", day),
                *workspace.nav_entries(host, PAGES if services.pages is None else services.pages),
            ],
        )
        self.queue, self.day = queue, day
        self._queue_shortcuts = list[QShortcut]()
        LiveWatch(host, day.live)
        self.queue.action_requested.connect(self.action_requested)
        self.queue.page_wanted.connect(self.show_page)
        self.queue.ending.mending_wanted.connect(self._do_missing)
        for action in table.values():
            if action.key and action.name != "undo":  # `Workspace` has the key of "undo"
                shortcut = self._shortcut(action.key)
                shortcut.activated.connect(partial(self.action_requested.emit, action.name))
                if action.name in _QUEUE_PAGE_ONLY:
                    self._queue_shortcuts.append(shortcut)
        self._stack.currentChanged.connect(self._enable_queue_shortcuts)

    def _enable_queue_shortcuts(self) -> None:
        """Enable the keys of the queue's page there alone: Qt runs neither of two equal shortcuts."""
        for shortcut in self._queue_shortcuts:
            shortcut.setEnabled(self.page == "queue")

    @override
    def act_entries(self) -> Iterable[PaletteEntry]:
        s = self.queue.situation
        return () if s is None else act_entries(self.table.values(), s, self.action_requested.emit)

    @override
    def show_ticket(self, ticket: Ticket) -> None:
        """Show a ticket in the list that it is in, else its visit."""
        tickets = self.queue.side.choose(ticket.id)
        if tickets is not None:
            self.show_page("queue")
            tickets.view.setFocus()
        else:
            super().show_ticket(ticket)

    def _do_missing(self, name: str) -> None:
        """Open the act for what is still missing before a visitor goes."""
        tab = None if self.queue.tabs is None else self.queue.tabs.tabs.get(VisitorTab.name)
        if name in ("survey", "answer"):
            self.action_requested.emit(name)
        elif isinstance(tab, VisitorTab):
            tab.want(name)

    def answer_at_once(self) -> None:
        """Open the box that answers the visitor at once; then ask how the service ends."""
        tab = None if self.queue.tabs is None else self.queue.tabs.tabs.get(CaseTab.name)
        if isinstance(tab, CaseTab):
            tab.answer_at_once(self._ask_how_it_ends)

    def _ask_how_it_ends(self, _case: Case) -> None:
        if self.page == "queue" and not self.queue.is_ending:
            self.action_requested.emit("finish")

    @override
    def undo(self) -> None:
        """Undo the officer's last act; without one, on the queue's page, how the last visitor left."""
        if self.page != "queue" or self.host.can_undo:
            super().undo()
        else:
            self.action_requested.emit("undo")

    @override
    def search(self) -> None:
        if self.page in ("queue", "day"):
            self.show_page("queue")
            self.queue.side.focus_search()
        else:
            super().search()

    def show_situation(self, s: Situation, now: int) -> None:
        """Show the situation at `now` (UTC ms)."""
        self.rail.show_situation(s)
        self.queue.show_situation(s, now)
        self.day.show_board(s.board)
        self.alert_watch.show_next("" if s.board.next_up is None else s.board.next_up.label)

    @override
    def show_time(self, now: int) -> None:
        super().show_time(now)
        self.queue.show_time(now)


# The page that a workspace begins with, by role. Of several roles the last one in this table decides; without
# any of them it is the first page.
_HOMES = {
    Role.RELATED_UNIT: InboxPage.name,
    Role.BACK_OFFICE: InboxPage.name,
    Role.HELPDESK: InboxPage.name,
    Role.PPID: PpidPage.name,
    Role.PHONE: PhonePage.name,
    Role.SECURITY: SecurityPage.name,
    Role.HEAD: HallDayPage.name,
}


class HallWorkspace(workspace.Workspace):
    """The workspace without a counter. It calls nobody; officers who manage the hall see the queue there."""

    def __init__(self, host: PageHost, table: dict[str, Action], services: CounterServices) -> None:
        pages = PAGES if services.pages is None else services.pages
        entries = workspace.nav_entries(host, (HallPage, HallDayPage, *pages))
        if not entries:
            words = EmptyState(host.theme, _("Peran Anda belum mempunyai halaman di sini."), "user-round")
            entries = [nav_buttons.NavEntry("home", _("Beranda"), "house", "visitors", words)]
        super().__init__(host, table, entries)
        for role, home in _HOMES.items():
            if role in host.actor.roles:
                self.show_page(home)
        self.rail.show_officer(host.actor)
