"""The sound of a call, sample by sample: chime, then its clips, as often as asked."""

import io
import wave
from array import array

import pytest

from tests.devices.voice.sounds import level, levels, pack_of
from ult_desktop.core.queue.spoken import spoken_call
from ult_desktop.devices.voice.clips import call_clips
from ult_desktop.devices.voice.pcm import RATE, Sound
from ult_desktop.devices.voice.render import Pauses, Renderer

CHIME = level(500)
CALL = spoken_call("A", 12, 2)
PAUSES = Pauses(lead=0.1, chime=0.2, word=0.01, phrase=0.05, repeat=0.3)


def heard(sound: Sound) -> list[tuple[str, int]]:
    """The sound as runs: clip names, "lonceng", and silences with their length in samples."""
    with wave.open(io.BytesIO(sound.wav)) as file:
        samples = array("h", file.readframes(file.getnframes()))
    runs: list[tuple[int, int]] = []
    for value in samples:
        if runs and runs[-1][0] == value:
            runs[-1] = (value, runs[-1][1] + 1)
        else:
            runs.append((value, 1))
    return [(_name(value), count) for value, count in runs]


def words(sound: Sound) -> list[str]:
    return [name for name, _ in heard(sound) if name]


def _name(value: int) -> str:
    return {0: "", 500: "lonceng", 9000: "dua-akhir"}.get(value) or (
        call_clips()[value - 1000] if value else ""
    )


def test_the_call_after_the_chime_as_often_as_asked() -> None:
    sound = Renderer(CHIME, [pack_of(levels())], times=2).sound(CALL)
    assert words(sound) == ["lonceng", *CALL.clips, *CALL.clips]


def test_the_repetition_can_be_left_out() -> None:
    renderer = Renderer(CHIME, [pack_of(levels())], times=2)
    assert words(renderer.sound(CALL, once=True)) == ["lonceng", *CALL.clips]
    assert words(renderer.sound(CALL)) == ["lonceng", *CALL.clips, *CALL.clips]


def test_breaths_are_where_the_sentence_has_them() -> None:
    sound = Renderer(CHIME, [pack_of(levels())], times=2, pauses=PAUSES).sound(CALL)
    gaps = [count / RATE for name, count in heard(sound) if not name]
    once = [0.05, 0.05, 0.01, 0.01, 0.05, 0.01]
    assert gaps == pytest.approx([0.1, 0.2, *once, 0.3, *once], abs=1e-4)


def test_the_last_word_falls_where_the_pack_can() -> None:
    clips = {**levels(), "dua-akhir": level(9000)}
    said = words(Renderer(CHIME, [pack_of(clips)], times=1).sound(CALL))
    assert said[-1] == "dua-akhir"
    assert said.count("dua") == 1


@pytest.mark.parametrize("lacking", ["a", "dua", "nomor-antrean"])
def test_a_lacking_clip_leaves_the_chime(lacking: str) -> None:
    pack = pack_of({name: clip for name, clip in levels().items() if name != lacking})
    assert words(Renderer(CHIME, [pack]).sound(CALL)) == ["lonceng"]


def test_what_one_pack_cannot_say_the_next_one_says_whole() -> None:
    lacking = pack_of({name: samples for name, samples in levels().items() if name != "dua"})
    others = pack_of({name: level(9000) for name in levels()})
    renderer = Renderer(CHIME, [lacking, others], times=1)
    assert set(words(renderer.sound(CALL))) == {"lonceng", "dua-akhir"}, "one voice for one call"
    assert words(renderer.sound(spoken_call("B", 13, 4))) == ["lonceng", *spoken_call("B", 13, 4).clips]


def test_without_a_pack_there_is_the_chime() -> None:
    renderer = Renderer(CHIME)
    assert words(renderer.sound(CALL)) == words(renderer.chime()) == ["lonceng"]


def test_without_a_chime_there_is_the_voice() -> None:
    sound = Renderer(array("h"), [pack_of(levels())], times=1).sound(CALL)
    assert words(sound) == list(CALL.clips)


def test_its_length_is_told() -> None:
    sound = Renderer(CHIME, [pack_of(levels())]).sound(CALL)
    assert sound.seconds == pytest.approx(sum(count for _, count in heard(sound)) / RATE)


def test_a_recall_is_not_joined_again_but_old_calls_are_let_go() -> None:
    renderer = Renderer(CHIME, [pack_of(levels())], times=1)
    first = renderer.sound(CALL)
    assert renderer.sound(CALL) is first
    for number in range(100, 120):
        renderer.sound(spoken_call("B", number, 1))
    again = renderer.sound(CALL)
    assert again is not first
    assert again == first
