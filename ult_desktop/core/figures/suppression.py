"""The suppression of small numbers of people: one of three may be recognised."""

from collections.abc import Sequence


def hide_small(counts: Sequence[int], least: int) -> tuple[int | None, ...]:
    """Return `counts` with None for what is below `least`; nought hides nobody and stays.

    One that is hidden alone could be computed from the sum: then the next smallest is hidden with it.
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < least}
    if len(hidden) == 1:
        others = [place for place, count in enumerate(counts) if count and place not in hidden]
        hidden |= set(sorted(others, key=lambda place: counts[place])[:1])
    return tuple(None if place in hidden else count for place, count in enumerate(counts))
