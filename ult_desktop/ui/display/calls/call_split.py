"""Which of the last calls stand large, and which small."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from ult_desktop.core.queue.boards import Call

PER_PLACE = 4
"""So many small ones take the place of a large one."""

_MOST_GIVEN_UP = 2


@dataclass(frozen=True)
class CallSplit:
    """Newest first in both; `places` is how many large places the small ones take."""

    large: tuple[Call, ...] = ()
    small: tuple[Call, ...] = ()
    places: int = 0


def split_calls(calls: Sequence[Call], still_open: Container[int], places: int) -> CallSplit:
    """The newest calls large; older ones small, but only those whose visitor is still expected.

    Args:
        calls: newest first.
        still_open: ids of the tickets that a counter has now.
        places: how many large ones there is room for.
    """
    split = CallSplit(tuple(calls[:places]))
    if not any(call.ticket_id in still_open for call in calls[places:]):
        return split
    for given_up in range(1, min(_MOST_GIVEN_UP, places // 2) + 1):
        small = [call for call in calls[places - given_up :] if call.ticket_id in still_open]
        split = CallSplit(tuple(calls[: places - given_up]), tuple(small[: given_up * PER_PLACE]), given_up)
        if len(small) <= given_up * PER_PLACE:
            break
    return split
