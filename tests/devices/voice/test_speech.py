"""The system's voice as a process: it speaks, it may die, and the display goes on."""

import os
import signal
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.devices.voice.scripted import ScriptedPlayer
from tests.devices.voice.sounds import level, levels, pack_of
from ult_desktop.core.queue.spoken import spoken_call
from ult_desktop.devices.voice import speech
from ult_desktop.devices.voice.call_player import AudioOutputs, CallPlayer
from ult_desktop.devices.voice.choice import VoiceState
from ult_desktop.devices.voice.render import Renderer
from ult_desktop.devices.voice.speech import SpeechEngine

FINNISH = ("--engine", "mock", "--language", "Finnish")
CALL = spoken_call("A", 12, 2)
Starting = Callable[..., SpeechEngine]


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Starting]:
    started: list[SpeechEngine] = []

    def engine(*options: str) -> SpeechEngine:
        started.append(SpeechEngine(options))
        return started[-1]

    yield engine
    for each in started:
        each.close()


def test_it_says_sentence_after_sentence(start: Starting, qtbot: QtBot) -> None:
    engine = start(*FINNISH)
    assert not engine.is_ready
    qtbot.waitUntil(lambda: engine.is_ready)
    for sentence in ("yksi", "kaksi"):
        with qtbot.waitSignal(engine.ended):
            engine.say(sentence)


def test_the_end_of_a_sentence_that_was_stopped_is_not_told(start: Starting, qtbot: QtBot) -> None:
    engine = start(*FINNISH)
    qtbot.waitUntil(lambda: engine.is_ready)
    ended: list[None] = []
    engine.ended.connect(lambda: ended.append(None))
    engine.say("yksi kaksi kolme neljä viisi")
    engine.stop()
    engine._order("say 1 yksi")  # whose end crosses the order to stop
    with qtbot.waitSignal(engine._process.readyReadStandardOutput):
        pass
    with qtbot.waitSignal(engine.ended):
        engine.say("kuusi")
    assert len(ended) == 1


def test_an_engine_that_is_killed_in_the_middle_of_a_call_costs_the_voice_alone(
    start: Starting, qtbot: QtBot
) -> None:
    """The visitor hears the call all the same, by the clips, and the officers are told."""
    engine, player = start(*FINNISH), ScriptedPlayer()
    qtbot.waitUntil(lambda: engine.is_ready)
    renderer = Renderer(level(500), [pack_of(levels())])
    mouth = CallPlayer(renderer, AudioOutputs(player, engine))
    with qtbot.waitSignal(mouth.over):
        mouth.say(CALL)
        qtbot.waitUntil(lambda: engine._number == 1)  # the chime is over, the voice speaks
        os.kill(engine.process_id, signal.SIGTERM)
    assert player.played == [renderer.chime(), renderer.sound(CALL)]
    assert mouth.status.state is VoiceState.NO_SYSTEM_VOICE
    assert not engine.is_ready
    engine.say("tidak seorang pun mendengar")


def test_without_an_indonesian_voice_it_is_lost(start: Starting, qtbot: QtBot) -> None:
    engine = start("--engine", "mock")
    with qtbot.waitSignal(engine.lost):
        pass
    assert not engine.is_ready


@pytest.mark.parametrize("program", ["/tidak/ada", "false"])
def test_one_that_cannot_be_started_or_ends_at_once_is_lost(
    start: Starting, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(speech, "own_command", lambda: (program,))
    engine = start()
    with qtbot.waitSignal(engine.lost):
        pass
    assert not engine.is_ready
