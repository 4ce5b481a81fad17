"""Opening the voice on this very system, with and without what it needs."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.devices.voice.sounds import write_pack
from ult_desktop.core.queue.spoken import spoken_call
from ult_desktop.devices.voice.choice import (
    Voice,
    VoiceChoice,
    VoiceSource,
    VoiceState,
    VoiceStatus,
    load_voice,
)
from ult_desktop.devices.voice.player import find_player, open_announcer, prepared_status

LACKING = VoiceStatus(VoiceState.INCOMPLETE_PACK, "Belum ada: z.wav.")


@pytest.fixture
def voice(tmp_path: Path) -> Voice:
    return load_voice(VoiceChoice(pack=write_pack(tmp_path / "id"), times=1))


def test_a_call_is_announced_with_what_there_is(voice: Voice, qtbot: QtBot) -> None:
    announcer = open_announcer(replace(voice, chime=voice.chime[:100]), shown_s=0.01)
    with qtbot.waitSignal(announcer.finished) as done:
        announcer.announce(7, spoken_call("A", 12, 2))
    assert done.args == [7]


def test_missing_libraries_are_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    assert find_player() is None


def system(voice: Voice) -> Voice:
    return replace(voice, choice=replace(voice.choice, source=VoiceSource.SYSTEM))


def test_a_system_voice_needs_no_whole_pack(voice: Voice) -> None:
    assert prepared_status(system(replace(voice, status=LACKING))).state is VoiceState.READY


def test_a_system_voice_still_wants_its_chime(voice: Voice) -> None:
    no_chime = VoiceStatus(VoiceState.NO_CHIME)
    assert prepared_status(system(replace(voice, status=no_chime))) == no_chime


def test_what_the_pack_lacks_is_told(voice: Voice) -> None:
    assert prepared_status(replace(voice, status=LACKING)) == LACKING


def test_choosing_the_system_voice_opens_on_any_system(voice: Voice, qtbot: QtBot) -> None:
    announcer = open_announcer(system(voice), shown_s=0.0)
    assert announcer.status.text
    announcer.close()
