"""The page Pengaturan leads from group to group and loses nothing on the way."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.ui.conftest import Picture, Show
from tests.ui.counter.frame.test_nav_entries import RealCounter
from tests.ui.counter.pages.bench import Bench
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Permission
from ult_desktop.ui.counter.frame.workspaces import PAGES
from ult_desktop.ui.counter.pages.page import SettingsGroup
from ult_desktop.ui.counter.settings.page import GROUPS, SettingsPage
from ult_desktop.ui.kit.forms.text_fields import LineField
from ult_desktop.ui.kit.widgets.button import Button


class NamesGroup(SettingsGroup):
    """A group of one line that saves into itself, at once."""

    name, icon_name = "names", "user"
    needs = frozenset({Permission.SET_OFFICE})
    title = staticmethod(lambda: "Nama")

    @override
    def build(self) -> None:
        self.saved = ""
        self.line = LineField(self.theme, "line", "Nama")
        self.body.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.subject: object = None

    @override
    def refresh(self) -> None:
        self.was_read = True

    @property
    @override
    def is_dirty(self) -> bool:
        return self.line.value() != self.saved

    @override
    def save(self, then: Callable[[], object]) -> None:
        self.saved = self.line.value()
        then()

    @override
    def discard(self) -> None:
        self.line.show_value(self.saved)

    @override
    def open_subject(self, subject: object) -> None:
        self.subject = subject


class AdminsGroup(NamesGroup):
    """A like group, for admins."""

    name, icon_name, group = "admins", "user-cog", "people"
    needs = frozenset({Permission.MANAGE_OFFICE})
    title = staticmethod(lambda: "Petugas")


class SamplePage(SettingsPage):
    """Two groups that the product does not have."""

    kinds = (NamesGroup, AdminsGroup)


def opened(bench: Bench, login: str = "admin") -> SettingsPage:
    bench.sign_in(login)
    return bench.open(SamplePage)


def named(page: SettingsPage, name: str) -> NamesGroup:
    group = page.groups[name]
    assert isinstance(group, NamesGroup)
    return group


def test_a_group_is_built_when_it_is_chosen(bench: Bench) -> None:
    page = opened(bench)
    assert list(page.groups) == ["names"]
    assert named(page, "names").was_read
    bench.press(Qt.Key.Key_2, held=Qt.KeyboardModifier.AltModifier)
    bench.wait(lambda: page.chosen_name == "admins")
    assert named(page, "admins").line.line.hasFocus()
    page.open_subject("nobody's")
    page.open_subject(("names", 7))
    assert (page.chosen_name, named(page, "names").subject) == ("names", 7)


def test_the_head_of_office_has_no_group_of_admins(bench: Bench) -> None:
    page = opened(bench, "kepala")
    page.choose("admins")
    assert list(page.buttons.buttons) == ["names"]


@pytest.mark.parametrize(
    ("button", "saved", "kept", "chosen"),
    [("Simpan", "Siti", "Siti", "admins"), ("Buang", "", "", "admins"), ("Kembali", "", "Siti", "names")],
)
def test_what_is_not_saved_asks_before_it_is_left(
    bench: Bench, button: str, saved: str, kept: str, chosen: str
) -> None:
    page = opened(bench)
    group = named(page, "names")
    bench.type(group.line, "Siti")
    page.buttons.buttons["admins"].click()
    assert page.buttons.buttons["names"].isChecked()
    next(each for each in bench.box().findChildren(Button) if each.text() == button).click()
    assert (group.saved, group.line.value(), page.chosen_name) == (saved, kept, chosen)
    assert page.buttons.buttons[chosen].isChecked()


def test_another_page_of_the_rail_asks_too(bench: Bench, qtbot: QtBot, show: Show) -> None:
    counter = RealCounter(bench, qtbot, show)
    counter.open((SamplePage,))
    workspace = counter.sign_in("admin")
    workspace.show_page("settings")
    page = workspace.pages["settings"]
    assert isinstance(page, SettingsPage)
    named(page, "names").line.show_value("Siti")
    workspace.rail.pages.buttons["day"].click()
    assert workspace.page == "settings"
    assert workspace.rail.pages.buttons["settings"].isChecked()
    counter.press("Buang")
    assert workspace.page == "day"


def test_signing_out_and_another_language_ask_too_and_the_group_stays(
    bench: Bench, qtbot: QtBot, show: Show
) -> None:
    counter = RealCounter(bench, qtbot, show)
    counter.open((SamplePage,))
    workspace = counter.sign_in("admin")
    workspace.show_page("settings", "admins")
    page = workspace.pages["settings"]
    assert isinstance(page, SettingsPage)
    named(page, "admins").line.show_value("Siti")
    workspace.rail.leave.click()
    counter.press("Kembali")
    workspace.rail.languages["en"].click()
    assert workspace.rail.languages["id"].isChecked()
    counter.press("Simpan")
    renewed = counter.window.workspace
    assert renewed is not None
    assert renewed is not workspace
    assert (renewed.page, renewed.subject) == ("settings", "admins")


def test_only_who_has_a_group_has_the_page(bench: Bench) -> None:
    assert SettingsPage in PAGES
    assert SettingsPage.kinds is GROUPS
    assert SettingsPage.is_for(bench.sign_in("admin"))
    assert SettingsPage.is_for(bench.sign_in("kepala"))
    assert not SettingsPage.is_for(bench.sign_in("siti"))


def test_picture(bench: Bench, picture: Picture) -> None:
    page = opened(bench)
    picture(bench.window, "pengaturan-kerangka")
    named(page, "names").line.show_value("Siti")
    page.choose("admins")
    picture(bench.box(), "pengaturan-simpan-dahulu")


def test_in_english_a_list_is_called_by_what_is_in_it() -> None:
    """Indonesian has one word for a service and for services."""
    use_language("en")
    named = {group.name: group.title() for group in GROUPS}
    lists = ("services", "categories", "counters", "officers", "procedures", "backup")
    assert [named[each] for each in lists] == [
        *("Services", "Categories", "Counters", "Officers", "Procedures", "Backups")
    ]
