"""How long the next try waits."""

import pytest

from ult_desktop.db.access.officers import FailedSignIns, SignInMoment
from ult_desktop.operations.access.sign_in import STRANGER_SLOTS, delay_ms, slot_of, wait_ms


@pytest.mark.parametrize(
    ("wrong", "seconds"), [(0, 0), (1, 0), (2, 0), (3, 5), (4, 15), (5, 60), (6, 300), (7, 300), (9999, 300)]
)
def test_three_are_free_and_then_it_grows_up_to_five_minutes(wrong: int, seconds: int) -> None:
    assert delay_ms(wrong) == seconds * 1000


def test_what_is_left_of_it() -> None:
    assert [
        wait_ms(FailedSignIns(wrong=3, last_at=10_000, machine="a"), SignInMoment(last_at=now))
        for now in (10_000, 14_999, 15_000, 99_000)
    ] == [5_000, 1, 0, 0]


def test_officers_have_their_own_slot_and_strangers_share_a_few() -> None:
    assert slot_of("siti", 7) == 7
    slots = {slot_of(f"siapa-{n}", None) for n in range(3000)}
    assert slots == set(range(-STRANGER_SLOTS, 0))
    assert slot_of("siapa", None) == slot_of("siapa", None)
