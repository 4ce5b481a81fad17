"""The system voice, on Qt's own mock engine: it speaks Finnish, but no Indonesian."""

import os
from collections.abc import Iterator
from typing import TextIO

import pytest
from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtTextToSpeech import QTextToSpeech
from pytestqt.qtbot import QtBot

from ult_desktop.devices.voice import system_voice
from ult_desktop.devices.voice.system_voice import SystemVoice, VoiceServer

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


class LateSpeech(QObject):
    """An engine that reports each state later than it was asked for it, as Speech Dispatcher does."""

    State = QTextToSpeech.State
    stateChanged = Signal(object)  # noqa: N815  (Qt's name)

    def __init__(self, _engine: str, parent: QObject) -> None:
        super().__init__(parent)
        self.present = self.State.Ready
        self.said: list[str] = []

    def report(self, state: QTextToSpeech.State) -> None:
        self.present = state
        self.stateChanged.emit(state)

    def state(self) -> QTextToSpeech.State:
        return self.present

    def say(self, sentence: str) -> None:
        self.said.append(sentence)

    def stop(self) -> None: ...

    def setVolume(self, volume: float) -> None: ...  # noqa: N802  (Qt's name)


@pytest.fixture
def late(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> tuple[SystemVoice, LateSpeech]:
    """A voice that says "satu", and its late engine."""
    monkeypatch.setattr(system_voice, "QTextToSpeech", LateSpeech)
    voice = SystemVoice()
    engine = voice.findChild(LateSpeech)
    assert engine is not None
    voice.say("satu")
    engine.report(engine.State.Speaking)
    return voice, engine


def test_the_late_end_of_a_stopped_sentence_is_not_the_end_of_the_next(
    late: tuple[SystemVoice, LateSpeech],
) -> None:
    (voice, engine), ends = late, list[bool]()
    voice.ended.connect(lambda: ends.append(True))
    voice.stop()
    voice.say("dua")
    engine.report(engine.State.Ready)
    assert not ends, "the end of the stopped one"
    assert engine.said == ["satu", "dua"]
    engine.report(engine.State.Speaking)
    engine.report(engine.State.Ready)
    assert ends == [True]


def test_a_sentence_that_waits_can_be_stopped_too(qtbot: QtBot, late: tuple[SystemVoice, LateSpeech]) -> None:
    voice, engine = late
    voice.say("dua")
    voice.stop()
    with qtbot.assertNotEmitted(voice.ended):
        engine.report(engine.State.Ready)
    assert engine.said == ["satu"]


class Pipes:
    """Two pipes, and the ends that the display has of them."""

    def __init__(self) -> None:
        orders, answers = os.pipe(), os.pipe()
        self.given, self.taken = (
            os.fdopen(orders[0], encoding="utf-8"),
            os.fdopen(answers[1], "w", encoding="utf-8"),
        )
        self.orders = os.fdopen(orders[1], "w", encoding="utf-8")
        self.answers = os.fdopen(answers[0], encoding="utf-8")

    def order(self, line: str) -> None:
        self.orders.write(f"{line}\n")
        self.orders.flush()


@pytest.fixture
def pipes() -> Iterator[Pipes]:
    pipes = Pipes()
    yield pipes
    ends: tuple[TextIO, ...] = (pipes.orders, pipes.answers, pipes.given, pipes.taken)
    for end in ends:
        end.close()


def test_it_obeys_until_nobody_listens(qtbot: QtBot, pipes: Pipes) -> None:
    voice = SystemVoice("mock", FINNISH)
    server = VoiceServer(voice, pipes.given, pipes.taken)
    assert pipes.answers.readline() == "ready\n"
    with qtbot.waitSignal(voice.ended):
        pipes.order("say 7 yksi")
    assert pipes.answers.readline() == "ended 7\n"
    pipes.order("say 8 yksi kaksi kolme neljä")
    pipes.order("stop")
    with qtbot.waitSignal(voice.ended):
        pipes.order("say 9 yksi")
    assert pipes.answers.readline() == "ended 9\n"
    with qtbot.waitSignal(server.over):
        pipes.orders.close()


def test_without_a_voice_it_says_so(qtbot: QtBot, pipes: Pipes) -> None:
    server = VoiceServer(SystemVoice("mock"), pipes.given, pipes.taken)
    assert pipes.answers.readline() == "none\n"
    with qtbot.waitSignal(server.over):
        pipes.orders.close()
