"""An officer without keys reads so on every page until they have them; a locked desk holds none."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.office import PASSWORD, cheap_hash, choose_password
from tests.ui.conftest import Picture, Show
from tests.ui.counter.frame.test_nav_entries import RealCounter
from tests.ui.counter.pages.bench import Bench
from tests.ui.shown import press_key
from ult_desktop.core.access.commands import AddOfficer
from ult_desktop.operations.office.office import Office


def of_link(bench: Bench, question: Callable[[Office], object]) -> object:
    """Return the answer of the window's office, once everything before has been done."""
    heard: list[object] = []
    bench.link.read(question, heard.append)
    bench.wait(lambda: heard)
    return heard[0]


def opens(office: Office) -> bool:
    return office.keyring is not None


@pytest.fixture
def counter(bench: Bench, qtbot: QtBot, show: Show) -> RealCounter:
    made = RealCounter(bench, qtbot, show)
    made.open((), ())
    return made


def test_told_until_somebody_with_keys_was_there(
    bench: Bench, counter: RealCounter, picture: Picture
) -> None:
    admin = bench.office.sign_in("admin", PASSWORD)
    bench.office.sign_out()
    roles = ("front_office",)
    command = AddOfficer(login="wati", name="Wati Lestari", roles=roles, password_hash=cheap_hash())
    bench.office.perform(command, admin)
    choose_password(bench.office, "wati")
    counter.window._refresh()
    bench.wait(lambda: counter.window.sign_in.officer.findData("wati") >= 0)
    workspace = counter.sign_in("wati")
    bench.wait(workspace.data_keys_bar.isVisible)
    picture(counter.window, "counter-menunggu-kunci")
    read_again: list[bool] = []
    workspace.host.changed.connect(lambda: read_again.append(True))
    bench.office.sign_in("siti", PASSWORD)
    bench.link.changed.emit()
    bench.wait(workspace.data_keys_bar.isHidden)
    bench.wait(lambda: len(read_again) >= 2)
    assert of_link(bench, opens) is True


def test_who_holds_them_sees_no_line(bench: Bench, counter: RealCounter) -> None:
    workspace = counter.sign_in("siti")
    assert of_link(bench, opens) is True
    assert workspace.data_keys_bar.isHidden()


def test_a_locked_desk_opens_nothing_until_it_is_unlocked(
    bench: Bench, counter: RealCounter, qtbot: QtBot
) -> None:
    counter.sign_in("siti")
    press_key(counter.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert of_link(bench, opens) is False
    page = counter.window.lock.page
    assert page is not None
    heard: list[bool] = []
    bench.link.changed.connect(lambda: heard.append(True))
    qtbot.keyClicks(page.password, PASSWORD)
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    bench.wait(lambda: not counter.window.lock.is_on)
    assert of_link(bench, opens) is True
    assert heard, "what was read while nothing opened is read again"


def test_who_signs_out_leaves_no_keys(bench: Bench, counter: RealCounter) -> None:
    counter.sign_in("siti")
    assert of_link(bench, opens) is True
    bench.link.sign_out()
    assert of_link(bench, opens) is False
