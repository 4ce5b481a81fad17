"""Running text stands still at whole sentences."""

from itertools import pairwise

from ult_desktop.ui.kit.widgets.marquee import offset_at, place_sentences

ROOM, SPEED = 1000, 100
SENTENCES = place_sentences(("Pendek.", "Panjang sekali.", "Akhir."), [300, 1600, 400], ROOM)


def offsets(seconds: float) -> list[float]:
    """Every tenth of a second."""
    return [offset_at(SENTENCES, ROOM, SPEED, tick / 10) for tick in range(round(seconds * 10))]


def test_each_has_the_window_to_itself() -> None:
    assert [(each.left, each.width) for each in SENTENCES] == [(0, 1000), (1000, 1600), (2600, 1000)]


def test_it_stands_where_a_sentence_begins_and_where_a_long_one_ends() -> None:
    seen = offsets(60)
    still = [offset for offset, later in pairwise(seen) if offset == later]
    assert set(still) == {0, 1000, 1600, 2600}
    for stop in (0, 1000, 2600):
        assert still.count(stop) >= 40


def test_it_moves_on_to_the_left_and_begins_again() -> None:
    seen = offsets(60)
    around = next(place for place in range(1, len(seen)) if seen[place] < seen[place - 1])
    assert seen[:around] == sorted(seen[:around])
    assert seen[around] == 0
