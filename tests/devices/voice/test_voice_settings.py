"""The settings of a station reach the voice."""

from pathlib import Path

from ult_desktop.base.config import DisplayConfig
from ult_desktop.devices.voice.choice import VoiceChoice, VoiceSource, voice_choice

OWN = Path("/srv/ult/office-suara")


def test_without_settings_the_shipped_voice_speaks_twice() -> None:
    assert voice_choice(DisplayConfig(), OWN) == VoiceChoice()


def test_an_office_may_bring_its_own_pack(tmp_path: Path) -> None:
    assert voice_choice(DisplayConfig(voice_pack=str(tmp_path)), OWN).pack == tmp_path


def test_the_offices_own_recordings_are_found_beside_its_file() -> None:
    choice = voice_choice(DisplayConfig(voice="office", voice_pack="/srv/suara"), OWN)
    assert (choice.source, choice.pack) == (VoiceSource.PACK, OWN)


def test_who_speaks_how_often_and_with_a_chime_is_a_setting() -> None:
    assert voice_choice(DisplayConfig(voice="system", repeat=1), OWN).source is VoiceSource.SYSTEM
    assert voice_choice(DisplayConfig(voice="off"), OWN).source is VoiceSource.CHIME
    assert voice_choice(DisplayConfig(repeat=1), OWN).times == 1
    assert voice_choice(DisplayConfig(chime=False), OWN).chime is None
    assert voice_choice(DisplayConfig(volume=40), OWN).volume == 40
