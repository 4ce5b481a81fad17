"""The office records its own voice: clip by clip, told what is wrong, each one kept at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QObject, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.devices.voice.sounds import level, sound_device, speak, tone, write_pack
from tests.ui.conftest import Picture, Show
from ult_desktop.base import UserError
from ult_desktop.devices.voice.clips import call_clips, every_clip
from ult_desktop.devices.voice.microphone import Microphone, SoundForm
from ult_desktop.devices.voice.pack import load_pack
from ult_desktop.devices.voice.pcm import RATE, sound_of
from ult_desktop.ui.counter.settings.screen_group import LevelMeter, VoiceRecorder, manner_words
from ult_desktop.ui.kit.theme import Theme

# A player's own thread speaks to Qt's log while Python waits for it to stop: caught there, neither goes on.
pytestmark = pytest.mark.no_qt_log

ROOM, WORD = tone(1.0, 0.002, 50.0), tone(0.4, 0.3)


class Studio:
    """A desk with a microphone that says what a test says."""

    def __init__(self, qtbot: QtBot, window: QWidget, theme: Theme, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.device = sound_device()
        self.window, self.theme = window, theme

    def open(self, opening: Callable[[QObject], Microphone] | None = None) -> VoiceRecorder:
        self.kit = VoiceRecorder(self.window, self.theme, self.folder, opening or self.listen)
        self.kit.open()
        self.until(lambda: not self.kit._files.is_busy)
        return self.kit

    def listen(self, parent: QObject) -> Microphone:
        return Microphone(self.device, SoundForm(), parent=parent)

    def until(self, fact: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(fact()))

    def say(self, *parts: "object") -> None:
        for part in parts:
            speak(self.device, part)  # type: ignore[arg-type]

    def key(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.kit.focusWidget(), key)

    @property
    def note(self) -> str:
        return self.kit.note.words.text()

    def kept(self, name: str) -> bool:
        return (self.folder / f"{name}.wav").exists() and not self.kit._files.is_busy


@pytest.fixture
def studio(qtbot: QtBot, show: Show, tmp_path: Path) -> Iterator[Studio]:
    theme = Theme("counter")
    window = QWidget()
    theme.apply(window)
    show(window, 1366, 768)
    window.activateWindow()
    made = Studio(qtbot, window, theme, tmp_path / "office-suara")
    yield made
    made.kit.reject()


def test_a_clip_is_recorded_with_two_keys_and_kept_at_once(studio: Studio, picture: Picture) -> None:
    kit = studio.open()
    assert kit.text.text() == "Nomor antrean"
    picture(kit, "suara-rekam-1366x768")
    studio.key(Qt.Key.Key_Return)
    studio.say(ROOM, WORD)
    picture(kit, "suara-bicara-1366x768")
    assert kit.meter.words.text() == "pas"
    studio.say(ROOM)
    studio.until(lambda: studio.kept("nomor-antrean"))
    assert "Tersimpan" in studio.note
    picture(kit, "suara-tersimpan-1366x768")
    studio.key(Qt.Key.Key_Return)
    assert kit.text.text() == "Nomor antrean prioritas"
    assert kit.progress.text() == f"Klip 2 dari {len(kit.clips)} · 1 sudah direkam"
    clip = load_pack(studio.folder).clips["nomor-antrean"]
    assert 0.3 < len(clip) / RATE < 0.55


def test_it_goes_on_where_it_stopped(studio: Studio) -> None:
    write_pack(studio.folder, call_clips()[:7])
    assert studio.open().clip.name == call_clips()[7]


@pytest.mark.parametrize(
    ("said", "told"),
    [((ROOM, tone(0.4, 0.015), ROOM), "Terlalu pelan"), ((ROOM, level(32_767, 9000), ROOM), "Terlalu keras")],
    ids=["soft", "loud"],
)
def test_what_is_wrong_is_told_and_nothing_kept(studio: Studio, said: tuple[object, ...], told: str) -> None:
    kit = studio.open()
    kit.record_button.click()
    studio.say(*said)
    assert told in studio.note
    assert not studio.folder.exists()
    assert kit.record_button.isEnabled()


def test_a_clip_is_recorded_again_and_heard(studio: Studio) -> None:
    write_pack(studio.folder, ["nomor-antrean"])
    kit = studio.open()
    studio.key(Qt.Key.Key_K)
    assert (kit.clip.name, kit.record_button.text()) == ("nomor-antrean", "R  Rekam ulang")
    studio.key(Qt.Key.Key_D)
    studio.until(lambda: not kit._files.is_busy)
    studio.key(Qt.Key.Key_R)
    studio.say(ROOM, WORD, tone(0.3, 0.002))
    studio.key(Qt.Key.Key_R)
    studio.until(lambda: "Tersimpan" in studio.note)
    assert len(load_pack(studio.folder).clips["nomor-antrean"]) > 5000


def test_the_last_clip_says_what_to_do_with_them(studio: Studio, picture: Picture) -> None:
    folder = write_pack(studio.folder)
    for clip in [each for each in every_clip() if each.indonesian]:
        (folder / f"{clip.name}.wav").write_bytes(sound_of([level(9000)]).wav)
    kit = studio.open()
    studio.key(Qt.Key.Key_L)
    assert "Siapa yang memanggil" in studio.note
    assert kit.done_bar.value() == len(kit.clips)
    picture(kit, "suara-lengkap-1366x768")


def test_without_a_microphone_it_says_so_and_tries_again(studio: Studio, picture: Picture) -> None:
    there: list[QBuffer] = []

    def opening(parent: QObject) -> Microphone:
        if not there:
            raise UserError("Tidak ada mikrofon di komputer ini.", todo="Pasang mikrofon, lalu coba lagi.")
        return studio.listen(parent)

    kit = studio.open(opening)
    assert "Tidak ada mikrofon" in studio.note
    assert not kit.record_button.isEnabled()
    picture(kit, "suara-tanpa-mikrofon-1366x768")
    there.append(studio.device)
    kit.note.button.click()
    assert kit.record_button.isEnabled()
    assert not studio.note


def test_a_microphone_that_falls_silent_is_told(studio: Studio) -> None:
    kit = studio.open(lambda parent: Microphone(studio.device, SoundForm(), 1, parent))
    studio.until(lambda: "tidak mengirim suara" in studio.note)
    assert not kit.record_button.isEnabled()


def test_a_folder_that_cannot_be_written_is_told(studio: Studio) -> None:
    kit = studio.open()
    studio.folder.write_text("a file of that name")
    kit.record_button.click()
    studio.say(ROOM, WORD, ROOM)
    studio.until(lambda: "tidak dapat disimpan" in studio.note)
    assert kit.record_button.isEnabled()


def test_the_meter_falls_slowly(qtbot: QtBot) -> None:
    meter = LevelMeter(Theme("counter"))
    qtbot.addWidget(meter)
    meter.show_level(0.99)
    assert meter.words.text() == "terlalu keras"
    meter.show_level(0.0)
    assert meter.bar.value() == 95


def test_every_group_says_how_it_is_spoken() -> None:
    assert set(manner_words()) == {clip.group for clip in every_clip() if clip.indonesian}
