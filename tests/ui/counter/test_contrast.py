"""The counter's words against what they really stand on, read from its pictures."""

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.ui.conftest import Picture
from tests.ui.counter import samples
from tests.ui.counter.conftest import OpenCounter
from tests.ui.counter.frame.test_heard_pages import OFFICERS, QUICK
from tests.ui.counter.frame.test_text_size import _read_pages
from tests.ui.counter.pages.bench import Bench
from tests.ui.look import settle
from tests.ui.shown import theme_of
from tests.ui.written import LEAST, pale
from ult_desktop.core.access.roles import Role
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.ui.counter.actions.actions import action_table
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.frame.workspaces import HallWorkspace
from ult_desktop.ui.kit.theme import Contrast

ROLES = [
    Role.FRONT_OFFICE,
    pytest.param(Role.ADMIN, marks=pytest.mark.slow),  # an admin has every page
    *(pytest.param(role, marks=pytest.mark.slow_night) for role in OFFICERS if role not in QUICK),
]


@pytest.mark.parametrize("contrast", ["light", pytest.param("kontras", marks=pytest.mark.slow)])
@pytest.mark.parametrize("role", ROLES)
def test_the_words_of_every_page_stand_out(
    bench: Bench, picture: Picture, role: Role, contrast: Contrast
) -> None:
    bench.sign_in("siti", Role.FRONT_OFFICE)
    for _number in range(3):
        bench.do(IssueTicket(service_id=1))
    bench.sign_in("novi", role)
    workspace = HallWorkspace(bench.make_desk((1366, 768), contrast, None), action_table(), CounterServices())
    bench.frame.show_page(workspace)
    bench.show(bench.frame, 1366, 768)
    weak = {}
    for name in _read_pages(bench, workspace):
        for field in bench.frame.findChildren(QLineEdit):
            field.deselect()  # what is chosen in it is painted twice
        weak[name] = pale(bench.frame, LEAST[contrast])
        if contrast == "kontras" and role is Role.ADMIN:
            picture(bench.frame, f"counter-kontras-{name.replace('/', '-')}", sound=False)
    bench.frame.close()
    assert not {page: words for page, words in weak.items() if words}


@pytest.mark.parametrize("contrast", ["light", "kontras"])
def test_the_words_of_lock_and_sign_in_stand_out(open_counter: OpenCounter, contrast: Contrast) -> None:
    counter = open_counter(samples.board(), contrast=contrast)
    window = counter.window
    window.lock.lock()
    settle()
    page = window.lock.page
    assert page is not None
    assert page.isVisible()
    assert pale(window, LEAST[contrast]) == []
    page.change_requested.emit()
    settle()
    assert window.sign_in.isVisible()
    theme_of(window).set_contrast(contrast)
    settle()
    assert pale(window, LEAST[contrast]) == []
