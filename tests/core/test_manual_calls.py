"""A call by mouth: what its times must be like."""

import msgspec
import pytest

from ult_desktop.core.offline import NoteCall, are_times_in_order, clamp_to_now

CALL = NoteCall(counter=1, label="A001", called_at=10)


def served(since: int | None, until: int | None) -> NoteCall:
    return msgspec.structs.replace(CALL, arrived_at=since, ended_at=until)


@pytest.mark.parametrize(
    ("since", "until", "right"),
    [
        (None, None, True),
        (10, 10, True),
        (11, 12, True),
        (9, 12, False),
        (12, 11, False),
        (11, None, False),
        (None, 11, False),
    ],
)
def test_the_order_in_which_it_happens(since: int | None, until: int | None, right: bool) -> None:
    assert are_times_in_order(served(since, until)) is right


def test_who_was_served_came() -> None:
    assert served(11, 12).came
    assert not CALL.came


def test_nothing_happened_after_now() -> None:
    assert clamp_to_now(served(11, 20), 15) == served(11, 15)
    assert clamp_to_now(served(11, 12), 15) == served(11, 12)
    assert clamp_to_now(CALL, 5) == msgspec.structs.replace(CALL, called_at=5)
