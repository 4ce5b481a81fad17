"""Stamps that have not come yet: looked for at the log's end alone, however long the log is."""

from pathlib import Path

import pytest

from tests.db.plan_judge import faults
from tests.office import trace_statements
from ult_desktop.core.event import Event
from ult_desktop.core.office_time import NEAR_MS
from ult_desktop.core.stamps import on_this_pc
from ult_desktop.db.backup import future_stamps
from ult_desktop.db.store import connection, events
from ult_desktop.db.store.store import Store

pytestmark = pytest.mark.file_only("copies")

NOW = 1_795_400_000_000


def write(store: Store, station: str, at: int) -> None:
    event = Event(
        seq=0,
        at=at,
        station=station,
        officer_id=None,
        kind="ticket.issued",
        area="queue",
        subject=1,
        data="{}",
        request=f"{station} {at}",
    )
    store.write(lambda tx: events.append(tx, event))


def told(store: Store) -> list[str]:
    return [each.words for each in future_stamps.all_of(store.read, NOW)]


def test_the_last_of_each_station_at_the_end_of_the_log(
    office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, ahead = Store(office_file), NOW + NEAR_MS + 1
    for station, at in (("a", ahead), ("b", NOW + NEAR_MS), ("a", ahead + 9_000), ("c", ahead), ("b", NOW)):
        write(store, station, at)
    assert told(store) == [
        f"catatan 3 dari a: waktu yang belum tiba, {on_this_pc(ahead + 9_000)}",
        f"catatan 4 dari c: waktu yang belum tiba, {on_this_pc(ahead)}",
    ]
    monkeypatch.setattr(future_stamps, "LATEST_ENTRIES", 2)
    assert [each[:16] for each in told(store)] == ["catatan 4 dari c"]
    store.close()


def test_it_does_not_walk_through_history(office_file: Path) -> None:
    link, said = connection.open_file(office_file), set[str]()
    store = Store(office_file)
    trace_statements(store, said.add)
    told(store)
    queries = [sql for sql in said if sql.startswith("SELECT") and "event" in sql]
    assert queries
    assert [faults(link, sql) for sql in queries] == [[] for _sql in queries]
    store.close()
    link.close()
