"""A file that takes long to read is copied when nobody waits; until then the journals go to the disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clocks import undoubted
from tests.db.other_process import other_process, tell
from tests.operations.town import Town
from ult_desktop.base.errors import UserError
from ult_desktop.db.backup import backup, backup_folder, upkeep
from ult_desktop.db.backup.upkeep import UpkeepRecord
from ult_desktop.db.store.store import Store
from ult_desktop.operations.backup import backing_up
from ult_desktop.operations.backup.backing_up import LONGEST_WAIT_MS, back_up, carry, is_nightly

pytestmark = pytest.mark.file_only("copies")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    stands = Town(tmp_path)
    yield stands
    stands.close()


def copied(station: str, reading_ms: int, done_at: int = 1) -> UpkeepRecord:
    return UpkeepRecord(
        task=upkeep.BACKUP, station=station, done_at=done_at, tried_at=1, reading_ms=reading_ms
    )


def test_each_pc_goes_by_its_own_speed_and_a_new_one_by_the_last_copy() -> None:
    fast, slow = copied("loket-1", LONGEST_WAIT_MS), copied("loket-2", LONGEST_WAIT_MS + 1)
    rows = (fast, slow)
    assert [is_nightly(rows, name) for name in ("loket-1", "loket-2", "loket-3")] == [False, True, False]
    assert is_nightly((slow, fast))
    assert not is_nightly(())
    assert not is_nightly((copied("loket-1", 0),)), "one from before this was measured"


@pytest.fixture
def writer(town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Write as another station, acknowledged in every pause of a copy."""
    right, number = backup.copy_online, iter(range(1000))
    monkeypatch.setattr(backup, "STEP_PAGES", 8)
    with other_process("obey", town.path) as desk:

        def copy(source: Path, target: Path, _between: object, longest_s: float) -> int:
            return right(source, target, lambda: _write(f"r{next(number)}"), longest_s)

        def _write(request: str) -> None:
            assert tell(desk, request) == "written"

        monkeypatch.setattr(backup, "copy_online", copy)
        yield


@pytest.mark.usefixtures("writer")
def test_a_copy_that_would_keep_others_waiting_is_left_and_measured(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "LONGEST_WAIT_MS", 0)
    store = Store(town.path)
    with pytest.raises(backup.KeepsOthersWaiting, match="semua stasiun menunggu") as told:
        back_up(store, town.disk, "loket-1", undoubted(town.now))
    assert "backup --now" in told.value.todo
    (row,) = store.read(lambda tx: upkeep.all_of(tx, upkeep.BACKUP))
    assert (row.done_at, row.trouble, row.reading_ms) == (0, "", told.value.reading_ms)
    assert list(town.disk.rglob("*.db*")) == []
    made = back_up(store, town.disk, "loket-1", undoubted(town.now), alone=True)
    (row,) = store.read(lambda tx: upkeep.all_of(tx, upkeep.BACKUP))
    assert (row.done_at > 0, row.place, row.reading_ms) == (True, str(made.path), made.reading_ms)
    store.close()


def test_carrying_is_on_record_and_done_by_one_at_a_time(town: Town, tmp_path: Path) -> None:
    store = Store(town.path)
    carry(store, town.disk, "loket-1", undoubted(town.now))
    with pytest.raises(UserError, match="usb tidak ada") as told:
        carry(store, tmp_path / "usb", "loket-2", undoubted(town.now))
    rows = store.read(lambda tx: upkeep.all_of(tx, upkeep.JOURNALS))
    home = backup_folder.office_folder(town.disk, town.path, town.uid)
    assert [(row.station, row.place, row.trouble) for row in rows] == [
        ("loket-1", str(home), ""),
        ("loket-2", "", told.value.what),
    ]
    store.write(lambda tx: upkeep.take_lease(tx, upkeep.JOURNALS, "loket-3", town.now))
    with pytest.raises(backing_up.BackupUnderWay, match="loket-3"):
        carry(store, town.disk, "loket-1", undoubted(town.now))
    store.close()
