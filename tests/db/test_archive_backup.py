"""What of the archives lies beside the backups, and which backup may not go before that."""

import shutil
from pathlib import Path

import msgspec
import pytest

from tests.operations.years import Years, some_years
from ult_desktop.core.archive import Archive, ArchiveState
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db import archive_backup, archive_file, archives, backup_folder
from ult_desktop.operations import archiving as series
from ult_desktop.operations.archiving import Job, archive_year

pytestmark = pytest.mark.usefixtures("windows_files")


class PowerCut(Exception):
    """The archiving ends here."""


@pytest.fixture
def years(office_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Years:
    monkeypatch.setattr(series, "PAUSE_S", (0, 0))
    found = Years(office_file, tmp_path)
    some_years(found)
    return found


def cut_off(years: Years, *, begun: bool = False) -> Archive:
    """Begun and no further, or with the log gone and the rows still there."""

    def cut(words: str) -> None:
        if begun and words.startswith("Memindahkan"):
            raise PowerCut

    def step(*_done: int) -> None:
        raise PowerCut

    with pytest.raises(PowerCut):
        archive_year(years.scene.office, years.admin, Job(year=2023, place=years.disk), cut, step)
    (archive,) = years.known()
    return archive


def back_up(years: Years, days: int) -> backup_folder.Made:
    return backup_folder.make(years.scene.path, years.disk, years.scene.clock.now + days * DAY_MS)


def test_what_has_left_nowhere_yet_needs_no_copy(years: Years) -> None:
    """Not even when its file is gone: the backup itself has everything."""
    archive = cut_off(years, begun=True)
    archives.path_of(years.scene.path, 2023).unlink()
    made = back_up(years, 1)
    assert archive_backup.has_all(made.path, archive)
    assert not archive_backup.place_of(made.path.parent, archive).exists()
    years.archive(2023)
    years.scene.close()


def test_what_is_on_its_way_is_copied_each_time_and_its_last_whole_backup_stays(years: Years) -> None:
    first = back_up(years, -1).path
    archive = cut_off(years)
    made = back_up(years, 500)
    place = archive_backup.place_of(made.path.parent, archive)
    place.write_bytes(b"an earlier one")
    assert back_up(years, 1000).removed == (made.path,)
    assert place.read_bytes() == archives.path_of(years.scene.path, 2023).read_bytes()
    assert not archive_backup.has_all(made.path.parent / "gone.db", archive)
    kept = [each.path for each in backup_folder.listed(first.parent)]
    (whole,) = (path for path in kept if archive_backup.has_all(path, archive))
    years.archive(2023)
    assert not whole.exists()
    years.scene.close()


def test_the_copy_of_what_was_on_its_way_gives_way_to_the_finished_one(years: Years) -> None:
    """At its end what was changed meanwhile leaves the archive: it is another file then."""
    archive = cut_off(years)
    place = archive_backup.place_of(back_up(years, 1).path.parent, archive)
    half = place.read_bytes()
    years.force("UPDATE visit SET remark = 'x' WHERE id = 1")
    done = years.archive(2023).archive
    assert (done.state, place.read_bytes() == half) == (ArchiveState.DONE, False)
    assert archive_backup.bring_back(place.parent.parent, years.scene.path, back_up(years, 2).path) == 0
    years.scene.close()


def test_an_older_history_of_the_same_year_is_no_whole_backup(years: Years) -> None:
    """The office was restored, and the year is archived anew under another token."""
    archive = cut_off(years)
    half = back_up(years, 1).path
    other = msgspec.structs.replace(archive, facts=msgspec.structs.replace(archive.facts, token="0" * 32))
    assert not archive_backup.has_all(half, other)
    source, target = archives.path_of(years.scene.path, 2023), years.disk / "other.db"
    with pytest.raises(archive_file.BadArchive, match="bukan berkas yang dibuat waktu itu"):
        archive_backup.bring(source, target, other)
    assert not target.exists()
    years.scene.close()


def test_a_former_copy_stays_while_a_backup_knows_it(years: Years) -> None:
    """After a restore from before it the year is archived anew, under another token."""
    old = years.disk / "before.db"
    shutil.copyfile(years.scene.path, old)
    known = years.archive(2023).archive
    former = archive_backup.place_of(back_up(years, 1).path.parent, known)
    years.scene.office.close()
    shutil.copyfile(old, years.scene.path)
    years.reopen()
    fresh = archive_backup.place_of(former.parent.parent, years.archive(2023).archive)
    strange = former.with_name("2023 simpan.db")
    shutil.copyfile(former, strange)
    back_up(years, 20)
    assert {former, fresh, strange} == set(former.parent.iterdir())
    torn = former.parent.parent / "office-20250102T000000Z.db"
    torn.touch()
    back_up(years, 500)
    assert former.exists(), "what cannot be read may know it"
    torn.unlink()
    with former.open("rb"):
        back_up(years, 501)
    assert former.exists(), "somebody reads in it"
    back_up(years, 502)
    assert {fresh, strange} == set(former.parent.iterdir())
    years.scene.close()
