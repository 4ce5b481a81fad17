"""Counters with the same next numbers are told of together."""

from ult_desktop.core.queue.calling_order import NextNumbers, group_next_numbers


def test_counters_with_the_same_numbers_stand_together() -> None:
    one, two, three, four = ((n, f"Loket {n}") for n in range(1, 5))
    told = group_next_numbers(
        [(one, ("A001", "A002")), (two, ("B001",)), (three, ("A001", "A002")), (four, ())]
    )
    assert told == (
        NextNumbers(counters=(one, three), labels=("A001", "A002")),
        NextNumbers(counters=(two,), labels=("B001",)),
    )
