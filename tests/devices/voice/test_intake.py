"""Raw sound of any microphone becomes the one format, wherever its pieces are cut."""

import math
from array import array
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from ult_desktop.devices.voice.microphone import SampleConverter, SoundForm
from ult_desktop.devices.voice.pcm import LOUDEST, RATE


def wave_of(form: SoundForm, seconds: float = 0.2, pitch: float = 300.0, loud: float = 0.5) -> bytes:
    """A tone as a microphone of that form gives it, the same on every channel."""
    scale, middle = {"B": (127, 128), "h": (LOUDEST, 0), "i": (2**31 - 1, 0), "f": (1.0, 0)}[form.code]
    values = array(form.code)
    for at in range(round(seconds * form.rate)):
        value = math.sin(2 * math.pi * pitch * at / form.rate) * loud * scale + middle
        values.extend([value if form.code == "f" else round(value)] * form.channels)  # type: ignore[list-item]
    return values.tobytes()


@pytest.mark.parametrize(
    "form",
    [
        SoundForm(),
        SoundForm(48_000, 2, "f"),
        SoundForm(44_100, 1, "h"),
        SoundForm(16_000, 1, "h"),
        SoundForm(8_000, 2, "B"),
        SoundForm(96_000, 6, "i"),
    ],
    ids=str,
)
def test_a_tone_is_as_long_as_loud_and_as_high(form: SoundForm) -> None:
    heard = SampleConverter(form).feed(wave_of(form))
    assert len(heard) == pytest.approx(0.2 * RATE, abs=3)
    assert max(heard) == pytest.approx(0.5 * LOUDEST, rel=0.03)
    rises = sum(a < 0 <= b for a, b in pairwise(heard))
    assert rises == pytest.approx(0.2 * 300, abs=1)


@settings(max_examples=30)
@given(st.lists(st.integers(0, 400), max_size=40))
def test_pieces_may_end_anywhere(sizes: list[int]) -> None:
    form = SoundForm(48_000, 2, "h")
    data = wave_of(form, 0.05)
    intake, heard, at = SampleConverter(form), array("h"), 0
    for size in sizes:
        heard.extend(intake.feed(data[at : at + size]))
        at += size
    heard.extend(intake.feed(data[at:]))
    whole = SampleConverter(form).feed(data)
    assert len(heard) == pytest.approx(len(whole), abs=1)
    assert max(abs(a - b) for a, b in zip(heard, whole, strict=False)) <= 1


def test_what_is_louder_than_can_be_said_stays_in_bounds() -> None:
    assert set(SampleConverter(SoundForm(code="f")).feed(array("f", [7.0, -7.0] * 4).tobytes())) == {
        32_767,
        -32_768,
    }
