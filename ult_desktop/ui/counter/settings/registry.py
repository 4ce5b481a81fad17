"""The list of every group of the page Pengaturan, one line each, in the order of its list.

Each group says by `needs` which officers see it. A line is drawn where `group` changes.
"""

from ult_desktop.ui.counter.access.officers_group import OfficersGroup
from ult_desktop.ui.counter.health.health_group import HealthGroup
from ult_desktop.ui.counter.pages import SettingsGroup
from ult_desktop.ui.counter.procedures.procedures_group import ProceduresGroup
from ult_desktop.ui.counter.settings import lists_groups, office_groups, station_groups
from ult_desktop.ui.counter.settings.calendar_group import CalendarGroup
from ult_desktop.ui.counter.settings.standards_group import StandardsGroup

GROUPS: tuple[type[SettingsGroup], ...] = (
    office_groups.IdentityGroup,
    office_groups.HoursGroup,
    CalendarGroup,
    lists_groups.ServicesGroup,
    StandardsGroup,
    lists_groups.CategoriesGroup,
    lists_groups.CountersGroup,
    office_groups.QueueGroup,
    lists_groups.PausesGroup,
    office_groups.TextsGroup,
    office_groups.CareGroup,
    office_groups.SurveyGroup,
    OfficersGroup,
    ProceduresGroup,
    HealthGroup,
    station_groups.ComputerGroup,
    station_groups.ScreenGroup,
    office_groups.PeriodsGroup,
    station_groups.BackupGroup,
)
