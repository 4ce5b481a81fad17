"""The officer's own size of text: chosen, kept, and nothing cut by it on the two smallest screens."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PICTURES, Picture
from tests.ui.counter import samples
from tests.ui.counter.conftest import OpenCounter
from tests.ui.counter.frame.test_heard_pages import OFFICERS, QUICK, _pages
from tests.ui.counter.pages.bench import Bench
from tests.ui.look import faults_of_text, settle
from tests.ui.shown import all_done, theme_of
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Role
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.ui.counter.actions.actions import action_table
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.frame.workspaces import HallWorkspace
from ult_desktop.ui.counter.reports.page import ReportsPage
from ult_desktop.ui.counter.session.officer_session import OwnLook, OwnSettingsBox
from ult_desktop.ui.kit.theme import Contrast, Theme

SIZES = [(1366, 768), (1280, 720)]
LOOKS = [
    ((1280, 720), "id", "light", 130, QUICK),
    pytest.param((1280, 720), "en", "kontras", 130, QUICK, marks=pytest.mark.slow),
    *(
        pytest.param(*look, OFFICERS, marks=pytest.mark.slow_night)
        for look in (
            ((1366, 768), "id", "light", 130),
            ((1280, 720), "id", "light", 130),
            ((1366, 768), "en", "kontras", 130),
            ((1280, 720), "en", "light", 130),
            ((1280, 720), "en", "kontras", 100),
        )
    ),
]
# A number of five letters with three kinds of help: its pills end in "…", and are heard in full.
STATES = [state for state in samples.states() if state.name != "nama-panjang"]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(("size", "language", "contrast", "percent", "roles"), LOOKS)
def test_no_page_cuts_a_word(
    bench: Bench,
    size: tuple[int, int],
    language: str,
    contrast: Contrast,
    percent: int,
    roles: tuple[Role, ...],
) -> None:
    """The round of all roles leaves pictures."""
    bench.sign_in("siti", Role.FRONT_OFFICE)
    for _number in range(3):
        bench.do(IssueTicket(service_id=1))
    use_language(language)
    cut: dict[str, list[str]] = {}
    seen: set[str] = set()
    for role in roles:
        bench.sign_in(f"{role.value}-1", role)
        desk = bench.make_desk(size, contrast, None)
        desk.theme.set_text_size(percent)
        workspace = HallWorkspace(desk, action_table(), CounterServices())
        bench.frame.show_page(workspace)
        bench.show(bench.frame, *size)
        for name in _read_pages(bench, workspace):
            cut[f"{role.value}/{name}"] = list(faults_of_text(bench.frame))
            if roles is OFFICERS and name not in seen:
                keep_picture(bench.frame, f"{name}-{size[1]}-{language}-{contrast}-{percent}")
            seen.add(name)
        assert bench.frame.size().toTuple() == size, "no page is wider than its screen"
        bench.frame.close()
    assert not sorted({fault for faults in cut.values() for fault in faults}), cut


def keep_picture(frame: QWidget, name: str) -> None:
    """Keep the picture beside the others, to be looked at."""
    PICTURES.mkdir(exist_ok=True)
    frame.grab().save(str(PICTURES / f"counter-halaman-{name.replace('/', '-')}.png"))


def _read_pages(bench: Bench, workspace: HallWorkspace) -> Iterator[str]:
    for name in _pages(workspace):
        page = workspace.pages[name.split("/")[0]]
        if isinstance(page, ReportsPage):
            bench.wait(partial(getattr, page, "report"))
        bench.wait(lambda: all_done(bench.link))
        settle()
        yield name


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_the_queue_page_cuts_nothing(
    open_counter: OpenCounter, picture: Picture, state: samples.State, size: tuple[int, int]
) -> None:
    counter = open_counter(state.board, size)
    theme_of(counter.window).set_text_size(130)
    picture(counter.window, f"counter-{state.name}-130-{size[0]}x{size[1]}")
    assert counter.window.size().toTuple() == size
    if state.name == "dilayani":
        counter.workspace.action_requested.emit("finish")
        assert counter.workspace.queue.is_ending
        picture(counter.window, f"counter-akhir-130-{size[0]}x{size[1]}")


def test_keys_and_menu_change_it_at_once(open_counter: OpenCounter, picture: Picture, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    window, theme = counter.window, theme_of(counter.window)
    for key, percent in (
        *((Qt.Key.Key_Plus, 115), (Qt.Key.Key_Plus, 130), (Qt.Key.Key_Plus, 130)),
        *((Qt.Key.Key_Minus, 115), (Qt.Key.Key_0, 100)),
    ):
        qtbot.keyClick(window, key, CTRL)
        assert round(theme.large_text * 100) == percent
    counter.workspace.rail.own_settings.click()
    (box,) = window.findChildren(OwnSettingsBox)
    before = counter.workspace.rail.officer.fontMetrics().height()
    box.sizes[130].click()
    assert counter.workspace.rail.officer.fontMetrics().height() > before
    picture(box, "counter-setelan-saya-130")
    box.reject()
    counter.workspace.rail.leave.click()
    assert theme.large_text == 1, "whoever signs in next has their own"


def test_it_is_kept_for_one_officer_on_this_pc(bench: Bench) -> None:
    mine, theirs = Theme("counter"), Theme("counter")
    look = OwnLook(mine, bench.drafts, 7)
    look.choose(130)
    mine.set_contrast("kontras")
    other = OwnLook(theirs, bench.drafts, 8)
    again = Theme("counter")
    kept = OwnLook(again, bench.drafts, 7)
    bench.wait(lambda: kept.percent == 130 and all_done(bench.drafts))
    assert (again.contrast, other.percent, theirs.contrast) == ("kontras", 100, "light")
    kept.end()
    assert (again.large_text, again.contrast) == (1, "light")
    third = OwnLook(again, bench.drafts, 7)
    bench.wait(lambda: third.percent == 130)
    assert again.contrast == "kontras", "to sign out is not to choose"
