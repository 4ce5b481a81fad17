"""The lobby TV on a real office file, with a counter that works in another process."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect
from pytestqt.qtbot import QtBot

from tests.engines import as_station
from tests.office import make_office, open_office
from tests.ui.display import samples
from tests.ui.display.caller import Tell, other_counter
from tests.ui.office_link.watched_link import Opening
from tests.ui.ports import free_port
from ult_desktop.base import UserError
from ult_desktop.base.config import DisplayConfig, StationConfig, SyncConfig
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.connection import Connection
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.core.queue.boards import Call, LobbyBoard
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.errors import ShareUnreachable, WritesBlocked
from ult_desktop.operations.health.board import health_lines
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.display.window import BOARD_MS, DisplayWindow
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.marquee import Marquee
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup, open_office as open_place

HOLD = 0.05
Open = Callable[..., DisplayWindow]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_office(tmp_path / "kantor")


@pytest.fixture
def open_display(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    links: list[OfficeLink] = []
    windows: list[DisplayWindow] = []

    def opened(path: Path, opening: Opening = open_place, **display: object) -> DisplayWindow:
        sync = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address="127.0.0.1")
        own = as_station(path, "display")
        place = StationSetup(own, tmp_path / "journal.db", "layar", "display", sync)
        links.append(OfficeLink(place, opening=opening))
        settings = {"voice": "off", "picture_seconds": 7, **display}
        config = StationConfig(database=str(path), display=msgspec.convert(settings, DisplayConfig))
        theme = Theme.for_window("display", 1280, 720)
        window = DisplayWindow(links[-1], theme, config, lambda: samples.MORNING, HOLD)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1280, 720)
        window.show()
        return window

    yield opened
    for link in links:
        link.close()


@pytest.fixture
def counter(office: Path) -> Iterator[Tell]:
    with other_counter(office) as tell:
        yield tell


def began(window: DisplayWindow) -> list[Call]:
    calls: list[Call] = []
    window.announcements.began.connect(calls.append)
    return calls


def ready(window: DisplayWindow, qtbot: QtBot) -> DisplayWindow:
    qtbot.waitUntil(lambda: not window.lobby.stage.is_waiting and window.voice_status is not None)
    return window


@pytest.mark.slow
def test_old_calls_stand_in_the_list_and_are_not_announced(
    office: Path, counter: Tell, open_display: Open, qtbot: QtBot
) -> None:
    counter("issue A")
    old = counter("call 1")
    window = ready(open_display(office), qtbot)
    calls = began(window)
    assert window.lobby.stage.calls.shown == (old,)
    counter("issue A")
    new = counter("call 2")
    qtbot.waitUntil(lambda: window.lobby.stage.calls.shown == (new, old))
    qtbot.waitUntil(lambda: bool(calls) and window.announcements.pending == 0)
    assert [call.label for call in calls] == [new]


@pytest.mark.slow
def test_calls_of_two_counters_fill_the_screen_one_after_the_other(
    office: Path, counter: Tell, open_display: Open, qtbot: QtBot
) -> None:
    window = ready(open_display(office), qtbot)
    calls = began(window)
    for _ticket in range(2):
        counter("issue A")
    labels = [counter("call 1"), counter("call 2"), counter("recall 1"), counter("recall 2")]
    qtbot.waitUntil(lambda: len(calls) == 4 and window.announcements.pending == 0)
    assert [call.label for call in calls] == labels
    assert [call.attempt for call in calls] == [1, 1, 2, 2]
    qtbot.waitUntil(lambda: not window.lobby.overlay.isVisible())


@pytest.mark.parametrize("kind", [ShareUnreachable, WritesBlocked])
def test_the_lobby_reads_no_host_and_no_account_of_a_server(
    office: Path, open_display: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, kind: type[UserError]
) -> None:
    monkeypatch.setattr("ult_desktop.ui.office_link.link.REOPEN_MS", 50)
    is_gone = True

    def open_badly(place: StationSetup) -> Office:
        if is_gone:
            raise kind("Server kantor: ult@10.0.0.7 ditolak.", public="Server kantor menolak.")
        return open_place(place)

    window = open_display(office, open_badly)
    hint = window.lobby.stage.waiting.hint
    qtbot.waitUntil(lambda: "Server kantor menolak." in hint.text())
    assert "10.0.0.7" not in hint.text()
    is_gone = False
    ready(window, qtbot)


def test_the_screen_shows_what_is_called(
    office: Path, counter: Tell, open_display: Open, qtbot: QtBot
) -> None:
    window = ready(open_display(office), qtbot)
    overlay = window.lobby.overlay
    shown: list[tuple[bool, Call | None]] = []
    window.announcements.began.connect(lambda _call: shown.append((overlay.isVisible(), overlay.call)))
    counter("issue A")
    label = counter("call 2")
    qtbot.waitUntil(lambda: bool(shown))
    ((visible, call),) = shown
    assert visible
    assert call is not None
    assert (call.label, call.counter) == (label, 2)


def test_a_call_waits_for_no_reading_that_is_under_way(
    office: Path, counter: Tell, open_display: Open, qtbot: QtBot
) -> None:
    window = ready(open_display(office), qtbot)
    calls, read = began(window), threading.Event()
    window._link.read(lambda _office: read.wait(60), lambda _read: None)
    counter("issue A")
    label = counter("call 1")
    qtbot.waitUntil(lambda: [call.label for call in calls] == [label])
    assert not read.is_set()
    read.set()
    qtbot.waitUntil(lambda: window.lobby.stage.calls.shown == (label,))
    qtbot.waitUntil(lambda: window.announcements.pending == 0)
    assert len(calls) == 1


@pytest.mark.slow
def test_a_busy_hall_has_its_board_read_three_times_a_second(
    office: Path, counter: Tell, open_display: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = ready(open_display(office), qtbot)
    began_at, boards, take = time.monotonic(), list[LobbyBoard](), window._on_board

    def count(board: LobbyBoard) -> None:
        boards.append(board)
        take(board)

    monkeypatch.setattr(window, "_on_board", count)
    for _look in range(30):
        window.refresh()
        qtbot.wait(10)
    counter("issue A")
    label = counter("call 1")
    qtbot.waitUntil(lambda: window.lobby.stage.calls.shown == (label,))
    assert len(boards) <= 1 + (time.monotonic() - began_at) * 1000 / BOARD_MS


@pytest.mark.slow
def test_a_call_by_mouth_is_listed_and_not_announced(
    office: Path, counter: Tell, open_display: Open, qtbot: QtBot
) -> None:
    window = ready(open_display(office), qtbot)
    calls = began(window)
    counter("issue A")
    by_mouth = counter("mouth 1")
    qtbot.waitUntil(lambda: window.lobby.stage.calls.shown == (by_mouth,))
    counter("issue A")
    spoken = counter("call 2")
    qtbot.waitUntil(lambda: bool(calls) and window.announcements.pending == 0)
    assert [call.label for call in calls] == [spoken]


@pytest.mark.slow
def test_who_is_done_stays_in_the_list_of_last_calls(
    office: Path, counter: Tell, open_display: Open, qtbot: QtBot
) -> None:
    counter("issue A")
    label = counter("call 1")
    window = ready(open_display(office), qtbot)
    assert window.lobby.stage.calls.shown == (label,)
    counter("arrive 1")
    counter("finish 1")
    counter("issue A")
    newer = counter("call 1")
    qtbot.waitUntil(lambda: window.lobby.stage.calls.shown == (newer, label))


@pytest.mark.file_only("pages")
def test_started_before_its_share_it_waits_with_words_and_goes_on_by_itself(
    tmp_path: Path,
    open_display: Open,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ult_desktop.ui.office_link.link.REOPEN_MS", 50)
    with caplog.at_level(logging.WARNING):
        window = open_display(tmp_path / "kantor" / "office.db")
        stage = window.lobby.stage
        qtbot.waitUntil(lambda: "office.db" in caplog.text)
    assert stage.is_waiting
    assert stage.waiting.words.text() == "Menyambung ke data kantor…"
    qtbot.waitUntil(lambda: "office.db tidak ditemukan. Sementara itu" in stage.waiting.hint.text())
    assert window.lobby.header.clock.time_label.text() == "09.41 WITA"
    make_office(tmp_path / "kantor")
    ready(window, qtbot)
    assert window.lobby.header.office.text() == "BPMP Provinsi Kalimantan Utara"


@pytest.mark.slow
@pytest.mark.file_only("pages")
def test_a_file_that_is_no_office_is_told_in_words(
    tmp_path: Path, open_display: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.office_link.link.REOPEN_MS", 50)
    path = tmp_path / "office.db"
    path.write_text("bukan berkas kantor " * 100)
    window = open_display(path)
    words = window.lobby.stage.waiting
    qtbot.waitUntil(lambda: "office.db" in words.hint.text())
    assert window.lobby.stage.is_waiting
    path.unlink()
    make_office(tmp_path)
    ready(window, qtbot)


@pytest.mark.slow
def test_while_the_share_is_gone_the_last_state_stays(
    office: Path, counter: Tell, open_display: Open, qtbot: QtBot
) -> None:
    counter("issue A")
    label = counter("call 1")
    window = ready(open_display(office), qtbot)
    window.lobby.show_connection(Connection.OFFLINE)
    assert window.lobby.stage.calls.notice.isVisible()
    assert window.lobby.stage.calls.shown == (label,)
    window.lobby.show_connection(Connection.ONLINE)
    assert not window.lobby.stage.calls.notice.isVisible()


def test_what_is_heard_is_told_to_the_counters(
    office: Path, open_display: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.office_link.link.HEARTBEAT_MS", 100)
    window = ready(open_display(office), qtbot)
    status = window.voice_status
    assert status is not None
    reader = open_office(office, "loket")
    qtbot.waitUntil(lambda: [line.voice for line in reader.hall_board().stations] == [status.state.value])
    reader.close()


def test_a_running_text_of_the_middle_of_the_day(office: Path, open_display: Open, qtbot: QtBot) -> None:
    window = ready(open_display(office), qtbot)
    other = open_office(office)
    settings = other.read(office_rows.load).settings
    command = ChangeSettings(
        settings=msgspec.structs.replace(settings, running_text=("Hari ini tutup pukul 15",))
    )
    other.perform(command, Actor(station="uji", roles=frozenset({Role.ADMIN})))
    other.close()
    marquee = window.lobby.marquee
    assert isinstance(marquee, Marquee)
    qtbot.waitUntil(lambda: "Hari ini tutup pukul 15" in marquee.text())


def test_pictures_stay_as_long_as_the_station_says(open_display: Open, office: Path) -> None:
    assert open_display(office).media.show._turn.interval() == 7_000


@pytest.mark.slow
def test_a_screen_may_show_a_part_of_the_counters(
    office: Path, counter: Tell, open_display: Open, qtbot: QtBot
) -> None:
    window = ready(open_display(office, counters=[2]), qtbot)
    calls = began(window)
    for _ticket in range(2):
        counter("issue A")
    counter("call 1")
    ours = counter("call 2")
    qtbot.waitUntil(lambda: bool(calls) and window.announcements.pending == 0)
    assert [call.label for call in calls] == [ours]
    qtbot.waitUntil(lambda: window.lobby.stage.calls.shown == (ours,))


@pytest.mark.slow
def test_the_next_numbers_take_turns_with_the_services(
    office: Path, counter: Tell, open_display: Open, qtbot: QtBot
) -> None:
    window = ready(open_display(office), qtbot)
    media = window.lobby.stage.media
    pages = media.slide.table.pages
    for _turn in range(pages):
        media.turn_page()
        assert media.page is not media.upcoming
    counter("issue A")
    called = counter("call 1")
    waits = counter("issue A")
    qtbot.waitUntil(lambda: any(waits in row.numbers.text() for row in media.upcoming.rows))
    assert not any(called in row.numbers.text() for row in media.upcoming.rows)
    for _turn in range(2 * media.slide.table.pages):
        if media.page is media.upcoming:
            break
        media.turn_page()
    assert media.page is media.upcoming
    media.turn_page()
    assert media.page is not media.upcoming


def test_an_office_may_keep_the_next_numbers_to_itself(
    office: Path, counter: Tell, open_display: Open, qtbot: QtBot
) -> None:
    counter("issue A")
    counter("call 1")
    counter("issue A")
    window = ready(open_display(office, next_numbers=False), qtbot)
    window.lobby.stage.media.turn_page()
    assert window.lobby.stage.media.page is not window.lobby.stage.media.upcoming


@pytest.mark.slow
def test_both_languages_take_turns_and_calls_speak_the_offices_own(
    office: Path, counter: Tell, open_display: Open, qtbot: QtBot
) -> None:
    window = ready(open_display(office), qtbot)
    calls, slide = began(window), window.lobby.stage.media.slide
    assert slide.welcome.text() == "Selamat datang"
    window.switch_language()
    assert slide.welcome.text() == "Welcome"
    assert window.lobby.stage.calls.title.text() == "LATEST CALLS"
    counter("issue A")
    counter("call 1")
    qtbot.waitUntil(lambda: bool(calls))
    assert slide.welcome.text() == "Selamat datang"
    qtbot.waitUntil(lambda: window.announcements.pending == 0)
    window.switch_language()
    window.switch_language()
    assert slide.welcome.text() == "Selamat datang"


@pytest.mark.qt_log_ignore("Could not open media", extend=True)
def test_kesehatan_names_what_the_screen_cannot_show(
    open_display: Open, office: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    media = tmp_path / "media"
    media.mkdir()
    Image.new("RGB", (8, 8)).save(media / "baik.jpg")
    (media / "selamat.gif").write_bytes(b"GIF89a")
    (media / "kosong.mp4").write_bytes(b"")
    window = open_display(office, media=str(media))
    other = open_office(office, "loket-1")

    def advice() -> str:
        return next((each.todo for each in health_lines(other) if each.station is not None), "")

    try:
        qtbot.waitUntil(lambda: "kosong.mp4, selamat.gif" in advice())
        (media / "selamat.gif").unlink()
        (media / "kosong.mp4").unlink()
        window.media.watch.scan()
        qtbot.waitUntil(lambda: "Tidak dapat tampil" not in advice())
    finally:
        other.close()


def test_what_a_television_cuts_off_is_left_free(open_display: Open, office: Path, qtbot: QtBot) -> None:
    """Its own settings cannot always be changed: nothing that has to be read stands at the edges."""
    window = open_display(office, overscan_percent=5)
    window.fill_screen()
    whole = window.screen().geometry()
    free = QRect(QPoint(), whole.size()).adjusted(40, 40, -40, -40)
    assert whole.size().toTuple() == (800, 800)
    qtbot.waitUntil(lambda: window.lobby.geometry() == free)
    window.showMinimized()
    qtbot.waitUntil(window.isFullScreen)
