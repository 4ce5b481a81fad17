"""Opens what this system has for sound, and goes on without what it has not."""

import importlib
from typing import TYPE_CHECKING

from ult_desktop.core.queue.spoken import HOLD_S
from ult_desktop.devices.voice import call_player, choice, render
from ult_desktop.devices.voice.announcer import Announcer

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

PLAYER = "ult_desktop.devices.voice.player"
SPEECH = "ult_desktop.devices.voice.player"


def open_announcer(voice: choice.Voice, hold: float = HOLD_S, parent: "QObject | None" = None) -> Announcer:
    """The station's announcer; reads no file. Call it after the first frame: it loads the sound.

    Args:
        voice: from `load_voice`.
        hold: seconds that a call lasts at least.
        parent: owns the announcer.
    """
    outputs = call_player.AudioOutputs(find_player(), find_speaker() if _wants_system(voice) else None)
    renderer = render.Renderer(voice.chime, voice.pack, voice.choice.times)
    mouth = call_player.CallPlayer(renderer, outputs, prepared_status(voice, outputs))
    return Announcer(mouth, hold, parent)


def find_player(module: str = PLAYER) -> call_player.Player | None:
    """The loudspeaker, or None where the system lacks the libraries."""
    try:
        player: call_player.Player = importlib.import_module(module).MediaPlayer()
    except ImportError:
        return None
    return player


def find_speaker(module: str = SPEECH) -> call_player.Speaker | None:
    """The system's Indonesian voice, or None where there is none."""
    try:
        voice = importlib.import_module(module).SystemVoice()
    except ImportError:
        return None
    speaker: call_player.Speaker | None = voice if voice.is_usable() else None
    return speaker


def _wants_system(voice: choice.Voice) -> bool:
    return voice.choice.source is choice.VoiceSource.SYSTEM


def prepared_status(voice: choice.Voice, outputs: call_player.AudioOutputs) -> choice.VoiceStatus:
    """What loading and opening had to tell, before anything is played."""
    if _wants_system(voice):
        if outputs.speaker is None:
            return choice.VoiceStatus(choice.VoiceState.NO_SYSTEM_VOICE)
        if voice.status.state is not choice.VoiceState.NO_CHIME:
            # The pack is only a reserve here: what it lacks is not worth a warning.
            return choice.VoiceStatus()
    return voice.status
