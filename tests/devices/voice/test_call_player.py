"""One call heard: steps in order, no step for ever, every fault told."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.devices.voice.scripted import ScriptedPlayer, ScriptedSpeaker
from tests.devices.voice.sounds import level, levels, pack_of
from ult_desktop.core.queue.spoken import spoken_call
from ult_desktop.devices.voice.call_player import AudioOutputs, CallPlayer, Timeouts
from ult_desktop.devices.voice.choice import VoiceState, VoiceStatus
from ult_desktop.devices.voice.render import Pauses, Renderer

CALL = spoken_call("A", 12, 2)
HASTY = Timeouts(margin=0.01, letter=0.0)
SHORT = Pauses(0.0, 0.0, 0.0, 0.0, 0.0)


@pytest.fixture
def player(qtbot: QtBot) -> ScriptedPlayer:
    return ScriptedPlayer()


@pytest.fixture
def speaker(qtbot: QtBot) -> ScriptedSpeaker:
    return ScriptedSpeaker()


@pytest.fixture
def renderer() -> Renderer:
    return Renderer(level(500), [pack_of(levels())], 2, SHORT)


def said(mouth: CallPlayer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(mouth.over):
        mouth.say(CALL)


def test_the_pack_speaks_in_one_sound(player: ScriptedPlayer, renderer: Renderer, qtbot: QtBot) -> None:
    mouth = CallPlayer(renderer, AudioOutputs(player))
    said(mouth, qtbot)
    assert player.played == [renderer.sound(CALL)]
    assert mouth.status.state is VoiceState.READY


def test_the_system_voice_speaks_after_the_chime(
    player: ScriptedPlayer, speaker: ScriptedSpeaker, renderer: Renderer, qtbot: QtBot
) -> None:
    said(CallPlayer(renderer, AudioOutputs(player, speaker)), qtbot)
    assert player.played == [renderer.chime()]
    assert speaker.said == [f"{CALL.sentence} {CALL.sentence}"]


def test_without_a_device_nothing_is_played_and_it_is_told(
    player: ScriptedPlayer, speaker: ScriptedSpeaker, renderer: Renderer, qtbot: QtBot
) -> None:
    player.plugged = False
    mouth = CallPlayer(renderer, AudioOutputs(player, speaker))
    said(mouth, qtbot)
    assert (player.played, speaker.said) == ([], [])
    assert mouth.status.state is VoiceState.SILENT


def test_without_sound_libraries_nothing_is_played_and_it_is_told(
    speaker: ScriptedSpeaker, renderer: Renderer, qtbot: QtBot
) -> None:
    mouth = CallPlayer(renderer, AudioOutputs(None, speaker))
    said(mouth, qtbot)
    assert speaker.said == []
    assert mouth.status.state is VoiceState.NO_MULTIMEDIA


def test_a_device_that_comes_back_is_used_and_told(
    player: ScriptedPlayer, renderer: Renderer, qtbot: QtBot
) -> None:
    player.plugged = False
    mouth = CallPlayer(renderer, AudioOutputs(player))
    with qtbot.waitSignal(mouth.status_changed, check_params_cb=is_state(VoiceState.READY)):
        player.plug(there=True)
    said(mouth, qtbot)
    assert len(player.played) == 1
    with qtbot.waitSignal(mouth.status_changed, check_params_cb=is_state(VoiceState.SILENT)):
        player.plug(there=False)


def is_state(state: VoiceState) -> Callable[[VoiceStatus], bool]:
    return lambda status: status.state is state


def test_a_device_that_hangs_is_given_up_and_told(
    player: ScriptedPlayer, renderer: Renderer, qtbot: QtBot
) -> None:
    player.hangs = True
    mouth = CallPlayer(renderer, AudioOutputs(player), timeouts=HASTY)
    with qtbot.waitSignal(mouth.status_changed, check_params_cb=is_state(VoiceState.STUCK)):
        said(mouth, qtbot)
    assert player.stops == 1
    player.hangs = False
    with qtbot.waitSignal(mouth.status_changed, check_params_cb=is_state(VoiceState.READY)):
        said(mouth, qtbot)


def test_a_hanging_chime_does_not_take_the_system_voice(
    player: ScriptedPlayer, speaker: ScriptedSpeaker, renderer: Renderer, qtbot: QtBot
) -> None:
    player.hangs = True
    mouth = CallPlayer(renderer, AudioOutputs(player, speaker), timeouts=HASTY)
    said(mouth, qtbot)
    assert len(speaker.said) == 1


def test_a_system_voice_that_hangs_is_replaced_by_the_pack(
    player: ScriptedPlayer, speaker: ScriptedSpeaker, qtbot: QtBot, renderer: Renderer
) -> None:
    """The call that it did not say is said by the pack too."""
    speaker.hangs = True
    mouth = CallPlayer(renderer, AudioOutputs(player, speaker), timeouts=HASTY)
    with qtbot.waitSignal(mouth.status_changed):
        said(mouth, qtbot)
    assert (speaker.stops, speaker.closed) == (1, True)
    assert mouth.status.state is VoiceState.NO_SYSTEM_VOICE
    assert player.played == [renderer.chime(), renderer.sound(CALL)]
    said(mouth, qtbot)
    assert player.played[2:] == [renderer.sound(CALL)]


def test_until_the_system_voice_is_there_the_pack_speaks(
    player: ScriptedPlayer, speaker: ScriptedSpeaker, qtbot: QtBot, renderer: Renderer
) -> None:
    speaker.is_ready = False
    mouth = CallPlayer(renderer, AudioOutputs(player, speaker))
    said(mouth, qtbot)
    assert player.played == [renderer.sound(CALL)]
    speaker.is_ready = True
    said(mouth, qtbot)
    assert len(speaker.said) == 1


def test_a_system_voice_that_is_lost_between_two_calls_leaves_them_to_the_pack(
    player: ScriptedPlayer, speaker: ScriptedSpeaker, qtbot: QtBot, renderer: Renderer
) -> None:
    mouth = CallPlayer(renderer, AudioOutputs(player, speaker))
    said(mouth, qtbot)
    speaker.lost.emit()
    assert mouth.status.state is VoiceState.NO_SYSTEM_VOICE
    said(mouth, qtbot)
    assert player.played == [renderer.chime(), renderer.sound(CALL)]


def test_what_loading_told_is_the_status(player: ScriptedPlayer, renderer: Renderer, qtbot: QtBot) -> None:
    lacking = VoiceStatus(VoiceState.INCOMPLETE_PACK, "Belum ada: z.wav.")
    assert CallPlayer(renderer, AudioOutputs(player), lacking).status == lacking


def test_hushing_is_silent(player: ScriptedPlayer, renderer: Renderer, qtbot: QtBot) -> None:
    mouth = CallPlayer(renderer, AudioOutputs(player))
    with qtbot.assertNotEmitted(mouth.over, wait=20):
        mouth.say(CALL)
        mouth.close()
        mouth.close()
    assert player.stops == 1
    said(mouth, qtbot)
