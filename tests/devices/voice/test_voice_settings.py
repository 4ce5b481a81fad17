"""The settings of a station reach the voice."""

from pathlib import Path

from ult_desktop.base.config import DisplayConfig
from ult_desktop.devices.voice.choice import VoiceChoice, VoiceSource, voice_choice


def test_without_settings_the_shipped_voice_speaks_twice() -> None:
    assert voice_choice(DisplayConfig()) == VoiceChoice()


def test_an_office_may_bring_its_own_pack(tmp_path: Path) -> None:
    assert voice_choice(DisplayConfig(voice_pack=str(tmp_path))).pack == tmp_path


def test_who_speaks_how_often_and_with_a_chime_is_a_setting() -> None:
    assert voice_choice(DisplayConfig(voice="system", repeat=1)).source is VoiceSource.SYSTEM
    assert voice_choice(DisplayConfig(voice="off")).source is VoiceSource.CHIME
    assert voice_choice(DisplayConfig(repeat=1)).times == 1
    assert voice_choice(DisplayConfig(chime=False)).chime is None
