"""The words of a call: numbers in Indonesian, sentences, clip names."""

import pytest
from hypothesis import given, strategies as st

from ult_desktop.core.queue.spoken import DIGITS, SpokenStyle, digit_words, number_words, spoken_call
from ult_desktop.devices.voice.clips import call_clips

series_letters = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=3)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (7, "tujuh"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (99, "sembilan puluh sembilan"),
        (100, "seratus"),
        (101, "seratus satu"),
        (110, "seratus sepuluh"),
        (111, "seratus sebelas"),
        (115, "seratus lima belas"),
        (200, "dua ratus"),
        (211, "dua ratus sebelas"),
        (999, "sembilan ratus sembilan puluh sembilan"),
    ],
)
def test_number_words(number: int, words: str) -> None:
    assert " ".join(number_words(number)) == words


@pytest.mark.parametrize("number", [-1, 1000])
def test_numbers_without_words_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        number_words(number)


def value(words: tuple[str, ...]) -> int:
    """Read Indonesian number words back: the other direction, written independently."""
    total = unit = 0
    for word in words:
        match word:
            case "sepuluh":
                total += 10
            case "sebelas":
                total += 11
            case "seratus":
                total += 100
            case "belas":
                total, unit = total + 10 + unit, 0
            case "puluh":
                total, unit = total + 10 * unit, 0
            case "ratus":
                total, unit = total + 100 * unit, 0
            case _:
                unit = DIGITS.index(word)
    return total + unit


def test_every_number_reads_back_as_itself() -> None:
    assert [value(number_words(number)) for number in range(1000)] == list(range(1000))


def test_zero_is_said_only_alone() -> None:
    assert not any("nol" in number_words(number) for number in range(1, 1000))


def test_a_single_one_never_counts_tens_or_hundreds() -> None:
    said = [" ".join(number_words(number)) for number in range(1000)]
    assert not any(wrong in words for words in said for wrong in ("satu puluh", "satu belas"))
    assert not any("satu ratus" in words for words in said)


@given(st.integers(0, 10**9), st.integers(1, 6))
def test_digits_are_the_written_number(number: int, width: int) -> None:
    written = "".join(str(DIGITS.index(word)) for word in digit_words(number, width))
    assert int(written) == number
    assert len(written) >= width


def test_a_negative_number_has_no_digits() -> None:
    with pytest.raises(ValueError, match="-1"):
        digit_words(-1)


def test_the_sentence_of_the_issue() -> None:
    call = spoken_call("A", 12, 2)
    assert call.sentence == "Nomor antrean, A, nol satu dua, silakan menuju loket dua."
    assert call.clips == (*("nomor-antrean", "a", "nol", "satu", "dua"), *("silakan-menuju-loket", "dua"))


def test_breaths_fall_where_the_sentence_has_commas() -> None:
    call = spoken_call("A", 12, 2)
    assert len(call.phrases) == call.sentence.count(",") + 1
    assert call.phrases[-1] == ("silakan-menuju-loket", "dua")


def test_a_counter_with_a_name_is_called_by_it_where_a_voice_can() -> None:
    numbered = spoken_call("A", 12, 3)
    named = numbered.with_counter_name("Loket Data, Lantai 2")
    assert named.sentence == "Nomor antrean, A, nol satu dua, silakan menuju Loket Data, Lantai 2."
    assert named.phrases == numbered.phrases


def test_priority_counter_without_a_number() -> None:
    call = spoken_call("P", 3, None, priority=True)
    assert call.sentence == ("Nomor antrean prioritas, P, nol nol tiga, silakan menuju loket prioritas.")
    assert call.clips[-1] == "silakan-menuju-loket-prioritas"


def test_priority_ticket_at_a_numbered_counter() -> None:
    call = spoken_call("P", 3, 14, priority=True)
    assert call.sentence == ("Nomor antrean prioritas, P, nol nol tiga, silakan menuju loket empat belas.")


def test_number_in_words() -> None:
    call = spoken_call("A", 12, 2, style=SpokenStyle.WORDS)
    assert call.sentence == "Nomor antrean, A, dua belas, silakan menuju loket dua."


def test_past_999_digits_take_over() -> None:
    call = spoken_call("A", 1204, 2, style=SpokenStyle.WORDS)
    assert call.sentence == "Nomor antrean, A, satu dua nol empat, silakan menuju loket dua."


def test_a_series_is_spelled() -> None:
    assert spoken_call("KB2", 7, 1).sentence == (
        "Nomor antrean, K B dua, nol nol tujuh, silakan menuju loket satu."
    )


def test_no_series_at_all() -> None:
    assert spoken_call("", 7, 1).sentence == ("Nomor antrean, nol nol tujuh, silakan menuju loket satu.")


def test_a_series_that_cannot_be_spelled() -> None:
    with pytest.raises(ValueError, match="-"):
        spoken_call("A-", 7, 1)


@given(
    series_letters,
    st.integers(0, 5000),
    st.none() | st.integers(1, 2000),
    st.booleans(),
    st.sampled_from(SpokenStyle),
)
def test_every_call_needs_only_clips_a_pack_has(
    series: str, number: int, counter: int | None, priority: bool, style: SpokenStyle
) -> None:
    call = spoken_call(series, number, counter, priority=priority, style=style)
    assert set(call.clips) <= set(call_clips())
    assert call.sentence.lower().rstrip(".").replace(",", "") == " ".join(call.clips).replace("-", " ")


@given(series_letters, st.integers(0, 999), st.integers(1, 99), st.sampled_from(SpokenStyle))
def test_what_is_said_names_exactly_this_ticket_and_counter(
    series: str, number: int, counter: int, style: SpokenStyle
) -> None:
    _, letters, digits, way = spoken_call(series, number, counter, style=style).phrases
    read = value(digits) if style is SpokenStyle.WORDS else int(_figures(digits))
    assert ("".join(letters).upper(), read, value(way[1:])) == (series, number, counter)


def _figures(words: tuple[str, ...]) -> str:
    return "".join(str(DIGITS.index(word)) for word in words)


def test_a_number_of_a_kiosk_that_was_cut_off_is_read_as_it_stands_on_the_paper() -> None:
    spoken = spoken_call("AK", 1, 3, digits=2)
    assert spoken.sentence == "Nomor antrean, A K, nol satu, silakan menuju loket tiga."
