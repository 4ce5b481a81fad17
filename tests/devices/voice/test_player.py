"""The real player on a machine that may have no sound device: it keeps time all the same."""

import shutil
import time
from pathlib import Path

import pytest
from PySide6.QtMultimedia import QMediaDevices, QMediaPlayer
from pytestqt.qtbot import QtBot

from tests.devices.voice.sounds import level
from ult_desktop.devices.voice.pcm import RATE, Sound, sound_of
from ult_desktop.devices.voice.player import MediaPlayer

pytestmark = pytest.mark.qt_log_ignore("Could not open media", extend=True)

BRIEF = sound_of([level(0, RATE // 5)])


@pytest.fixture
def player(qtbot: QtBot) -> MediaPlayer:
    return MediaPlayer()


def test_a_sound_ends_after_its_time(player: MediaPlayer, qtbot: QtBot) -> None:
    started = time.monotonic()
    with qtbot.waitSignal(player.ended) as ended:
        player.play(BRIEF)
        assert not ended.signal_triggered, "nobody waits for its end"
    assert time.monotonic() - started >= 0.15


def test_it_is_as_loud_as_the_station_says(qtbot: QtBot) -> None:
    quiet = MediaPlayer(40)
    assert quiet._output.volume() == pytest.approx(0.4)


def test_one_sound_after_another(player: MediaPlayer, qtbot: QtBot) -> None:
    for _ in range(2):
        with qtbot.waitSignal(player.ended):
            player.play(BRIEF)


def test_a_sound_that_cannot_be_played_ends_at_once(player: MediaPlayer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(player.ended):
        player.play(Sound(b"no sound at all", 60.0))


def test_a_sound_that_cannot_be_kept_ends_at_once(player: MediaPlayer, qtbot: QtBot) -> None:
    shutil.rmtree(player._folder.path())
    with qtbot.waitSignal(player.ended):
        player.play(BRIEF)


def test_stopping_is_silent(player: MediaPlayer, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(player.ended):
        player.play(BRIEF)
        player.stop()
    with qtbot.waitSignal(player.ended):
        player.play(BRIEF)


def test_an_end_that_comes_after_stopping_is_not_told(player: MediaPlayer, qtbot: QtBot) -> None:
    player.play(BRIEF)
    player.stop()
    with qtbot.assertNotEmitted(player.ended):
        player._player.mediaStatusChanged.emit(QMediaPlayer.MediaStatus.EndOfMedia)


def test_a_sound_may_be_replaced_at_any_moment(player: MediaPlayer, qtbot: QtBot) -> None:
    for _ in range(20):
        player.play(BRIEF)
    with qtbot.waitSignal(player.ended):
        player.play(BRIEF)
    assert len(list(Path(player._folder.path()).iterdir())) == 1


def test_it_knows_whether_there_is_a_device(player: MediaPlayer) -> None:
    assert player.has_output() == bool(QMediaDevices.audioOutputs())


def test_a_device_that_comes_or_goes_is_told(player: MediaPlayer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(player.outputs_changed):
        player._devices.audioOutputsChanged.emit()
