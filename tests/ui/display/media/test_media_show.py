"""Pictures and films take turns; nothing broken, missing or slow stops the show."""

import logging
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSize, QVariantAnimation
from PySide6.QtGui import QColor
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from ult_desktop.ui.display.media.media import Media
from ult_desktop.ui.display.media.media_folder import MediaFolder
from ult_desktop.ui.display.media.media_show import Film, MediaShow
from ult_desktop.ui.display.media.media_view import MediaPanel
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.office_link.tasks import Tasks

pytestmark = pytest.mark.qt_log_ignore("Could not open media", extend=True)

FILM = Path(__file__).parents[3] / "data" / "lobby.webm"

HOUR_MS = 3_600_000
Start = Callable[..., Media]


@pytest.fixture
def panel(show: Show) -> MediaPanel:
    made = MediaPanel(Theme.for_window("display", 640, 360))
    show(made, 320, 180)
    return made


@pytest.fixture
def start(panel: MediaPanel) -> Iterator[Start]:
    running: list[Media] = []

    def run(folder: Path | None, picture_ms: int = 60_000, scan_ms: int = 60_000) -> Media:
        media = Media(panel, folder, picture_ms, scan_ms)
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
    media.watch.look()
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
        media.watch.look()
    assert is_on(media, "1.png")
    media.be_quiet(quiet=False)
    qtbot.waitUntil(lambda: is_on(media, "2.png"))


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


def test_without_the_sound_libraries_pictures_go_on(
    panel: MediaPanel, tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copy(FILM, tmp_path / "1.webm")
    paint(tmp_path / "2.png", "#0000ff")
    files = Tasks(partial(MediaFolder, tmp_path))
    show = MediaShow(panel.view, files, film_module="no_such_module")
    show.showing.connect(panel.show_media)
    with caplog.at_level(logging.WARNING):
        show.show_folder(MediaFolder(tmp_path).scan())
        qtbot.waitUntil(lambda: colour_of(panel) == "#0000ff")
    assert "films cannot be shown" in caplog.text
    show.stop()
    files.close()


def test_a_film_of_more_pixels_than_any_screen_is_given_up(qtbot: QtBot) -> None:
    film = Film()
    film._wanted = True
    huge = QVideoFrame(QVideoFrameFormat(QSize(9000, 5000), QVideoFrameFormat.PixelFormat.Format_YUV420P))
    with qtbot.waitSignal(film.failed):
        film._show(huge)
    assert not film._wanted
    film.deleteLater()
