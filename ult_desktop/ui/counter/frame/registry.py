"""The list of every page of the rail and every tab of the visitor, one line each.

A page's or tab's `needs` say which officers see it.
"""

from ult_desktop.ui.counter.accountability.delegations_page import DelegationsPage
from ult_desktop.ui.counter.accountability.deviations_page import DeviationsPage
from ult_desktop.ui.counter.accountability.qualifications_page import QualificationsPage
from ult_desktop.ui.counter.care.page import CarePage
from ult_desktop.ui.counter.cases.appointments_page import AppointmentsPage
from ult_desktop.ui.counter.cases.case_tab import CaseTab
from ult_desktop.ui.counter.cases.inbox_page import InboxPage
from ult_desktop.ui.counter.cases.page import CasesPage
from ult_desktop.ui.counter.cases.ppid_page import PpidPage
from ult_desktop.ui.counter.evidence.page import EvidencePage
from ult_desktop.ui.counter.pages import VisitTab, WorkPage
from ult_desktop.ui.counter.phone.page import PhonePage
from ult_desktop.ui.counter.privacy.breaches_page import BreachesPage
from ult_desktop.ui.counter.privacy.openings_page import OpeningsPage
from ult_desktop.ui.counter.privacy.retention_page import RetentionPage
from ult_desktop.ui.counter.privacy.subjects_page import SubjectsPage
from ult_desktop.ui.counter.procedures.steps_tab import StepsTab
from ult_desktop.ui.counter.reports.page import ReportsPage
from ult_desktop.ui.counter.reports.staffing_page import StaffingPage
from ult_desktop.ui.counter.settings.page import SettingsPage
from ult_desktop.ui.counter.survey.page import SurveyPage
from ult_desktop.ui.counter.visits.guests_page import GuestsPage
from ult_desktop.ui.counter.visits.security_page import SecurityPage
from ult_desktop.ui.counter.visits.visitor_tabs import HistoryTab, VisitorTab

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
