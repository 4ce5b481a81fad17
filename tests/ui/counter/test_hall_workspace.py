"""Without a counter: an officer begins where his work waits."""

import pytest

from tests.ui.counter.work.bench import Bench
from ult_desktop.core.roles import Role
from ult_desktop.ui.counter.actions import action_table
from ult_desktop.ui.counter.fittings import Fittings
from ult_desktop.ui.counter.hall_workspace import HallWorkspace
from ult_desktop.ui.counter.registry import PAGES


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
    ],
)
def test_an_officer_begins_where_his_work_waits(bench: Bench, roles: tuple[Role, ...], page: str) -> None:
    bench.sign_in("novi", *roles)
    desk = bench.make_desk((1366, 768), "light", None)
    workspace = HallWorkspace(desk, action_table(), Fittings(pages=PAGES))
    bench.frame.show_page(workspace)
    bench._show(bench.frame, 1366, 768)
    assert workspace.page == page
