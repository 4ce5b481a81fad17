"""Retention reaches into archives: what is due goes, the rest stays as it was, `verify` stays clean."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.operations.years import Years, keep
from ult_desktop.core.archive_asks import BeginArchiveErasure, EndArchiveChange
from ult_desktop.core.command import Ask
from ult_desktop.core.personal import BY_SCHEDULE
from ult_desktop.core.retention import RetentionRun
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db import (
    archive_erasing,
    archive_file,
    archives,
    backup,
    backup_folder,
    document_backup,
    documents,
)
from ult_desktop.db.archive_changes import Known
from ult_desktop.db.archive_erasing import Prepared
from ult_desktop.db.documents import NO_FILE
from ult_desktop.db.retention import Sweep
from ult_desktop.errors import UserError
from ult_desktop.operations import archive_erasing as steps
from ult_desktop.operations import archive_lease, archive_reading, retention
from ult_desktop.operations.archive_repair import bring_archive_back
from ult_desktop.operations.restoring import Wish, restore, verdict_on

pytestmark = pytest.mark.usefixtures("windows_files")
PEOPLE = ("Ani Guru", "Budi Kepala")


class PowerCut(BaseException):
    """The run ends here."""


def run(years: Years, told: list[str] | None = None) -> RetentionRun:
    return retention.run(years.scene.office, years.admin, (told if told is not None else []).append)


def file_of(years: Years) -> Path:
    return archives.path_of(years.scene.path, 2023)


def known(years: Years) -> Known:
    (one,) = steps.known(years.scene.office)
    return one


def findings(years: Years) -> list[str]:
    return [found.detail for found in archive_reading.findings(years.scene.office)]


def due(years: Years) -> dict[int, int]:
    found = steps.due_in(steps.known(years.scene.office), retention.sweep_now(years.scene.office))
    return {each.year: each.total for each in found}


def is_empty(path: Path) -> bool:
    content = path.read_bytes()
    return not any(name.encode() in content for name in (*PEOPLE, "Tunjangan belum cair", "Sudah dicairkan"))


def scans(years: Years) -> set[str]:
    return {path.name for path in documents.folder_of(years.scene.path).rglob("*/*")}


def beside(years: Years) -> list[str]:
    return sorted(each.name for each in file_of(years).parent.iterdir())


def test_what_is_due_goes_and_what_is_counted_stays(archived: Years) -> None:
    years = archived
    rows = years.in_archive(2023, "SELECT count(*) FROM visit UNION ALL SELECT count(*) FROM event")
    assert due(years) == {2023: 20}
    assert not is_empty(file_of(years))
    done = run(years)
    assert done.archived == {"2023": 20}
    assert done.files == 3  # two of 2023, and one in the office file whose case is over
    assert is_empty(file_of(years))
    assert years.in_archive(2023, "SELECT DISTINCT name FROM guest") == [(BY_SCHEDULE,)]
    assert years.in_archive(2023, "SELECT DISTINCT sha256 FROM document") == [(NO_FILE,)]
    assert rows == years.in_archive(2023, "SELECT count(*) FROM visit UNION ALL SELECT count(*) FROM event")
    assert (due(years), findings(years), beside(years)) == ({}, [], ["2023.db"])
    assert verdict_on(years.scene.path).findings == ()
    assert years.names() == {"Dewi Dinas", BY_SCHEDULE, "Eka Guru", "Fani Guru"}  # the open case is not over


def test_the_log_says_how_many_and_whose_hash_and_no_more(archived: Years) -> None:
    run(archived)
    events = archived.rows("SELECT kind, area, subject, data FROM event ORDER BY seq DESC LIMIT 3")
    assert [kind for kind, *_rest in events] == ["retention.run", "archive.erased", "archive.changing"]
    _kind, area, year, data = events[1]
    digest = archived.in_archive(2023, "SELECT digest FROM archive")[0][0]
    said = msgspec.json.decode(str(data))
    assert (area, year, said["digest"]) == ("archive", 2023, digest)
    assert sum(said["counts"].values()) == 20
    assert archived.known()[0].facts.digest == digest


def test_a_second_run_writes_no_archive(archived: Years) -> None:
    run(archived)
    before = file_of(archived).read_bytes()
    assert run(archived).archived == {}
    assert file_of(archived).read_bytes() == before


def test_the_next_backup_carries_it_in_the_place_of_the_old_one(archived: Years) -> None:
    (copy,) = archived.disk.glob("*/arsip/2023-*.db")
    assert not is_empty(copy)
    run(archived)
    backup_folder.make(archived.scene.path, archived.disk, archived.scene.clock.now)
    assert is_empty(copy)
    assert copy.read_bytes() == file_of(archived).read_bytes()


def test_its_scans_leave_the_disk_with_the_last_backup_that_has_their_row(archived: Years) -> None:
    """In the file of the year they lost theirs; the backup from before it was archived still has them."""

    def on_disk() -> set[str]:
        return {path.name for path in archived.disk.glob("*/berkas/*/*")}

    def back_up(days: int) -> Path:
        later = archived.scene.clock.now + days * DAY_MS
        return backup_folder.make(archived.scene.path, archived.disk, later).path

    of_2023 = {str(sha) for (sha,) in archived.in_archive(2023, "SELECT sha256 FROM document")}
    back_up(0)
    assert of_2023 < on_disk()
    run(archived)
    newest = back_up(40)
    assert of_2023 < on_disk()
    assert document_backup.bring_back(newest.parent, archived.scene.path, newest) == 0
    newest = back_up(500)
    assert on_disk() == scans(archived)
    shutil.rmtree(documents.folder_of(archived.scene.path))
    restored_from(archived, newest)
    assert scans(archived) == on_disk()


def step_names() -> list[tuple[object, str]]:
    """Whatever a run does about an archive, one after the other."""
    return [
        (shutil, "copyfile"),
        (archive_erasing, "_prepare"),
        (backup, "sync_file"),
        (steps, "begin"),
        (archive_erasing, "put"),
        (backup, "sync_folder"),
        (steps, "end"),
    ]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("number", range(7))
def test_cut_off_at_any_step_the_next_run_does_it(
    archived: Years, monkeypatch: pytest.MonkeyPatch, number: int, after: bool
) -> None:
    holder, name = step_names()[number]
    true = getattr(holder, name)

    def cut(*arguments: object, **more: object) -> None:
        if after:
            true(*arguments, **more)
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(holder, name, cut)
        with pytest.raises(PowerCut):
            run(archived)
    assert findings(archived) == []  # the old whole file or the new whole one
    run(archived)
    assert is_empty(file_of(archived))
    assert (due(archived), findings(archived), beside(archived)) == ({}, [], ["2023.db"])
    kinds = [kind for (kind,) in archived.rows("SELECT kind FROM event")]
    assert kinds.count("archive.erased") == 1
    assert scans(archived) == {
        sha for (sha,) in archived.rows(f"SELECT sha256 FROM document WHERE sha256 <> '{NO_FILE}'")
    }


def restored_from(years: Years, source: Path) -> None:
    """The office file alone came back: its folder of archives is as it was."""
    years.scene.office.close()
    wish = Wish(
        office_file=years.scene.path,
        source=source,
        own=years.scene.path.parent / "none",
        force=True,
        now=years.scene.clock.now,
        station="uji",
    )
    assert restore(wish).verdict.ok
    years.reopen()
    keep(years.scene.path, 12)


def test_an_office_from_before_it_takes_the_emptied_archive_for_its_own(archived: Years) -> None:
    old = backup_folder.make(archived.scene.path, archived.disk, archived.scene.clock.now - DAY_MS).path
    run(archived)
    restored_from(archived, old)
    (found,) = findings(archived)
    assert "lebih baru daripada berkas kantor" in found
    run(archived)
    assert findings(archived) == []
    assert is_empty(file_of(archived))


def test_a_copy_from_before_it_is_due_again(archived: Years, tmp_path: Path) -> None:
    (copy,) = archived.disk.glob("*/arsip/2023-*.db")
    other = tmp_path / "disk lama" / copy.parent.parent.name
    shutil.copytree(copy.parent.parent, other)
    run(archived)
    bring_archive_back(archived.scene.office, 2023, other)
    (aside,) = file_of(archived).parent.glob("2023.rusak-*.db")
    aside.unlink()
    assert "memuat lagi yang sudah dihapus" in findings(archived)[0]
    assert due(archived) == {2023: 20}
    run(archived)
    assert (findings(archived), is_empty(file_of(archived))) == ([], True)
    bring_archive_back(archived.scene.office, 2023, other)
    keep(archived.scene.path)  # nothing is due any more: the copy is known for what it is
    run(archived)
    checks = {found.check for found in archive_reading.findings(archived.scene.office)}
    assert checks == {"document_missing"}  # scans that went come back with no copy of an archive


def test_one_that_is_damaged_or_another_is_told_and_the_run_goes_on(archived: Years) -> None:
    years = archived
    keep(years.scene.path)
    years.archive(2024)
    keep(years.scene.path, 12)
    whole = file_of(years).read_bytes()
    for content in (b"rusak", archives.path_of(years.scene.path, 2024).read_bytes()):
        file_of(years).write_bytes(content)
        told: list[str] = []
        done = run(years, told)
        assert done.ended_at is not None
        assert "tidak utuh" in told[0]
    assert years.in_archive(2024, "SELECT DISTINCT name FROM guest") == [(BY_SCHEDULE,)]
    with closing(sqlite3.connect(file_of(years))) as link:
        file_of(years).write_bytes(whole)
        link.execute("UPDATE guest SET institution = 'SDN 9'")
        link.commit()
    told = []
    run(years, told)
    assert "isinya berubah" in told[0]


def _sweep(years: Years) -> Sweep:
    return retention.sweep_now(years.scene.office)


def test_what_declared_itself_vulnerable_goes_by_its_own_days(archived: Years) -> None:
    path = file_of(archived)
    keep(archived.scene.path)
    with closing(sqlite3.connect(path)) as link, link:
        link.execute(
            "INSERT INTO vulnerability (visit_id, grounds, declared_at) SELECT max(id), '[]', 1 FROM visit"
        )
    _own_again(archived)
    assert due(archived) == {2023: 1}
    assert run(archived).archived == {"2023": 1}
    assert archived.in_archive(2023, "SELECT count(*) FROM vulnerability") == [(0,)]


def _own_again(years: Years) -> None:
    """A file that a test changed is what the office knows."""
    with closing(sqlite3.connect(file_of(years), isolation_level=None)) as link:
        digest = archive_file.digest_of(link)
        link.execute("UPDATE archive SET digest = ?", (digest,))
    with closing(sqlite3.connect(years.scene.path)) as link, link:
        link.execute("UPDATE archive SET digest = ?", (digest,))


def test_an_archive_of_an_older_program_is_brought_up_to_date_on_the_way(archived: Years) -> None:
    with closing(sqlite3.connect(file_of(archived), isolation_level=None)) as link:
        for table in ("archive_change", "subject_archived"):
            link.execute(f"DROP TABLE {table}")
        link.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0012_archive_changes'")
    run(archived)
    assert (findings(archived), is_empty(file_of(archived))) == ([], True)


def test_another_station_is_at_it(archived: Years, monkeypatch: pytest.MonkeyPatch) -> None:
    office = archived.scene.office
    archive_lease.take(office)
    monkeypatch.setattr(office, "station", "loket-9")
    told: list[str] = []
    assert run(archived, told).archived == {}
    assert "sedang mengarsipkan" in told[0]
    with pytest.raises(UserError, match="sedang mengarsipkan"):
        archive_lease.take(office)
    monkeypatch.undo()
    archive_lease.let_go(office)
    assert run(archived).archived == {"2023": 20}


def test_a_file_that_somebody_reads_in_is_left_and_tried_again(archived: Years) -> None:
    """Windows: nothing takes the place of a file that is open."""
    told: list[str] = []
    with file_of(archived).open("rb"):
        run(archived, told)
    assert "tidak dapat diganti" in told[0]
    assert findings(archived) == []
    assert run(archived).archived == {"2023": 20}
    assert beside(archived) == ["2023.db"]


def test_a_full_disk_changes_nothing(archived: Years, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_source: Path, _target: Path) -> None:
        raise OSError("no space left")

    told: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", full)
        run(archived, told)
    assert "tidak dapat ditulis" in told[0]
    assert (beside(archived), findings(archived)) == (["2023.db"], [])


def refused(years: Years, ask: Ask, words: str) -> None:
    with pytest.raises(UserError, match=words):
        years.scene.office.perform(ask, years.admin)


def test_asks_that_do_not_fit_are_refused(archived: Years) -> None:
    prepared = archive_erasing.plan(known(archived), _sweep(archived))
    assert isinstance(prepared, Prepared)
    end = EndArchiveChange(year=2023, digest=prepared.change.digest)
    refused(archived, end, "tidak sedang diubah")
    wrong = msgspec.structs.replace(prepared.change, former="0" * 64)
    refused(archived, BeginArchiveErasure(change=wrong), "diubah stasiun lain")
    unknown = msgspec.structs.replace(prepared.change, year=2024)
    refused(archived, BeginArchiveErasure(change=unknown), "belum selesai dibuat")
    steps.begin(
        archived.scene.office,
        archived.admin,
        prepared,
        retention.begin(archived.scene.office, archived.admin).id,
    )
    refused(archived, end, "tidak sedang diubah")  # the old file lies there still


def test_another_file_with_its_mark_is_told_and_left(archived: Years) -> None:
    before = file_of(archived).read_bytes()
    archived.force(f"UPDATE archive SET digest = '{'0' * 64}'")
    (found,) = findings(archived)
    assert "bukan arsip yang dibuat waktu itu" in found
    told: list[str] = []
    assert run(archived, told).archived == {}
    assert "tidak utuh" in told[0]
    assert file_of(archived).read_bytes() == before


def test_one_whose_due_rows_cannot_be_told_is_told(archived: Years, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proved, and unreadable all the same: nothing due would be a lie."""

    def unread(*_what: object) -> None:
        raise sqlite3.OperationalError("no such index")

    monkeypatch.setattr("ult_desktop.db.care.count_before", unread)
    told: list[str] = []
    run(archived, told)
    assert "no such index" in told[0]


def test_a_year_that_is_on_its_way_waits(archived: Years) -> None:
    archived.force("UPDATE archive SET state = 'moving', ended_at = NULL")
    assert findings(archived) == []
    assert run(archived).archived == {}


def test_a_copy_that_is_not_whole_takes_no_place(archived: Years, monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(_source: Path, target: Path) -> None:
        target.write_bytes(b"rusak")

    told: list[str] = []
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", torn)
        run(archived, told)
    assert "tidak utuh" in told[0]
    assert (beside(archived), findings(archived)) == (["2023.db"], [])
