"""Recordings as people make them, of synthesised sound: too soft, too loud, cut off, in a humming room."""

import math
from array import array

import pytest
from hypothesis import given, settings, strategies as st

from tests.devices.voice.sounds import tone
from ult_desktop.devices.voice.pcm import LOUDEST, RATE, Samples
from ult_desktop.devices.voice.take import (
    SPEECH_PEAK,
    SPEECH_RMS,
    Take,
    TakeFault,
    clip_fault,
    level_loudness,
    meter_level,
    rms,
)


def taken(*parts: Samples, piece: int = 1000) -> Take:
    """A take of these parts, as a microphone delivers them: in pieces that end anywhere."""
    joined = array("h")
    for part in parts:
        joined.extend(part)
    take = Take()
    for at in range(0, len(joined), piece):
        take.add(joined[at : at + piece])
    return take


ROOM = tone(1.0, 0.002, 50.0)
WORD = tone(0.5, 0.3)


def test_a_word_is_cut_out_and_as_loud_as_every_clip() -> None:
    take = taken(ROOM, WORD, ROOM)
    assert (take.fault, take.is_over) == (None, True)
    clip = take.clip()
    assert 0.5 <= len(clip) / RATE <= 0.62
    assert rms(clip) == pytest.approx(SPEECH_RMS, rel=0.02)


def test_a_soft_word_and_a_loud_one_come_out_alike() -> None:
    soft, loud = (taken(ROOM, tone(0.5, level), ROOM).clip() for level in (0.05, 0.9))
    assert rms(soft) == pytest.approx(rms(loud), rel=0.02)


def test_the_speaker_may_breathe_within_a_sentence() -> None:
    assert not taken(ROOM, WORD, tone(0.5, 0.002), WORD).is_over
    take = taken(ROOM, WORD, tone(0.5, 0.002), WORD, ROOM)
    assert take.is_over
    assert 1.5 <= len(take.clip()) / RATE <= 1.65


def test_before_a_word_it_waits() -> None:
    assert not taken(ROOM, ROOM, ROOM).is_over


def test_it_ends_before_a_clip_is_longer_than_a_pack_takes() -> None:
    assert taken(tone(29.0, 0.3)).is_over


def test_a_humming_room_is_not_taken_for_speech() -> None:
    hum = tone(1.0, 0.02, 100.0)
    clip = taken(hum, WORD, hum).clip()
    assert len(clip) / RATE <= 0.62


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ((ROOM, ROOM), TakeFault.SILENT),
        ((), TakeFault.SILENT),
        ((ROOM, tone(0.5, 0.015), ROOM), TakeFault.QUIET),
        ((ROOM, array("h", [LOUDEST, -LOUDEST] * 5000), ROOM), TakeFault.CLIPPED),
        ((WORD, ROOM), TakeFault.CUT),
        ((ROOM, WORD), TakeFault.CUT),
    ],
    ids=["room", "nothing", "soft", "loud", "late", "early"],
)
def test_what_is_wrong_is_told(parts: tuple[Samples, ...], fault: TakeFault) -> None:
    assert taken(*parts).fault is fault
    assert fault.word


def test_the_meter_stands_out_as_far_as_it_is_loud() -> None:
    levels = [meter_level(tone(0.1, loud)) for loud in (0.0, 0.01, 0.1, 1.0)]
    assert levels[0] == 0.0
    assert levels == sorted(levels)
    assert levels[-1] == pytest.approx(1.0, abs=0.01)
    assert meter_level(array("h")) == 0.0


@settings(max_examples=40)
@given(st.lists(st.integers(-LOUDEST, LOUDEST), min_size=2, max_size=400).filter(any))
def test_nothing_is_clipped_by_levelling(values: list[int]) -> None:
    assert max(map(abs, level_loudness(array("h", values)))) <= math.ceil(SPEECH_PEAK * LOUDEST)


@pytest.mark.slow
@settings(max_examples=20)
@given(st.integers(1, 5000))
def test_pieces_of_any_size_make_the_same_take(piece: int) -> None:
    assert taken(ROOM, WORD, ROOM, piece=piece).clip() == taken(ROOM, WORD, ROOM).clip()


def test_clips_of_a_pack_are_judged() -> None:
    assert clip_fault(tone(0.3, 0.2)) is None
    assert clip_fault(tone(0.3, 0.01)) is TakeFault.QUIET
    assert clip_fault(array("h", [LOUDEST] * 50)) is TakeFault.CLIPPED
    assert clip_fault(array("h")) is TakeFault.SILENT
