"""The chain over the event log: any change, loss or insertion shows."""

import msgspec
import pytest

from ult_desktop.core.event import GENESIS, Event, chain_hash

EVENT = Event(
    seq=1, at=2, station="kios", officer_id=None, kind="ticket.issued", area="queue", subject=3, data="{}",
    request="r",
)  # fmt: skip
OTHERS = {
    "seq": 2, "at": 3, "station": "loket", "officer_id": 1, "kind": "k", "area": "a", "subject": 4,
    "data": "[]", "request": "s",
}  # fmt: skip


def test_the_same_row_after_the_same_row_has_the_same_hash() -> None:
    assert chain_hash(GENESIS, EVENT) == chain_hash(GENESIS, msgspec.structs.replace(EVENT))
    assert len(chain_hash(GENESIS, EVENT)) == len(GENESIS) == 64


@pytest.mark.parametrize("field", Event.__struct_fields__)
def test_every_field_counts(field: str) -> None:
    changed = msgspec.structs.replace(EVENT, **{field: OTHERS[field]})
    assert chain_hash(GENESIS, changed) != chain_hash(GENESIS, EVENT)


def test_what_stood_before_counts() -> None:
    assert chain_hash("1" * 64, EVENT) != chain_hash(GENESIS, EVENT)


def test_the_hash_is_kept_for_ever() -> None:
    """A changed formula would make every office's old log look forged."""
    assert chain_hash(GENESIS, EVENT) == "ec09b710b35da799b7c8d6ba35d21d3552f94ac887f244207ce0532224799d6a"
