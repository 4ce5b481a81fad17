"""The expected wait, from what was measured; silence rather than a guess."""

from collections.abc import Sequence
from statistics import median

ENOUGH_SAMPLES = 5


def expected_wait(ahead: int, serving_ms: Sequence[int], counters: int) -> int | None:
    """Minutes until a new visitor is called, or None when nothing sound can be said.

    Args:
        ahead: people who will be called before.
        serving_ms: recent serving times of the service in milliseconds (arrived → done).
        counters: counters open for the service now.

    The median withstands the one visit that took all morning. Below five measured visits, or with no
    counter open, there is no honest number.
    """
    if len(serving_ms) < ENOUGH_SAMPLES or counters < 1:
        return None
    rounds = ahead / counters
    return round(rounds * median(serving_ms) / 60_000)
