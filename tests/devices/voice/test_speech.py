"""The system voice, on Qt's own mock engine: it speaks Finnish, but no Indonesian."""

from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from ult_desktop.devices.voice.player import SystemVoice

FINNISH = QLocale.Language.Finnish


def test_without_an_indonesian_voice_it_is_not_usable(qtbot: QtBot) -> None:
    assert not SystemVoice("mock").is_usable()


def test_a_sentence_is_said_to_its_end(qtbot: QtBot) -> None:
    voice = SystemVoice("mock", FINNISH)
    assert voice.is_usable()
    with qtbot.waitSignal(voice.ended):
        voice.say("yksi kaksi")


def test_stopping_is_silent(qtbot: QtBot) -> None:
    voice = SystemVoice("mock", FINNISH)
    assert voice.is_usable()
    with qtbot.assertNotEmitted(voice.ended):
        voice.say("yksi kaksi kolme")
        voice.stop()
