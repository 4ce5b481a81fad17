"""No page, no tab and no group of settings is left out by a slip of the hand."""

import importlib
import pkgutil
from typing import TypeVar

import ult_desktop.ui.counter
from ult_desktop.ui.counter.frame.workspaces import PAGES, TABS
from ult_desktop.ui.counter.pages.page import SettingsGroup, VisitTab, WorkPage
from ult_desktop.ui.counter.settings.page import GROUPS

BY_DESK = {"HallPage", "HallDayPage"}  # the pages of a desk without a counter stand there by themselves

T = TypeVar("T")


def made(kind: type[WorkPage | VisitTab | SettingsGroup]) -> set[str]:
    """The names of every page, tab or group that the counter's packages make."""
    package = ult_desktop.ui.counter
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    ours = (each for each in below(kind) if each.__module__.startswith(package.__name__))
    return {each.__name__ for each in ours if each.name}  # what others are made of has no name


def below(kind: type[T]) -> set[type[T]]:
    """Every class made of it, directly or not."""
    direct: list[type[T]] = kind.__subclasses__()
    return {*direct, *(each for one in direct for each in below(one))}


def test_every_page_tab_and_group_is_in_a_registry() -> None:
    assert made(WorkPage) - BY_DESK == {page.__name__ for page in PAGES}
    assert made(VisitTab) == {tab.__name__ for tab in TABS}
    assert made(SettingsGroup) == {group.__name__ for group in GROUPS}


def test_names_are_each_one_s_own() -> None:
    for each in (PAGES, TABS, GROUPS):
        names = [one.name for one in each]
        assert len(set(names)) == len(names)
