"""The microphone's road: what a device gives is heard as samples, and what it lacks is told in words."""

import sys
from array import array

import pytest
from PySide6.QtCore import QBuffer, QObject
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QMediaDevices
from pytestqt.qtbot import QtBot

from tests.devices.voice.sounds import sound_device, speak
from ult_desktop.base.errors import UserError
from ult_desktop.devices.voice.microphone import (
    Microphone,
    SoundForm,
    form_of,
    open_microphone,
    raw_format,
    require_opened,
)


@pytest.fixture
def source() -> QBuffer:
    return sound_device()


def test_what_the_device_gives_is_heard(source: QBuffer, qtbot: QtBot) -> None:
    microphone = Microphone(source, SoundForm())
    with qtbot.waitSignal(microphone.heard) as heard:
        speak(source, array("h", [1, 2, 3]))
    assert heard.args == [array("h", [1, 2, 3])]


def test_a_device_that_falls_silent_is_told(source: QBuffer, qtbot: QtBot) -> None:
    microphone = Microphone(source, SoundForm(), patience_ms=1)
    qtbot.waitSignal(microphone.lost).wait()


def test_the_form_is_ours_or_the_devices() -> None:
    raw = raw_format(QAudioDevice())
    assert form_of(raw).code == "h"
    ours = QAudioFormat()
    ours.setSampleRate(48_000)
    ours.setChannelCount(2)
    ours.setSampleFormat(QAudioFormat.SampleFormat.Float)
    assert form_of(ours) == SoundForm(48_000, 2, "f")


def test_without_a_microphone_words_say_so(source: QBuffer) -> None:
    with pytest.raises(UserError, match="Tidak ada mikrofon"):
        require_opened(None, "")
    assert require_opened(source, "") is source


def test_a_microphone_that_another_program_holds_is_named() -> None:
    with pytest.raises(UserError, match="Mikrofon USB tidak dapat dibuka") as told:
        require_opened(None, "USB")
    assert "Tutup program lain yang merekam" in told.value.todo


def test_this_pcs_own_microphone_is_opened_or_told_of() -> None:
    parent = QObject()
    if QMediaDevices.audioInputs():
        assert open_microphone(parent).parent() is parent
    else:
        with pytest.raises(UserError, match="Tidak ada mikrofon"):
            open_microphone(parent)


def test_without_the_sound_libraries_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    with pytest.raises(UserError, match="libpulse0"):
        open_microphone(QObject())
