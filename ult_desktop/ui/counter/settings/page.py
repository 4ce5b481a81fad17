"""The page Pengaturan: its groups in a list at the left, the chosen one next to it."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor
from ult_desktop.ui.counter.access.officers_group import OfficersGroup
from ult_desktop.ui.counter.health.health_group import HealthGroup
from ult_desktop.ui.counter.pages import SettingsGroup, WorkPage, nav_buttons
from ult_desktop.ui.counter.procedures.procedures_group import ProceduresGroup
from ult_desktop.ui.counter.settings import lists_groups, office_groups, station_groups
from ult_desktop.ui.counter.settings.calendar_group import CalendarGroup
from ult_desktop.ui.counter.settings.screen_group import ScreenGroup
from ult_desktop.ui.kit import Column, Row, Theme, widgets
from ult_desktop.ui.kit.panels import REGION, ShownStack

GROUPS: tuple[type[SettingsGroup], ...] = (
    office_groups.IdentityGroup,
    office_groups.HoursGroup,
    CalendarGroup,
    lists_groups.ServicesGroup,
    lists_groups.StandardsGroup,
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
    ScreenGroup,
    office_groups.PeriodsGroup,
    station_groups.BackupGroup,
)
"""The groups, one line each, in the order of the page's list, which draws a line where `group` changes."""
_LIST_WIDTH = 236  # base pixels


class GroupList(QFrame):
    """The list of groups: the heading, and a button for each group."""

    def __init__(self, theme: Theme, title: str, buttons: nav_buttons.PageButtons) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.setProperty(REGION, True)
        self._theme = theme
        column = Column(theme, self, gap=8, margins=(8, 12, 8, 8))
        head = Row(theme, margins=(12, 0, 0, 0))
        head.addWidget(widgets.Label(title, "heading"))
        column.addLayout(head)
        column.addWidget(buttons, 1)
        theme.changed.connect(self._rescale)
        self._rescale()

    def _rescale(self) -> None:
        self.setFixedWidth(self._theme.words_px(_LIST_WIDTH))


class GroupStack(ShownStack):
    """The stack of groups. Each group scrolls by itself, so that the list and its heading stay in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty(REGION, True)

    @override
    def minimumSizeHint(self) -> QSize:
        # Qt's own hint would make every group as high as the highest group wants to be.
        shown = self.currentWidget()
        return QSize() if shown is None else shown.minimumSizeHint()


class SettingsPage(WorkPage):
    """The page of settings. A group is built when first chosen; Alt+1 to Alt+9 choose the first nine."""

    name, icon_name, group = "settings", "settings", "quality"
    title = staticmethod(lambda: _("Pengaturan"))
    kinds: ClassVar[tuple[type[SettingsGroup], ...]] = GROUPS

    @classmethod
    @override
    def is_for(cls, actor: Actor) -> bool:
        return any(kind.is_for(actor) for kind in cls.kinds)

    @override
    def lay_out(self) -> Column:
        self.setProperty("kind", "page")
        return Column(self.theme, self, margins=(16, 16, 24, 16))

    @override
    def build(self) -> None:
        self._group_types = {kind.name: kind for kind in self.kinds if kind.is_for(self.host.actor)}
        self._containers: dict[str, QWidget] = {name: QWidget() for name in self._group_types}
        self.groups: dict[str, SettingsGroup] = {}
        self.stack = GroupStack()
        for container in self._containers.values():
            self.stack.addWidget(container)
        self.parts = [
            nav_buttons.NavEntry(name, kind.title(), kind.icon_name, kind.group, self._containers[name])
            for name, kind in self._group_types.items()
        ]
        self.buttons = nav_buttons.PageButtons(self.theme, self.parts, modifier="Alt")
        row = Row(self.theme, gap=16)
        row.addWidget(GroupList(self.theme, self.title(), self.buttons))
        row.addWidget(self.stack, 1)
        self.body.addLayout(row, 1)
        self.buttons.page_requested.connect(self.choose)
        self._show_group(next(iter(self._group_types)))

    @override
    def refresh(self) -> None:
        """Read nothing here: each group reads for itself."""

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Move the focus to the group, whose keys would not work in the list."""
        super().showEvent(event)
        self.setFocus()

    @property
    def chosen(self) -> SettingsGroup:
        return self.groups[self.chosen_name]

    @property
    def chosen_name(self) -> str:
        current = self.stack.currentWidget()
        return next(name for name, container in self._containers.items() if container is current)

    @property
    @override
    def manual_page(self) -> str:
        return self.chosen_name

    @property
    @override
    def subject(self) -> object:  # type: ignore[override]
        return self.chosen_name

    def choose(self, name: str) -> None:
        """Bring a group to the front. A group that this officer does not have is ignored."""
        if name in self._group_types and name != self.chosen_name:
            self.buttons.show_page(self.chosen_name)  # a press checked the other; the officer may stay here
            self.leave(partial(self._show_group, name))

    def _show_group(self, name: str) -> None:
        if name not in self.groups:
            self.groups[name] = self._group_types[name](self.host)
            Column(self.theme, self._containers[name]).addWidget(self.groups[name])
        self.stack.setCurrentWidget(self._containers[name])
        self.buttons.show_page(name)
        self.setFocusProxy(self.groups[name])
        self.setFocus()

    @override
    def open_subject(self, subject: object) -> None:
        """Show a group by its name, or by its name and what it is to show: ("calendar", …)."""
        name, about = subject if isinstance(subject, tuple) else (subject, None)
        if name not in self._group_types:
            return
        self.choose(str(name))
        if about is not None and name == self.chosen_name:
            self.chosen.open_subject(about)

    @override
    def leave(self, go: Callable[[], object]) -> None:
        self.chosen.when_clean(go)
