"""Reading, trimming and joining sound; a wrong file is named with the form it should have."""

import math
import struct
from array import array
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from tests.devices.voice.sounds import level, tone
from ult_desktop.base.errors import UserError
from ult_desktop.devices.voice.pcm import LOUDEST, RATE, read_wav, silence, sound_of, trim_silence


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    samples = array("h", [0, 1, -1, 32767, -32768])
    path.write_bytes(sound_of([samples]).wav)
    assert read_wav(path) == samples


def riff(
    code: int, bits: int, data: bytes, *, channels: int = 1, rate: int = RATE, long: bool = False
) -> bytes:
    """A WAV file as recorders write it, with a chunk of notes before the samples."""
    frame = channels * bits // 8
    head = struct.pack("<HHIIHH", 0xFFFE if long else code, channels, rate, rate * frame, frame, bits)
    if long:
        guid = struct.pack("<H", code) + bytes.fromhex("000000001000800000aa00389b71")
        head += struct.pack("<HHI", 22, bits, 0) + guid
    chunks = ((b"fmt ", head), (b"LIST", b"odd\0"), (b"data", data))
    body = b"WAVE" + b"".join(name + struct.pack("<I", len(part)) + part for name, part in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


TAKEN = {
    "16 bit of the longer head": riff(1, 16, struct.pack("<3h", 0, 8192, -16384), long=True),
    "8 bit": riff(1, 8, bytes([128, 160, 64])),
    "24 bit of the longer head": riff(1, 24, bytes.fromhex("000000 ff0020 0000c0"), long=True),
    "32 bit": riff(1, 32, struct.pack("<3i", 0, 8192 << 16, -16384 << 16)),
    "floats": riff(3, 32, struct.pack("<3f", 0, 8192 / LOUDEST, -16384 / LOUDEST)),
    "long floats of the longer head": riff(
        3, 64, struct.pack("<3d", 0, 8192 / LOUDEST, -16384 / LOUDEST), long=True
    ),
    "stereo": riff(1, 16, struct.pack("<6h", 100, -100, 8192, 8192, 0, -32768), channels=2),
}


@pytest.mark.parametrize("kind", TAKEN)
def test_a_recording_of_any_usual_format_is_taken(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "satu.wav"
    path.write_bytes(TAKEN[kind])
    assert read_wav(path) == array("h", [0, 8192, -16384])


def test_floats_beyond_full_and_no_numbers_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "satu.wav"
    path.write_bytes(riff(3, 32, struct.pack("<4f", 9.0, -9.0, math.nan, math.inf)))
    assert read_wav(path) == array("h", [LOUDEST, -LOUDEST, 0, LOUDEST])


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000, 192_000])
def test_a_recording_at_another_rate_keeps_its_pitch_and_length(tmp_path: Path, rate: int) -> None:
    path = tmp_path / "satu.wav"
    wave = [round(20_000 * math.sin(2 * math.pi * 220 * at / rate)) for at in range(rate // 2)]
    path.write_bytes(riff(1, 16, array("h", wave).tobytes(), rate=rate))
    found = read_wav(path)
    wanted = tone(0.5, 20_000 / LOUDEST)
    assert len(found) == pytest.approx(len(wanted), abs=1)
    # Beyond both ends nothing is known of the wave.
    pairs = list(zip(found, wanted, strict=False))[10:-10]
    assert max(abs(one - other) for one, other in pairs) < 1000


def test_what_is_too_high_for_the_rate_is_not_heard_as_another_tone(tmp_path: Path) -> None:
    path = tmp_path / "satu.wav"
    path.write_bytes(riff(1, 16, array("h", [20_000, -20_000] * 5000).tobytes(), rate=2 * RATE))
    assert set(read_wav(path)[1:]) == {0}  # nothing is known from before the first


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (riff(1, 16, bytes(60), channels=6), "PCM, 16 bit, 6 kanal, 22050 Hz"),
        (riff(7, 8, bytes(60), rate=8000), "kode 7, 8 bit, 1 kanal, 8000 Hz"),
        (riff(1, 16, bytes(60), rate=0), "PCM, 16 bit, 1 kanal, 0 Hz"),
        (riff(3, 16, bytes(60)), "float, 16 bit, 1 kanal, 22050 Hz"),
        (riff(1, 16, b"", channels=0), "PCM, 0 bit, 0 kanal, 22050 Hz"),
    ],
)
def test_a_wrong_format_is_named_with_what_is_taken(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "satu.wav"
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        read_wav(path)
    assert str(path) in caught.value.what
    assert found in caught.value.what
    assert "PCM 8, 16, 24 atau 32 bit atau float, mono atau stereo" in caught.value.todo


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
    kept = trim_silence(clip)
    edge = round(0.008 * RATE)
    assert kept[edge:-edge] == level(5000) + silence(0.1) + level(-5000)
    assert len(kept) == 2 * edge + 200 + round(0.1 * RATE)


def test_trimming_silence_leaves_nothing() -> None:
    assert trim_silence(silence(0.3)) == array("h")


@given(st.lists(st.integers(-32768, 32767), max_size=600))
def test_trimming_never_takes_anything_loud(values: list[int]) -> None:
    kept = trim_silence(array("h", values))
    assert [v for v in kept if abs(v) > 250] == [v for v in values if abs(v) > 250]
