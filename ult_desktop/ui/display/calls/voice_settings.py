"""The station's settings of the voice, as the devices want them."""

from dataclasses import replace

from ult_desktop.base.config import DisplayConfig
from ult_desktop.devices.voice.choice import VoiceChoice, VoiceSource

_SOURCES = {"pack": VoiceSource.PACK, "system": VoiceSource.SYSTEM, "off": VoiceSource.CHIME}


def voice_choice(config: DisplayConfig) -> VoiceChoice:
    """An empty path in the settings means what the program ships."""
    choice = VoiceChoice(source=_SOURCES[config.voice], times=config.repeat)
    return replace(
        choice,
        pack=config.voice_folder or choice.pack,
        chime=choice.chime if config.chime else None,
    )
