"""The office now on the page Hari ini, and on the lock over it."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.office import PASSWORD
from tests.ui.conftest import Picture
from tests.ui.counter.frame.test_nav_entries import RealCounter, counter
from tests.ui.counter.pages.bench import Bench
from tests.ui.shown import facts_of, press_key
from ult_desktop.base.i18n import use_language
from ult_desktop.core.queue import commands
from ult_desktop.db.store import stations
from ult_desktop.operations.live_board import live_board
from ult_desktop.ui.counter.queue.hall_page import HallDayPage, LivePanel, LiveSection
from ult_desktop.ui.counter.session.lock import LockPage
from ult_desktop.ui.kit.theme import Contrast

__all__ = ["counter"]


def facts(section: LiveSection) -> dict[str, str]:
    return dict(facts_of(section.facts))


def busy(bench: Bench) -> None:
    """Counter 1 serves, under a step of the procedure with ten minutes; two wait."""
    siti, service = bench.sign_in("siti"), bench.office.kiosk_board().lines[0].service.id
    for _number in range(3):
        bench.do(commands.IssueTicket(service_id=service), siti)
    bench.do(commands.StaffCounter(counter=1), siti)
    bench.do(commands.CallNext(counter=1), siti)
    bench.do(commands.Arrive(counter=1), siti)


def shown(counter: RealCounter, login: str, size: tuple[int, int], contrast: Contrast) -> LivePanel:
    counter.open(size=size, contrast=contrast)
    workspace = counter.sign_in(login)
    workspace.show_page("day")
    page = workspace.pages["day"]
    panel = page.day.live if isinstance(page, HallDayPage) else page.live  # type: ignore[attr-defined]
    assert isinstance(panel, LivePanel)
    counter.bench.wait(lambda: not panel.counters.facts.isHidden())
    return panel


@pytest.mark.parametrize(
    ("size", "language", "contrast"),
    [((1366, 768), "id", "light"), ((1366, 768), "en", "kontras"), ((1920, 1080), "id", "light")],
)
@pytest.mark.parametrize("login", ["kepala", "siti"])
def test_look(
    counter: RealCounter,
    bench: Bench,
    picture: Picture,
    login: str,
    size: tuple[int, int],
    language: str,
    contrast: Contrast,
) -> None:
    use_language(language)
    busy(bench)
    bench.later(14)
    panel = shown(counter, login, size, contrast)
    picture(counter.window, f"counter-sekarang-{login}-{size[0]}x{size[1]}-{language}-{contrast}")
    assert panel.verticalScrollBar().maximum() == 0, "all of it is seen, a banner in sight too"


def test_every_counter_who_waits_longest_and_what_is_late(counter: RealCounter, bench: Bench) -> None:
    busy(bench)
    bench.later(14)
    panel = shown(counter, "kepala", (1366, 768), "light")
    told = facts(panel.counters)
    assert len(told) == len(bench.office.hall_board().counters)
    first = next(words for name, words in told.items() if name.startswith("Loket 1"))
    assert first == "A001 sedang dilayani 14 mnt · Siti Rahmawati"
    assert list(facts(panel.longest)) == ["A002", "A003"]
    assert all(words.startswith("14 mnt") for words in facts(panel.longest).values())
    (late,) = facts(panel.pressing).values()
    assert late == "langkah 1: 14:00 dari 10 menit"
    bench.do(commands.Finish(counter=1), bench.office.sign_in("siti", PASSWORD))
    bench.wait(panel.pressing.empty.isVisible)
    assert "buka" in facts(panel.counters)["Loket 1"]


def test_a_station_in_trouble_is_told_with_what_helps(bench: Bench) -> None:
    bench.sign_in("siti")
    bench.wait(lambda: bench.office.read(stations.all_seen))
    bench.later(60 * 24)
    (silent,) = bench.office.read(lambda tx: live_board(tx, bench.clock.now)).troubled
    assert (silent.level, silent.check) == ("warn", "MEJA")
    assert "nyalakan PC itu" in silent.todo


def test_a_locked_watch_page_stays_readable(
    counter: RealCounter, bench: Bench, qtbot: QtBot, picture: Picture
) -> None:
    busy(bench)
    shown(counter, "kepala", (1366, 768), "light")
    press_key(counter.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    page = counter.window.lock.page
    assert isinstance(page, LockPage)
    panel = page.findChild(LivePanel)
    assert panel is not None
    bench.wait(lambda: not panel.counters.facts.isHidden())
    assert page.password.isVisible()
    picture(counter.window, "counter-sekarang-terkunci-1366x768")
    bench.later(3)
    bench.do(commands.Finish(counter=1), bench.office.sign_in("siti", PASSWORD))
    bench.wait(lambda: "A001" not in " ".join(facts(panel.counters).values()))


def test_over_any_other_page_the_lock_shows_nothing_of_the_office(
    counter: RealCounter, bench: Bench, qtbot: QtBot
) -> None:
    busy(bench)
    counter.open()
    counter.sign_in("kepala").show_page("queue")
    press_key(counter.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    page = counter.window.lock.page
    assert page is not None
    assert page.findChild(LivePanel) is None
