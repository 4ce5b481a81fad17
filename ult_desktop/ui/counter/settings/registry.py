"""Every group of the page Pengaturan, one line each, in the order of its list.

Which of them an officer sees is said by the group itself (`needs`); a line stands where `group` changes.
"""

from ult_desktop.ui.counter.pages import SettingsGroup
from ult_desktop.ui.counter.settings.calendar_group import CalendarGroup

GROUPS: tuple[type[SettingsGroup], ...] = (CalendarGroup,)
