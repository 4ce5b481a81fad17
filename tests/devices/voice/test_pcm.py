"""Reading, trimming and joining sound; a wrong file is named with the form it should have."""

import wave
from array import array
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from tests.devices.voice.sounds import level
from ult_desktop.base.errors import UserError
from ult_desktop.devices.voice.pcm import RATE, read_wav, silence, sound_of, trimmed


def wav(path: Path, *, rate: int = RATE, channels: int = 1, width: int = 2) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setframerate(rate)
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.writeframes(bytes(channels * width * 10))
    return path


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    samples = array("h", [0, 1, -1, 32767, -32768])
    path.write_bytes(sound_of([samples]).wav)
    assert read_wav(path) == samples


@pytest.mark.parametrize(
    ("rate", "channels", "width", "found"),
    [
        (44_100, 1, 2, "16 bit, 1 kanal, 44100 Hz"),
        (RATE, 2, 2, "16 bit, 2 kanal, 22050 Hz"),
        (RATE, 1, 1, "8 bit, 1 kanal, 22050 Hz"),
    ],
)
def test_a_wrong_format_is_named(tmp_path: Path, rate: int, channels: int, width: int, found: str) -> None:
    path = wav(tmp_path / "satu.wav", rate=rate, channels=channels, width=width)
    with pytest.raises(UserError) as caught:
        read_wav(path)
    assert str(path) in caught.value.what
    assert found in caught.value.what
    assert "WAV PCM 16 bit, mono, 22.050 Hz" in caught.value.todo


@pytest.mark.parametrize("content", [b"", b"ID3 not a wave", b"RIFF\x00\x00\x00\x00WAVE"])
def test_a_file_that_is_no_wave_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "dua.wav"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"dua\.wav"):
        read_wav(path)


def test_a_file_that_claims_hours_is_not_made_room_for(tmp_path: Path) -> None:
    path = tmp_path / "lama.wav"
    made = bytearray(sound_of([level(7, 10)]).wav)
    made[4:8] = made[40:44] = (0xFFFF_FF00).to_bytes(4, "little")
    path.write_bytes(made)
    with pytest.raises(UserError, match="lebih dari 30 detik"):
        read_wav(path)


def test_a_cut_off_file_gives_whole_samples(tmp_path: Path) -> None:
    path = tmp_path / "tiga.wav"
    path.write_bytes(sound_of([level(7, 10)]).wav[:-3])
    assert read_wav(path) == level(7, 8)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"lonceng\.wav"):
        read_wav(tmp_path / "lonceng.wav")


def test_joined_sound_lasts_as_long_as_its_parts() -> None:
    sound = sound_of([silence(0.5), level(5, RATE), silence(0.25)])
    assert sound.seconds == pytest.approx(1.75, abs=1e-4)


def test_trimming_takes_silence_from_both_ends_only() -> None:
    clip = silence(0.2) + level(5000) + silence(0.1) + level(-5000) + silence(0.3)
    kept = trimmed(clip)
    edge = round(0.008 * RATE)
    assert kept[edge:-edge] == level(5000) + silence(0.1) + level(-5000)
    assert len(kept) == 2 * edge + 200 + round(0.1 * RATE)


def test_trimming_silence_leaves_nothing() -> None:
    assert trimmed(silence(0.3)) == array("h")


@given(st.lists(st.integers(-32768, 32767), max_size=600))
def test_trimming_never_takes_anything_loud(values: list[int]) -> None:
    kept = trimmed(array("h", values))
    assert [v for v in kept if abs(v) > 250] == [v for v in values if abs(v) > 250]
