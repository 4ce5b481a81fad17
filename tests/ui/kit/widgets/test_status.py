"""Pills, the status bar, the clock and the header say what they are told."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from tests.ui.kit.widgets.sample import MORNING, now
from ult_desktop.base import i18n
from ult_desktop.core.connection import Connection
from ult_desktop.ui.counter.frame.counter_frame import DeviceWords, StatusBar
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets import label as clock_module
from ult_desktop.ui.kit.widgets.label import Clock
from ult_desktop.ui.kit.widgets.pill import Pill


@pytest.fixture
def theme() -> Theme:
    return Theme("counter")


class ManualClock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.moment = MORNING

    def __call__(self) -> datetime:
        return self.moment


def test_the_clock_shows_the_offices_time_and_date(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock_module, "_TICK_MS", 10)
    hands = ManualClock()
    clock = Clock(theme, hands)
    qtbot.addWidget(clock)
    assert clock.time_label.text() == "09.41 WITA"
    assert clock.date_label.text() == "Sabtu, 21 November 2026"
    hands.moment += timedelta(minutes=1)
    qtbot.waitUntil(lambda: clock.time_label.text() == "09.42 WITA")
    clock.stop()


def test_the_clock_speaks_english(theme: Theme, qtbot: QtBot) -> None:
    clock = Clock(theme, now, date="medium")
    qtbot.addWidget(clock)
    i18n.use_language("en")
    clock.tick()
    assert (clock.time_label.text(), clock.date_label.text()) == ("09:41 WITA", "Sat, 21 Nov")


def test_a_clock_without_a_date(theme: Theme, show: Show) -> None:
    clock = Clock(theme, now, date=None)
    show(clock, 300, 80)
    assert not clock.date_label.isVisible()
    clock.align(Qt.AlignmentFlag.AlignRight)
    assert clock.time_label.alignment() & Qt.AlignmentFlag.AlignRight


@pytest.mark.parametrize("tone", ["ok", "warn", "danger", "priority", "primary", "accent"])
def test_a_pill_has_words_and_colours_of_its_own(tone: str, theme: Theme, show: Show) -> None:
    pill, other = Pill(theme, "3 menunggu", tone), Pill(theme, "3 menunggu")
    for each in (pill, other):
        show(each, pill.sizeHint().width(), pill.sizeHint().height())
    assert pill.fits()
    assert (pill.grab().toImage() == other.grab().toImage()) == (tone == "ok")


def test_a_pill_without_words_hides(theme: Theme, show: Show) -> None:
    pill = Pill(theme, "siap")
    show(pill, 200, 40)
    pill.show_status("")
    assert not pill.isVisible()
    pill.show_status("habis", "danger", "printer-x")
    assert pill.isVisible()
    assert (pill.text(), pill.tone()) == ("habis", "danger")


@pytest.mark.parametrize(
    ("link", "words", "tone"),
    [
        (Connection.ONLINE, "tersambung", "ok"),
        (Connection.RECONNECTING, "menyambung kembali…", "warn"),
        (Connection.OFFLINE, "terputus", "danger"),
    ],
)
def test_the_status_bar_tells_the_connection(
    link: Connection, words: str, tone: str, theme: Theme, show: Show
) -> None:
    bar = StatusBar(theme, now)
    show(bar, 800, 60)
    bar.show_link(link)
    assert (bar.link.text(), bar.link.tone()) == (words, tone)


def test_the_status_bar_tells_the_printer_only_where_there_is_one(theme: Theme, show: Show) -> None:
    bar = StatusBar(theme, now)
    show(bar, 800, 60)
    assert not bar.printer.isVisible()
    bar.show_devices(DeviceWords("kertas habis", is_ready=False), DeviceWords("suara siap"))
    assert bar.printer.isVisible()
    assert bar.printer.tone() == "danger"
    assert bar.voice.text() == "suara siap"


def test_a_pill_is_read_out(theme: Theme, qtbot: QtBot) -> None:
    pill = Pill(theme, "buka")
    qtbot.addWidget(pill)
    assert pill.accessibleName() == "buka"
    pill.show_status("jeda · Salat", "warn", "coffee")
    assert pill.accessibleName() == "jeda · Salat"
