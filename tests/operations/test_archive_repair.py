"""Archives and the rebuilding of an office: what is gone comes back, nothing is doubled."""

import shutil
from pathlib import Path

import pytest

from tests.operations.years import Years
from ult_desktop.core.archive import ArchiveState
from ult_desktop.core.asks import CloseDay
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db import archives, backup_folder, documents
from ult_desktop.operations import archive_reading
from ult_desktop.operations.restoring import Wish, restore, verdict_on

pytestmark = pytest.mark.usefixtures("windows_files")


def wish(years: Years, source: Path, own: Path | None = None) -> Wish:
    return Wish(
        office_file=years.scene.path,
        source=source,
        own=own or years.scene.path.parent / "none",
        force=True,
        now=years.scene.clock.now,
        station="uji",
    )


def test_an_archive_that_is_gone_is_missed_and_comes_back_with_a_restore(years: Years) -> None:
    years.archive(2023)
    path = archives.path_of(years.scene.path, 2023)
    path.unlink()
    assert [found.check for found in verdict_on(years.scene.path).findings] == ["archive_missing"]
    years.scene.office.close()
    assert restore(wish(years, years.disk)).verdict.ok
    assert path.is_file()
    years.reopen()
    assert list(archive_reading.findings(years.scene.office)) == []


def test_an_office_comes_back_without_an_archive_that_nobody_has(years: Years) -> None:
    years.archive(2023)
    path = archives.path_of(years.scene.path, 2023)
    (copy,) = years.disk.glob("*/arsip/2023-*.db")
    whole = path.rename(path.with_name("away.db"))
    copy.unlink()
    years.scene.office.close()
    verdict = restore(wish(years, years.disk)).verdict
    assert [found.check for found in verdict.findings] == ["archive_missing"]
    whole.rename(path)
    years.reopen()


def test_letters_come_back_with_the_archive_that_names_them(years: Years) -> None:
    """The share's own file, or its copy where that is gone; where neither can be read all of them do."""
    years.archive(2023)
    path, letters = archives.path_of(years.scene.path, 2023), documents.folder_of(years.scene.path)
    (copy,) = years.disk.glob("*/arsip/2023-*.db")
    nobodys = copy.parent.parent / "berkas" / "ab" / ("ab" * 32)
    nobodys.parent.mkdir(exist_ok=True)
    nobodys.write_bytes(b"%PDF")
    years.scene.office.close()
    everyones = {each.name for each in letters.glob("*/*")}

    def come_back() -> set[str]:
        shutil.rmtree(letters)
        restore(wish(years, years.disk))
        return {each.name for each in letters.glob("*/*")}

    assert come_back() == everyones
    path.unlink()
    assert come_back() == everyones
    whole = path.rename(path.with_name("away.db"))
    copy.write_bytes(b"rusak")
    assert come_back() == {*everyones, nobodys.name}
    whole.rename(path)
    years.reopen()


def test_an_office_restored_from_before_it_is_archived_again(years: Years) -> None:
    """The backup knows of no archive: the file that lies there gets another name, nothing is doubled."""
    old = backup_folder.make(years.scene.path, years.disk, years.scene.clock.now - DAY_MS).path
    years.archive(2023)
    years.scene.office.close()
    assert restore(wish(years, old)).verdict.ok
    years.reopen()
    assert len(years.names()) == 5
    assert years.archive(2023).archive.state is ArchiveState.DONE
    found = years.in_archive(2023, "SELECT name FROM guest ORDER BY name")
    assert found == [("Ani Guru",), ("Budi Kepala",)]
    assert len(list(archives.folder_of(years.scene.path).glob("2023.lama-*.db"))) == 1
    assert archive_reading.years_in(years.scene.path) == (2023,)


def test_an_archive_is_not_replayed_but_made_again(years: Years, tmp_path: Path) -> None:
    """The share is lost with its archives, and the backup is older: begun by a journal it would not end."""
    old = backup_folder.make(years.scene.path, years.disk, years.scene.clock.now - DAY_MS).path
    years.archive(2023)
    years.scene.set_time("2026-11-24 16:00")
    years.desks.do(CloseDay(reason="Tutup"), "admin")
    years.scene.office.close()
    own = tmp_path / "pc"
    own.mkdir()
    years.scene.path.with_name("journal-uji.db").rename(own / "journal-uji.db")
    years.scene.path.unlink()
    shutil.rmtree(archives.folder_of(years.scene.path))
    came = restore(wish(years, old, own))
    assert [line.name for line in came.replayed.refused] == ["BeginArchive", "EndArchive"]
    assert "ult-desktop archive" in came.replayed.refused[0].why
    assert "CloseDay" in [line.name for line in came.replayed.done]
    assert (came.replayed.lost, came.verdict.findings) == (0, ())
    years.reopen()
    assert years.archive(2023).archive.state is ArchiveState.DONE
    assert years.archive(2024).archive.state is ArchiveState.DONE
    assert verdict_on(years.scene.path).findings == ()
