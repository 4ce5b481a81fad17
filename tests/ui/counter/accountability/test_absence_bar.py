"""One line asks once whether the day goes without a role; it is in nobody's way."""

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture, Show
from tests.ui.counter.frame.test_nav_entries import RealCounter
from tests.ui.counter.pages.bench import Bench
from ult_desktop.db.accountability import deviations


@pytest.fixture
def counter(bench: Bench, qtbot: QtBot, show: Show) -> RealCounter:
    made = RealCounter(bench, qtbot, show)
    made.open((), ())
    return made


def test_a_day_without_security_is_said_once(bench: Bench, counter: RealCounter, picture: Picture) -> None:
    workspace = counter.sign_in("siti")
    bench.wait(workspace.absence.isVisible)
    assert "Petugas Keamanan" in workspace.absence.words.text()
    picture(counter.window, "counter-tanpa-petugas")
    workspace.absence.without_button.click()
    bench.wait(lambda: "Resepsionis" in workspace.absence.words.text())
    workspace.absence.comes_button.click()
    bench.wait(workspace.absence.isHidden)
    (declared,) = bench.office.read(deviations.waiting)
    assert (declared.item, declared.is_declared) == ("security", True)
