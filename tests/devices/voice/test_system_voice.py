"""The system voice, on Qt's own mock engine: it speaks Finnish, but no Indonesian."""

import os
from collections.abc import Iterator
from typing import TextIO

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

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
