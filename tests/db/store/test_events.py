"""The log: one event after the other, chained, found by its request."""

from tests.db.rows import event, log_after
from ult_desktop.core.event import GENESIS, chain_hash
from ult_desktop.db.store import events
from ult_desktop.db.store.store import Store


def test_events_follow_each_other_in_one_chain(store: Store) -> None:
    assert store.read(events.last_seq) == 0
    first, second = (
        store.write(lambda tx, n=n: events.append(tx, event(f"r{n}", f"loket-{n}")))  # type: ignore[misc]
        for n in (1, 2)
    )
    assert (first.seq, second.seq) == (1, 2)
    assert store.read(events.last_seq) == 2
    chain = store.read(lambda tx: tx.column("SELECT chain FROM event ORDER BY seq"))
    assert chain == [one := chain_hash(GENESIS, first), chain_hash(one, second)]
    assert store.read(lambda tx: log_after(tx, 0)) == (first, second)
    assert store.read(lambda tx: log_after(tx, 1)) == (second,)


def test_a_request_is_known_by_what_it_did(store: Store) -> None:
    store.write(lambda tx: events.append(tx, event("r1", subject=7)))
    assert store.read(lambda tx: events.result_of(tx, "r1")) == 7
    assert store.read(lambda tx: events.result_of(tx, "r2")) is None
