"""The voice that a station gets for its choice: with every file, and with each of them missing."""

from pathlib import Path

import pytest

from tests.devices.voice.sounds import level, write_pack
from ult_desktop.devices.voice.choice import VoiceChoice, VoiceSource, VoiceState, VoiceStatus, load_voice
from ult_desktop.devices.voice.clips import call_clips
from ult_desktop.devices.voice.pcm import sound_of

OWN, SHIPPED = "Suara Tarakan", "Bahasa Indonesia (espeak-ng)"


@pytest.fixture
def chime(tmp_path: Path) -> Path:
    path = tmp_path / "chime.wav"
    path.write_bytes(sound_of([level(500)]).wav)
    return path


def test_everything_is_there(tmp_path: Path, chime: Path) -> None:
    voice = load_voice(VoiceChoice(pack=write_pack(tmp_path / "id"), chime=chime))
    assert voice.chime == level(500)
    assert [pack.about.name for pack in voice.packs] == [OWN]
    assert voice.status == VoiceStatus(VoiceState.READY)
    assert voice.status.text == "Suara siap."


def test_the_shipped_voice_is_the_default() -> None:
    assert load_voice(VoiceChoice()).status.state is VoiceState.READY


def test_an_office_may_do_without_a_chime(tmp_path: Path) -> None:
    voice = load_voice(VoiceChoice(pack=write_pack(tmp_path / "id"), chime=None))
    assert len(voice.chime) == 0
    assert voice.status.state is VoiceState.READY


def test_the_chime_does_not_need_the_pack(tmp_path: Path, chime: Path) -> None:
    voice = load_voice(VoiceChoice(pack=tmp_path / "hilang", chime=chime))
    assert voice.chime == level(500)
    assert [pack.about.name for pack in voice.packs] == [SHIPPED], "calls are said all the same"
    assert voice.status.state is VoiceState.NO_PACK
    assert "hilang" in voice.status.text


def test_the_pack_does_not_need_the_chime(tmp_path: Path) -> None:
    voice = load_voice(VoiceChoice(pack=write_pack(tmp_path / "id"), chime=tmp_path / "sunyi.wav"))
    assert len(voice.chime) == 0
    assert [pack.about.name for pack in voice.packs] == [OWN]
    assert voice.status.state is VoiceState.NO_CHIME
    assert "sunyi.wav" in voice.status.text


def test_an_incomplete_pack_says_what_it_lacks(tmp_path: Path, chime: Path) -> None:
    folder = write_pack(tmp_path / "id", call_clips()[1:])
    voice = load_voice(VoiceChoice(pack=folder, chime=chime))
    assert [pack.about.name for pack in voice.packs] == [OWN, SHIPPED]
    assert voice.status.state is VoiceState.INCOMPLETE_PACK
    assert "Belum ada: nomor-antrean.wav." in voice.status.text


def test_who_wants_only_the_chime_needs_no_pack(tmp_path: Path, chime: Path) -> None:
    choice = VoiceChoice(VoiceSource.CHIME, tmp_path / "hilang", chime)
    voice = load_voice(choice)
    assert voice.packs == ()
    assert voice.status.state is VoiceState.READY


@pytest.mark.parametrize("state", VoiceState)
def test_every_state_has_words(state: VoiceState) -> None:
    assert VoiceStatus(state).text.endswith(".")
