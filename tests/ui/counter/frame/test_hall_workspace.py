"""Without a counter: an officer begins where his work waits."""

import pytest
from PySide6.QtCore import QRect

from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.roles import Role
from ult_desktop.ui.counter.actions.actions import action_table
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.frame.workspaces import PAGES, HallWorkspace


@pytest.mark.parametrize(
    ("roles", "page"),
    [
        ((Role.SECURITY,), "security"),
        ((Role.RECEPTION,), "queue"),
        ((Role.PHONE,), "phone"),
        ((Role.BACK_OFFICE,), "inbox"),
        ((Role.RELATED_UNIT,), "inbox"),
        ((Role.HELPDESK,), "inbox"),
        ((Role.PPID,), "ppid"),
        ((Role.BACK_OFFICE, Role.PHONE), "phone"),
        ((Role.ADMIN,), "queue"),
        ((Role.HEAD,), "day"),
        ((Role.HEAD, Role.ADMIN), "day"),
    ],
)
def test_an_officer_begins_where_his_work_waits(bench: Bench, roles: tuple[Role, ...], page: str) -> None:
    bench.sign_in("novi", *roles)
    desk = bench.make_desk((1366, 768), "light", None)
    workspace = HallWorkspace(desk, action_table(), CounterServices(pages=PAGES))
    bench.frame.show_page(workspace)
    bench.show(bench.frame, 1366, 768)
    assert workspace.page == page


def test_every_page_stands_on_the_ground_of_its_contrast(bench: Bench) -> None:
    """A page without one is white as the system's windows are: its white head is not to be read there."""
    bench.sign_in("kepala", Role.HEAD)
    desk = bench.make_desk((1366, 768), "kontras", None)
    workspace = HallWorkspace(desk, action_table(), CounterServices(pages=PAGES))
    bench.frame.show_page(workspace)
    bench.show(bench.frame, 1366, 768)
    for name, page in workspace.pages.items():
        workspace.show_page(name)
        corner = page.grab(QRect(0, 0, 4, 4)).toImage().pixelColor(2, 2)
        assert corner == desk.theme.color("ground"), name
