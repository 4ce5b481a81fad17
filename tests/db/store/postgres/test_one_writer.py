"""One writes at a time: who waits, for how long, and how long one may hold the lock."""

import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests import engines
from tests.cluster import name_in
from ult_desktop.db.store import store as module
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.server_address import address_in
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction

pytestmark = pytest.mark.posix_only("postgresql")


def pause(tx: Transaction) -> str:
    return str(tx.value("SELECT kiosk_pause FROM office"))


def test_one_writes_at_a_time(place: Path) -> None:
    """Each adds one to what it read, many times."""

    def work() -> None:
        with closing(Store(place)) as mine:
            for _round in range(20):
                mine.write(lambda tx: tx.run("UPDATE office SET kiosk_pause = ?", f"{pause(tx)}i"))

    workers = [threading.Thread(target=work) for _each in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    with closing(Store(place)) as store:
        assert store.read(pause) == "i" * 60


def test_a_long_write_over_a_slow_line_is_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock on a file could have gone meanwhile; a server's holds."""
    awake, spent = module._seconds_with_sleep, [0.0]
    monkeypatch.setattr(module, "_seconds_with_sleep", lambda: awake() + spent[0])

    def slow(tx: Transaction) -> None:
        tx.run("UPDATE office SET kiosk_pause = kiosk_pause || 'i'")
        spent[0] += 8

    with closing(Store(place)) as store:
        store.write(slow)
        assert store.read(pause) == "i"


def test_who_waits_too_long_is_told_who_holds_it(place: Path) -> None:
    """Another account of the server is told too."""
    station = engines.as_station(place, "counter")
    with closing(Store(place, station="loket-7")) as holder, closing(Store(station, timeout_s=0)) as waiting:
        holder.on_connection(lambda link: link.execute("BEGIN IMMEDIATE"))
        with pytest.raises(ShareUnreachable, match="sedang dipakai loket-7 terlalu lama"):
            waiting.write(lambda tx: tx.run("UPDATE office SET kiosk_pause = ''"))


def test_who_waits_long_keeps_their_place(place: Path) -> None:
    done: list[str] = []

    def write(name: str) -> None:
        with closing(Store(place, station=name)) as store:
            store.write(lambda _tx: done.append(name))

    with closing(engine_at(place).open(place)) as held:
        held.execute("BEGIN IMMEDIATE")
        first = threading.Thread(target=write, args=("first",))
        first.start()
        await_queue(place, 1, seconds=1.5)
        second = threading.Thread(target=write, args=("second",))
        second.start()
        await_queue(place, 2)
        held.execute("COMMIT")
        first.join()
        second.join()
    assert done == ["first", "second"]


def await_queue(place: Path, people: int, seconds: float = 0.0) -> None:
    """Until so many wait for the one writer's lock, and somebody for so long without a break."""
    name = name_in(address_in(place))
    waits = (
        "SELECT extract(epoch FROM clock_timestamp() - waitstart)::float FROM pg_locks"
        f" WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = '{name}')"
    )
    waiting: list[float] = []
    deadline = time.monotonic() + 30
    while len(waiting) != people or max(waiting) < seconds:
        assert time.monotonic() < deadline, "nobody waited in one place for so long"
        time.sleep(0.01)
        waiting = [waited or 0.0 for (waited,) in engines.server().run(waits)]
