"""A file that takes long to copy: journals every hour, the file itself when the office is closed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.backup.test_upkeep import UpkeepScene
from ult_desktop.db.backup import backup_folder, carrying, journals, upkeep
from ult_desktop.db.store.store import Store
from ult_desktop.operations.backup import backing_up

pytestmark = [pytest.mark.usefixtures("windows_files"), pytest.mark.file_only("copies")]


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[UpkeepScene]:
    """A file that takes longer to read than anybody may wait."""
    monkeypatch.setattr(backing_up, "LONGEST_WAIT_MS", 0)
    care = UpkeepScene(tmp_path)
    at, store = care.clock.now, Store(care.path)
    store.write(lambda tx: upkeep.record_success(tx, upkeep.BACKUP, "loket-1", at, "E:/a.db", 1))
    store.close()
    care.scene.take()
    care.scene.office.settle()
    yield care
    care.close()


@pytest.mark.slow
def test_of_a_large_file_the_journals_go_every_hour_and_the_file_at_night(large: UpkeepScene) -> None:
    desk, other = large.keeper("uji", large.disk), large.keeper("loket-2", large.path.parent / "usb")
    (large.path.parent / "usb").mkdir()
    for hour in range(4):
        large.scene.set_time(f"2026-11-23 {10 + hour}:00")
        large.scene.take()
        large.scene.office.settle()
        assert (desk.do_due_jobs(), other.do_due_jobs()) == ((), ())
        at = large.clock.now
        assert large.rows(upkeep.JOURNALS) == [("loket-2", at, ""), ("uji", at, "")]
    assert large.backups() == 0
    for place in (large.disk, large.path.parent / "usb"):
        (home,) = backup_folder.office_folders(place)
        carried = list(journals.read_day_files(carrying.journals_in(home)))
        assert [entry.name for entry in carried] == ["IssueTicket"] * 5
    large.scene.set_time("2026-11-23 20:00")
    assert (desk.do_due_jobs(), other.do_due_jobs()) == ((), ())
    assert [len(list(place.rglob("*.db"))) for place in (large.disk, large.path.parent / "usb")] == [1, 1]
    assert desk.do_due_jobs() == ()
    assert large.backups() == 1, "once a night"


def test_a_large_file_that_is_never_left_alone_is_told_of(large: UpkeepScene) -> None:
    desk, told = large.keeper("loket-1", large.disk), list[str]()
    for day, troubles in ((23, 0), (25, 0), (27, 1)):
        large.scene.set_time(f"2026-11-{day} 11:00")
        large.scene.take()
        told += [trouble.todo for trouble in desk.do_due_jobs() if "terakhir disalin" in trouble.what]
        assert len(told) == troubles
    assert "sesudah jam layanan" in told[0]
    assert large.backups() == 0
