"""The shipped pack by its numbers: whole, of sane length, evenly loud, nowhere clipped."""

import math

import pytest

from tools.make_voice_pack import chime as make_chime
from ult_desktop.base.paths import resource
from ult_desktop.core.queue.spoken import spoken_call
from ult_desktop.devices.voice.clips import pack_clips
from ult_desktop.devices.voice.pack import VoicePack, load_pack
from ult_desktop.devices.voice.pcm import LOUDEST, RATE, Samples, read_wav
from ult_desktop.devices.voice.render import Renderer

CHIME = resource("voices", "chime.wav")


@pytest.fixture(scope="module")
def pack() -> VoicePack:
    return load_pack(resource("voices", "id-espeak"))


def rms(samples: Samples) -> float:
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples)) / LOUDEST


def peak(samples: Samples) -> float:
    return max(map(abs, samples)) / LOUDEST


def test_it_is_whole_indonesian_and_says_where_it_comes_from(pack: VoicePack) -> None:
    assert pack.missing == ()
    assert set(pack.clips) == {clip.name for clip in pack_clips()}
    assert pack.about.language == "id"
    assert pack.about.licence
    assert "espeak-ng" in pack.about.origin


@pytest.mark.parametrize("name", [clip.name for clip in pack_clips()])
def test_a_clip_is_sane(pack: VoicePack, name: str) -> None:
    samples = pack.clips[name]
    longest = 2.8 if len(name) > 12 else 0.9
    assert 0.2 < len(samples) / RATE < longest
    assert 0.11 < rms(samples) < 0.14
    assert 0.3 < peak(samples) < 0.9
    assert max(map(abs, samples[:20] + samples[-20:])) < 0.15 * LOUDEST


def test_the_chime_is_soft_and_short() -> None:
    chime = read_wav(CHIME)
    assert 1.0 < len(chime) / RATE < 2.5
    assert 0.4 < peak(chime) < 0.6


def test_a_call_takes_as_long_as_a_person_would(pack: VoicePack) -> None:
    sound = Renderer(read_wav(CHIME), [pack], times=1).sound(spoken_call("A", 12, 2))
    assert 6.0 < sound.seconds < 9.0


def test_it_is_small() -> None:
    files = resource("voices").rglob("*.*")
    assert sum(file.stat().st_size for file in files) < 4_000_000


def test_the_chime_is_the_one_that_the_script_makes() -> None:
    shipped, made = read_wav(CHIME), make_chime()
    assert len(shipped) == len(made)
    # Sines differ in the last bit from one system's mathematics to another's.
    assert max(abs(a - b) for a, b in zip(shipped, made, strict=True)) <= 1
