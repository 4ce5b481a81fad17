"""Pictures and films take turns; nothing broken, missing or slow stops the show."""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec
import pytest
from PIL import Image
from PySide6.QtCore import QSize, QVariantAnimation
from PySide6.QtGui import QColor
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from tests.ui.display import samples
from tests.ui.display.media.deadly_show import DEAD
from ult_desktop.core.queue.lobby import LobbyNow, LobbyState
from ult_desktop.ui.display.media import media as media_show
from ult_desktop.ui.display.media.media import Film, Media, MediaShow, OpeningMarks
from ult_desktop.ui.display.media.media_folder import MediaFolder
from ult_desktop.ui.display.media.media_view import MediaPanel
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.office_link.tasks import Tasks

# pytest-qt hears warnings in Python, whose lock the window holds while it stops a player that warns.
pytestmark = pytest.mark.no_qt_log

ROOT = Path(__file__).parents[4]
FILM = ROOT / "tests" / "data" / "lobby.webm"

HOUR_MS = 3_600_000
Start = Callable[..., Media]


@pytest.fixture
def panel(show: Show) -> MediaPanel:
    made = MediaPanel(Theme.for_window("display", 640, 360))
    show(made, 320, 180)
    return made


@pytest.fixture
def start(panel: MediaPanel, tmp_path: Path) -> Iterator[Start]:
    running: list[Media] = []

    def run(folder: Path | None, picture_ms: int = 60_000, scan_ms: int = 60_000) -> Media:
        media = Media(panel, folder, tmp_path / "own" / "films.json", picture_ms, scan_ms)
        running.append(media)
        media.start()
        return media

    yield run
    for media in running:
        media.close()


def paint(path: Path, colour: str) -> Path:
    Image.new("RGB", (64, 36), colour).save(path)
    return path


def colour_of(panel: MediaPanel) -> str:
    return panel.grab().toImage().pixelColor(160, 90).name()


def colours_until(panel: MediaPanel, last: str, qtbot: QtBot) -> set[str]:
    """The colours in the middle of the panel up to and with `last`."""
    seen: set[str] = set()

    def look() -> bool:
        seen.add(colour_of(panel))
        return panel.shows_media and last in seen

    qtbot.waitUntil(look)
    return seen


def is_on(media: Media, name: str) -> bool:
    current = media.show.playlist.current
    return current is not None and current.path.name == name


def test_without_media_the_slide_stands(
    panel: MediaPanel, start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    media = start(tmp_path)
    with qtbot.waitSignal(media.watch.found):
        pass
    assert not panel.shows_media
    assert media.watch.status == ""


def test_a_missing_folder_is_told_and_the_slide_stands(
    panel: MediaPanel, start: Start, tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        media = start(tmp_path / "hilang")
        qtbot.waitUntil(lambda: "hilang" in media.watch.status)
    assert "hilang" in caplog.text
    assert not panel.shows_media


def test_a_picture_is_shown_and_the_next_melts_into_it(
    panel: MediaPanel, start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    paint(tmp_path / "1.png", "#ff0000")
    paint(tmp_path / "2.png", "#0000ff")
    media = start(tmp_path)
    qtbot.waitUntil(lambda: panel.shows_media and colour_of(panel) == "#ff0000")
    fade = panel.findChild(QVariantAnimation)
    assert isinstance(fade, QVariantAnimation)
    assert fade.duration() <= 250
    fade.setDuration(HOUR_MS)
    media.show.go_on()
    qtbot.waitUntil(lambda: fade.state() is QVariantAnimation.State.Running)
    fade.setCurrentTime(HOUR_MS // 2)
    mixed = QColor(colour_of(panel))
    assert mixed.red()
    assert mixed.blue()
    fade.setCurrentTime(HOUR_MS)
    qtbot.waitUntil(lambda: colour_of(panel) == "#0000ff")


def test_a_damaged_picture_is_passed_over(
    panel: MediaPanel, start: Start, tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "1.png").write_bytes(b"rusak")
    paint(tmp_path / "2.png", "#0000ff")
    with caplog.at_level(logging.WARNING):
        start(tmp_path)
        qtbot.waitUntil(lambda: colour_of(panel) == "#0000ff")
    assert "1.png" in caplog.text


def test_when_all_is_damaged_the_slide_comes_back(
    panel: MediaPanel, start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    picture = paint(tmp_path / "1.png", "#ff0000")
    media = start(tmp_path)
    qtbot.waitUntil(lambda: panel.shows_media)
    picture.write_bytes(b"rusak")
    media.watch.scan()
    qtbot.waitUntil(lambda: not panel.shows_media)


def test_a_folder_that_comes_back_is_shown_again(
    panel: MediaPanel, start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "media"
    media = start(folder, scan_ms=20)
    qtbot.waitUntil(lambda: media.watch.status != "")
    folder.mkdir()
    paint(folder / "1.png", "#ff0000")
    qtbot.waitUntil(lambda: panel.shows_media and media.watch.status == "")


def test_pictures_take_turns_by_themselves(
    panel: MediaPanel, start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    paint(tmp_path / "1.png", "#ff0000")
    paint(tmp_path / "2.png", "#0000ff")
    media = start(tmp_path, picture_ms=10)
    for name in ("1.png", "2.png", "1.png"):
        qtbot.waitUntil(partial(is_on, media, name))


def test_during_a_call_no_picture_changes(
    panel: MediaPanel, start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    paint(tmp_path / "1.png", "#ff0000")
    paint(tmp_path / "2.png", "#0000ff")
    media = start(tmp_path, picture_ms=1)
    media.be_quiet(quiet=True)
    qtbot.waitUntil(lambda: panel.shows_media)
    with qtbot.waitSignal(media.watch.found):
        media.watch.scan()
    assert is_on(media, "1.png")
    turn = media.show._turn
    turn.timeout.connect(lambda: turn.setInterval(HOUR_MS))  # the next one stays
    media.be_quiet(quiet=False)
    qtbot.waitUntil(lambda: is_on(media, "2.png"))


@pytest.mark.slow
def test_a_film_is_played_and_the_picture_follows(
    panel: MediaPanel, start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    shutil.copy(FILM, tmp_path / "1.webm")
    paint(tmp_path / "2.png", "#0000ff")
    start(tmp_path)
    seen = colours_until(panel, "#0000ff", qtbot)
    assert len(seen) > 2


def test_a_film_is_silent_and_waits_during_a_call(
    panel: MediaPanel, start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    shutil.copy(FILM, tmp_path / "1.webm")
    media = start(tmp_path)
    qtbot.waitUntil(lambda: panel.shows_media)
    film = media.show.film
    assert film is not None
    assert film.is_playing()
    media.be_quiet(quiet=True)
    assert film.is_muted()
    assert not film.is_playing()
    media.be_quiet(quiet=False)
    assert not film.is_muted()
    assert film.is_playing()


def test_a_damaged_film_is_passed_over(
    panel: MediaPanel, start: Start, tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "1.mp4").write_bytes(b"bukan film" * 100)
    paint(tmp_path / "2.png", "#0000ff")
    with caplog.at_level(logging.WARNING):
        start(tmp_path)
        qtbot.waitUntil(lambda: colour_of(panel) == "#0000ff")
    assert "1.mp4" in caplog.text


def stalled(film: bytes) -> bytes:
    """Return the same film, whose third picture and its sound come half a minute after the second."""
    content, block = bytearray(film), film.index(b"\x1f\x43\xb6\x75") + 9  # the cluster's first block
    while content[block] == 0xA3:
        is_long = not content[block + 1] & 0x80  # its size takes two bytes
        begins = block + 2 + is_long
        size = (content[block + 1] & 0x3F) << 8 | content[block + 2] if is_long else content[block + 1] & 0x7F
        at = int.from_bytes(content[begins + 1 : begins + 3])
        if at > 100:
            content[begins + 1 : begins + 3] = (at + 30_000).to_bytes(2)
        block = begins + size
    return bytes(content)


def test_a_film_that_stands_still_is_passed_over_and_told_once(
    panel: MediaPanel,
    start: Start,
    tmp_path: Path,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(media_show, "STALLED_MS", 300)
    (tmp_path / "1.webm").write_bytes(stalled(FILM.read_bytes()))
    paint(tmp_path / "2.png", "#0000ff")
    with caplog.at_level(logging.WARNING):
        media = start(tmp_path, picture_ms=10)
        seen = colours_until(panel, "#0000ff", qtbot)
        with qtbot.waitSignal(media.show.showing):
            pass
    assert len(seen) > 1, "its first pictures were on"
    assert caplog.text.count("1.webm: it stands still") == 1


def test_a_call_that_lasts_long_makes_no_film_stand_still(
    start: Start, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media_show, "STALLED_MS", 50)
    shutil.copy(FILM, tmp_path / "1.webm")
    media = start(tmp_path)
    qtbot.waitUntil(lambda: media.show.film is not None and media.show.film._has_begun)
    film = media.show.film
    assert film is not None
    film.be_quiet(quiet=True)
    film._restart_timeout()
    assert not film._timeout.isActive()
    film.be_quiet(quiet=False)
    assert film._timeout.isActive()


@pytest.mark.slow
def test_a_film_that_ends_the_program_is_opened_twice_until_it_changes(tmp_path: Path) -> None:
    """A crash within a decoder tidies nothing up, and the display is started anew."""
    film = tmp_path / "1.webm"
    shutil.copy(FILM, film)
    paint(tmp_path / "2.png", "#0000ff")

    def run() -> tuple[int, str]:
        command = [sys.executable, "-m", "tests.ui.display.media.deadly_show", str(tmp_path)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
        return ended.returncode, ended.stderr

    assert [run()[0] for _n in range(2)] == [DEAD, DEAD]
    code, told = run()
    assert (code, "1.webm: it has ended the program twice" in told) == (0, True), told
    os.utime(film, (1, 1))
    assert run()[0] == DEAD


def test_a_film_that_plays_leaves_no_mark(
    panel: MediaPanel, start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    shutil.copy(FILM, tmp_path / "1.webm")
    marks = tmp_path / "own" / "films.json"
    start(tmp_path)
    qtbot.waitUntil(lambda: panel.shows_media)
    qtbot.waitUntil(lambda: marks.read_bytes() == b"[]")


def test_without_the_sound_libraries_pictures_go_on(
    panel: MediaPanel,
    tmp_path: Path,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    shutil.copy(FILM, tmp_path / "1.webm")
    paint(tmp_path / "2.png", "#0000ff")
    files = Tasks(partial(MediaFolder, tmp_path))
    marks = OpeningMarks(tmp_path / "films.json")
    show = MediaShow(panel.view, files, marks)
    show.showing.connect(panel.show_media)
    with caplog.at_level(logging.WARNING):
        show.show_folder(MediaFolder(tmp_path).scan())
        qtbot.waitUntil(lambda: colour_of(panel) == "#0000ff")
    assert "films cannot be shown" in caplog.text
    show.stop()
    files.close()


def test_a_film_of_more_pixels_than_any_screen_is_given_up(qtbot: QtBot) -> None:
    film = Film()
    film._is_on = True
    huge = QVideoFrame(QVideoFrameFormat(QSize(9000, 5000), QVideoFrameFormat.PixelFormat.Format_YUV420P))
    with qtbot.waitSignal(film.failed):
        film._show(huge)
    assert not film._is_on
    film.deleteLater()


def test_after_three_media_each_page_has_its_turn(
    start: Start, panel: MediaPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    """The survey comes last, and has as long as the others."""
    for name, colour in (("1.png", "#ff0000"), ("2.png", "#00ff00")):
        paint(tmp_path / name, colour)
    office = msgspec.structs.replace(samples.OFFICE, survey_url="https://survei.example/ult")
    board = msgspec.structs.replace(samples.normal_board(), office=office, next_up=samples.NEXT)
    panel.show_board(board, LobbyNow(state=LobbyState.ENDING), "", samples.MORNING.date())
    media = start(tmp_path, picture_ms=HOUR_MS)
    qtbot.waitUntil(lambda: panel.shows_media)
    for _turn in range(2):
        media.show.end_turn()
        qtbot.waitUntil(lambda: panel.shows_media)
    media.show.end_turn()
    assert not panel.shows_media
    for _turn in range(panel.slide.table.pages):
        assert panel.page is not panel.upcoming
        panel.turn_page()
    shown = panel.page
    assert shown is panel.upcoming
    media.be_quiet(quiet=True)
    media.be_quiet(quiet=False)
    assert media.show.is_resting
    panel.turn_page()
    assert panel.page is panel.survey
    assert media.show.is_resting
    panel.turn_page()
    qtbot.waitUntil(lambda: panel.shows_media)
