"""The expected wait, from what was measured; silence rather than a guess."""

from collections.abc import Collection, Mapping, Sequence
from statistics import median

from ult_desktop.core.stamps import MINUTE_MS

MIN_SAMPLES = 5


def expected_wait(ahead: float, serving_ms: Sequence[int], counters: int) -> int | None:
    """Minutes until a new visitor is called, or None when nothing sound can be said.

    Args:
        ahead: people whom the service's counters will call before, see `shared_load`.
        serving_ms: recent serving times of the service in milliseconds (arrived → done).
        counters: counters open for the service now.

    The median withstands the one visit that took all morning. Below five measured visits, or with no
    counter open, there is no honest number.
    """
    if len(serving_ms) < MIN_SAMPLES or counters < 1:
        return None
    rounds = ahead / counters
    return round(rounds * median(serving_ms) / MINUTE_MS)


def shared_load(
    service_id: int, waiting: Mapping[int, int], open_counters: Sequence[Collection[int]]
) -> float:
    """How many of the people waiting fall to the counters that are open for a service.

    Args:
        service_id: the service.
        waiting: people waiting, by service.
        open_counters: the services of each open counter.

    A counter for several services takes people of all of them, so they delay one another. Those who can
    also go elsewhere count by the share of their counters that serve this service too.
    """
    mine = [serves for serves in open_counters if service_id in serves]
    load = 0.0
    for other, people in waiting.items():
        places = sum(other in serves for serves in open_counters)
        if places:
            load += people * sum(other in serves for serves in mine) / places
    return load
