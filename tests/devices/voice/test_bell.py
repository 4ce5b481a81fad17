"""The chime by itself, played by what plays the calls."""

import pytest

from tests.devices.voice.scripted import ScriptedPlayer
from ult_desktop.devices.voice import player
from ult_desktop.devices.voice.bell import Bell


def test_a_ring_is_the_chime_that_the_program_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    loudspeaker, bell = ScriptedPlayer(), Bell()
    loudspeaker.hangs = True
    monkeypatch.setattr(player, "find_player", lambda: loudspeaker)
    bell.ring()
    bell.ring()
    first, second = loudspeaker.played
    assert first is second
    assert first.seconds > 0.5
    bell.close()
    assert loudspeaker.stops == 1


def test_without_a_loudspeaker_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    bell = Bell()
    bell.close()
    monkeypatch.setattr(player, "find_player", lambda: None)
    bell.ring()
    bell.close()
