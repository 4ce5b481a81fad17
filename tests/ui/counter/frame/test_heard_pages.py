"""Every page of the counter, for every role and in both languages, as a screen reader meets it."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.counter.pages.bench import Bench
from tests.ui.heard import unheard
from tests.ui.look import settle
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Role
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.ui.counter.actions.actions import action_table
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.frame.workspace import Workspace
from ult_desktop.ui.counter.frame.workspaces import HallWorkspace
from ult_desktop.ui.counter.queue.hall_page import HallPage
from ult_desktop.ui.counter.settings.page import SettingsPage
from ult_desktop.ui.kit.widgets import Button

OFFICERS = tuple(role for role in Role if role is not Role.STATION)
QUICK = (Role.ADMIN, Role.FRONT_OFFICE)  # an admin has every page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "roles"),
    [
        ("id", QUICK),
        *(pytest.param(language, OFFICERS, marks=pytest.mark.slow_night) for language in ("id", "en")),
    ],
)
def test_every_role_hears_every_page(bench: Bench, language: str, roles: tuple[Role, ...]) -> None:
    bench.sign_in("siti", Role.FRONT_OFFICE)
    for _number in range(3):
        bench.do(IssueTicket(service_id=1))
    use_language(language)
    silent: dict[str, list[str]] = {}
    seen: set[str] = set()
    for role in roles:
        bench.sign_in(f"{role.value}-1", role)
        desk = bench.make_desk((1366, 768), "light", None)
        workspace = HallWorkspace(desk, action_table(), CounterServices())
        bench.frame.show_page(workspace)
        bench.show(bench.frame, 1366, 768)
        for name in _pages(workspace):
            silent[f"{role.value}/{name}"] = list(unheard(bench.frame))
            seen.add(name)
        bench.frame.close()
    assert len(seen) > len(OFFICERS)
    assert not {page: faults for page, faults in silent.items() if faults}


def test_a_page_has_its_words_before_it_has_read_anything(bench: Bench, qtbot: QtBot) -> None:
    """A share may be slow, and the page is heard meanwhile; what would do nothing cannot be pressed."""
    bench.sign_in("siti", *OFFICERS)
    page = HallPage(bench.make_desk((1366, 768), "light", None))
    qtbot.addWidget(bench.frame)
    bench.frame.show_page(page)
    buttons = [each for each in page.findChildren(Button) if not each.isHidden()]
    assert [each.accessibleName() or each.text() for each in buttons].count("Ambilkan nomor") == 1
    assert not [each for each in buttons if not (each.accessibleName() or each.text())]
    assert not page.issue_button.isEnabled()


def _pages(workspace: Workspace) -> Iterator[str]:
    """Each page of the rail, and of Pengaturan each group, as it comes to the front."""
    for name, page in workspace.pages.items():
        workspace.show_page(name)
        settle()
        yield name
        if isinstance(page, SettingsPage):
            for group in page.buttons.buttons:
                page.choose(group)
                settle()
                yield f"{name}/{group}"
