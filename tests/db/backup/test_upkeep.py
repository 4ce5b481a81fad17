"""The station that takes care of the file: one at a time, and never nobody for long."""

import pytest

from ult_desktop.db.backup import upkeep
from ult_desktop.db.store.store import Store

pytestmark = pytest.mark.file_only("copies")

NOW = 1_000_000_000


def take(store: Store, holder: str, now: int = NOW) -> bool:
    return store.write(lambda tx: upkeep.take_lease(tx, upkeep.BACKUP, holder, now))


def test_one_has_it_until_it_is_given_back(store: Store) -> None:
    assert take(store, "loket-1")
    assert not take(store, "loket-2")
    assert take(store, "loket-1"), "after a restart it is still its own"
    store.write(lambda tx: upkeep.release_lease(tx, upkeep.BACKUP, "loket-2"))
    assert not take(store, "loket-2"), "nobody gives back what is another's"
    assert store.read(lambda tx: upkeep.holder_of(tx, upkeep.BACKUP)) == "loket-1"
    store.write(lambda tx: upkeep.release_lease(tx, upkeep.BACKUP, "loket-1"))
    assert take(store, "loket-2")
    assert store.read(lambda tx: upkeep.holder_of(tx, upkeep.CHECK)) == ""


def test_a_dead_holder_loses_it(store: Store) -> None:
    assert take(store, "loket-1")
    assert not take(store, "loket-2", NOW + upkeep.LEASE_MS)
    assert take(store, "loket-2", NOW + upkeep.LEASE_MS + 1)


def test_a_failure_leaves_the_last_success_on_record(store: Store) -> None:
    store.write(lambda tx: upkeep.record_success(tx, upkeep.BACKUP, "loket-1", NOW, "E:/cadangan/a.db"))
    store.write(lambda tx: upkeep.record_failure(tx, upkeep.BACKUP, "loket-1", NOW + 5, "Disk penuh."))
    store.write(lambda tx: upkeep.record_failure(tx, upkeep.BACKUP, "loket-2", NOW + 6, "Disk tidak ada."))
    store.write(lambda tx: upkeep.record_success(tx, upkeep.CHECK, "loket-2", NOW))
    first, second = store.read(lambda tx: upkeep.all_of(tx, upkeep.BACKUP))
    assert (first.station, first.done_at, first.tried_at) == ("loket-1", NOW, NOW + 5)
    assert (first.place, first.trouble) == ("E:/cadangan/a.db", "Disk penuh.")
    assert (second.done_at, second.trouble) == (0, "Disk tidak ada.")
    store.write(lambda tx: upkeep.record_success(tx, upkeep.BACKUP, "loket-2", NOW + 7))
    assert [row.trouble for row in store.read(lambda tx: upkeep.all_of(tx, upkeep.BACKUP))] == [
        "",
        "Disk penuh.",
    ]
