"""The queue of calls: in order, one at a time, each exactly once, whatever the sound does."""

import random

import pytest
from pytestqt.qtbot import QtBot

from tests.devices.voice.scripted import ScriptedPlayer
from tests.devices.voice.sounds import level, levels, pack_of
from ult_desktop.core.queue.spoken import spoken_call
from ult_desktop.devices.voice.announcer import CROWD, Announcer
from ult_desktop.devices.voice.call_player import AudioOutputs, CallPlayer, Timeouts
from ult_desktop.devices.voice.choice import VoiceState
from ult_desktop.devices.voice.render import Pauses, Renderer

CALL = spoken_call("A", 12, 2)
SHORT = Pauses(0.0, 0.0, 0.0, 0.0, 0.0)


@pytest.fixture
def player(qtbot: QtBot) -> ScriptedPlayer:
    return ScriptedPlayer()


class AnnouncementLog:
    """A log of the announcements that the display would have seen."""

    def __init__(self, announcer: Announcer) -> None:
        self.lines: list[tuple[str, object]] = []
        announcer.started.connect(lambda call: self.lines.append(("started", call)))
        announcer.finished.connect(lambda call: self.lines.append(("finished", call)))


def announcer_on(player: ScriptedPlayer | None, *, shown_s: float = 0.0) -> Announcer:
    renderer = Renderer(level(500), [pack_of(levels())], 1, SHORT)
    return Announcer(CallPlayer(renderer, AudioOutputs(player), timeouts=Timeouts(margin=0.01)), shown_s)


def one_by_one(*calls: int) -> list[tuple[str, object]]:
    return [(word, call) for call in calls for word in ("started", "finished")]


def test_calls_are_announced_one_after_the_other(player: ScriptedPlayer, qtbot: QtBot) -> None:
    announcer = announcer_on(player)
    log = AnnouncementLog(announcer)
    for number in (1, 2, 3):
        announcer.announce(number, spoken_call("A", number, 2))
    assert log.lines == [("started", 1)]
    qtbot.waitUntil(lambda: len(log.lines) == 6)
    assert log.lines == one_by_one(1, 2, 3)
    assert len(player.played) == 3


def test_each_call_once_however_often_it_is_given(player: ScriptedPlayer, qtbot: QtBot) -> None:
    announcer = announcer_on(player)
    log = AnnouncementLog(announcer)
    for call in (1, 2, 1, 2, 3):
        announcer.announce(call, CALL)
    qtbot.waitUntil(lambda: len(log.lines) == 6)
    announcer.announce(2, CALL)
    assert log.lines == one_by_one(1, 2, 3)


def test_ids_are_not_remembered_for_ever(player: ScriptedPlayer, qtbot: QtBot) -> None:
    announcer = announcer_on(None)
    for call in range(2500):
        announcer.announce(call, CALL)
    assert len(announcer._seen) == 1000


def test_calls_that_come_in_the_midst_keep_their_order(player: ScriptedPlayer, qtbot: QtBot) -> None:
    announcer = announcer_on(player)
    log = AnnouncementLog(announcer)

    def another(call: int, step: int) -> None:
        if call < 3:
            announcer.announce(call + step, CALL)

    announcer.started.connect(lambda call: another(call, 10))
    announcer.finished.connect(lambda call: another(call, 20))
    announcer.announce(1, CALL)
    announcer.announce(2, CALL)
    qtbot.waitUntil(lambda: len(log.lines) == 12)
    assert log.lines == one_by_one(1, 11, 2, 21, 12, 22)


def test_without_sound_a_call_still_fills_the_screen_for_its_time(qtbot: QtBot) -> None:
    announcer = announcer_on(None, shown_s=0.05)
    log = AnnouncementLog(announcer)
    announcer.announce(1, CALL)
    announcer.announce(2, CALL)
    assert log.lines == [("started", 1)]
    qtbot.waitUntil(lambda: len(log.lines) == 4)
    assert log.lines == one_by_one(1, 2)
    assert announcer.status.state is VoiceState.NO_MULTIMEDIA


def test_a_brief_sound_does_not_shorten_the_call(player: ScriptedPlayer, qtbot: QtBot) -> None:
    announcer = announcer_on(player, shown_s=60)
    log = AnnouncementLog(announcer)
    with qtbot.waitSignal(player.ended):
        announcer.announce(1, CALL)
    assert log.lines == [("started", 1)]


def test_a_hanging_sound_does_not_hold_up_the_queue(player: ScriptedPlayer, qtbot: QtBot) -> None:
    player.hangs = True
    announcer = announcer_on(player)
    log = AnnouncementLog(announcer)
    with qtbot.waitSignal(announcer.status_changed):
        announcer.announce(1, CALL)
        announcer.announce(2, CALL)
    qtbot.waitUntil(lambda: len(log.lines) == 4)
    assert log.lines == one_by_one(1, 2)


def test_closing_is_silent(player: ScriptedPlayer, qtbot: QtBot) -> None:
    announcer = announcer_on(player)
    log = AnnouncementLog(announcer)
    announcer.announce(1, CALL)
    announcer.announce(2, CALL)
    announcer.close()
    with qtbot.waitSignal(player.ended):
        player.ended.emit()
    assert log.lines == [("started", 1)]
    assert player.stops == 1


def test_a_crowd_of_calls_is_said_once_each_and_the_last_ones_as_usual(
    player: ScriptedPlayer, qtbot: QtBot
) -> None:
    renderer = Renderer(level(500), [pack_of(levels())], 2, SHORT)
    announcer = Announcer(CallPlayer(renderer, AudioOutputs(player)), shown_s=0)
    log = AnnouncementLog(announcer)
    for call in range(CROWD + 4):
        announcer.announce(call, CALL)
    qtbot.waitUntil(lambda: len(log.lines) == 2 * (CROWD + 4))
    assert log.lines == one_by_one(*range(CROWD + 4))
    brief, usual = renderer.sound(CALL, once=True), renderer.sound(CALL)
    assert player.played == [usual, brief, brief, *[usual] * (CROWD + 1)]


@pytest.mark.parametrize("seed", range(5))
def test_a_bad_day(player: ScriptedPlayer, qtbot: QtBot, seed: int) -> None:
    """Sound that hangs, goes and comes back between calls: order and count stay right."""
    chance = random.Random(seed)
    announcer = announcer_on(player)
    log = AnnouncementLog(announcer)

    def upset() -> None:
        player.hangs = chance.random() < 0.2
        player.plug(there=chance.random() < 0.7)

    announcer.started.connect(upset)
    for call in range(20):
        announcer.announce(call, CALL)
    qtbot.waitUntil(lambda: len(log.lines) == 40)
    assert log.lines == one_by_one(*range(20))
