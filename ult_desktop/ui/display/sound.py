"""The station's settings of the voice, as the devices want them."""

from dataclasses import replace

from ult_desktop.config import Display
from ult_desktop.devices.voice.choice import VoiceChoice, VoiceSource

_SOURCES = {"pack": VoiceSource.PACK, "system": VoiceSource.SYSTEM, "off": VoiceSource.CHIME}


def voice_choice(config: Display) -> VoiceChoice:
    choice = VoiceChoice(source=_SOURCES[config.voice], times=config.repeat)
    return replace(choice, pack=config.voice_folder) if config.voice_folder else choice
