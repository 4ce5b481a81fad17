"""Opening an office file: the pragmas hold, and whatever is not an office is refused and left as it is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.db.privileges import public_folder, unprivileged
from tests.office import make_office
from tests.platforms import ON_WINDOWS
from ult_desktop.base.errors import UserError
from ult_desktop.db.store import connection as opening
from ult_desktop.db.store.connection import open_file
from ult_desktop.db.store.errors import DamagedFile, ShareUnreachable, is_damage

pytestmark = pytest.mark.file_only("pages")


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_every_open_sets_the_pragmas(office_file: Path) -> None:
    for _again in range(2):
        link = open_file(office_file)
        assert pragma(link, "journal_mode") == "truncate"
        assert pragma(link, "synchronous") == 2
        assert pragma(link, "foreign_keys") == 1
        assert pragma(link, "busy_timeout") == opening.BUSY_TIMEOUT_MS
        assert pragma(link, "temp_store") == 2
        assert (pragma(link, "cache_size"), pragma(link, "cache_spill")) == (-opening.CACHE_KIB, 0)
        assert link.isolation_level is None
        link.close()


def test_nothing_is_in_the_file_before_its_commit(office_file: Path) -> None:
    """However much it is: half a transaction on a share would be a hot journal and a lock for all."""
    before = office_file.read_bytes()
    with closing(open_file(office_file)) as link:
        link.execute("BEGIN IMMEDIATE")
        link.execute("CREATE TABLE much (text TEXT)")
        for _row in range(3 * opening.CACHE_KIB // 100):
            link.execute("INSERT INTO much VALUES (?)", ("x" * 102_400,))
        assert office_file.read_bytes() == before
        link.execute("ROLLBACK")


def test_who_has_just_opened_keeps_nobody_from_committing(office_file: Path) -> None:
    with closing(open_file(office_file)), closing(open_file(office_file)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE counter SET state = state")
        other.execute("COMMIT")


def test_a_mode_that_does_not_take_is_refused() -> None:
    link = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError, match="journal mode is memory"):
        opening.set_pragmas(link)
    link.close()


def test_a_missing_file_is_an_outage_and_not_created(tmp_path: Path) -> None:
    with pytest.raises(ShareUnreachable, match="tidak ditemukan"):
        open_file(tmp_path / "office.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.posix_only("modes")
def test_a_folder_that_cannot_be_looked_into() -> None:
    with public_folder() as folder:
        path = make_office(folder / "tertutup")
        path.parent.chmod(0)
        with unprivileged(), pytest.raises(ShareUnreachable, match="tidak ditemukan"):
            open_file(path)
        path.parent.chmod(0o755)


def test_no_database(tmp_path: Path) -> None:
    letter = tmp_path / "surat.db"
    letter.write_text("Dengan hormat, " * 400)
    with pytest.raises(sqlite3.DatabaseError, match="not a database") as failed:
        open_file(letter)
    assert is_damage(failed.value)
    assert letter.read_text() == "Dengan hormat, " * 400


def test_an_empty_file(tmp_path: Path) -> None:
    empty = tmp_path / "kosong.db"
    empty.touch()
    with pytest.raises(DamagedFile, match=r"utuh \(kosong\)") as told:
        open_file(empty)
    assert "repair" in told.value.todo, "a crash left it of an office: a new one would hide that"
    assert empty.stat().st_size == 0


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_another_programs_database_is_left_as_it_is(tmp_path: Path, mode: str) -> None:
    theirs = tmp_path / "lain.db"
    link = sqlite3.connect(theirs)
    link.execute(f"PRAGMA journal_mode = {mode}")
    link.execute("CREATE TABLE resep (nama TEXT)")
    link.commit()
    link.close()
    before = theirs.read_bytes()
    with pytest.raises(UserError, match="bukan berkas kantor"):
        open_file(theirs)
    assert theirs.read_bytes() == before


def test_a_newer_programs_file(office_file: Path) -> None:
    link = sqlite3.connect(office_file)
    link.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('ult_desktop', 'm9999', '')"
    )
    link.commit()
    link.close()
    before = office_file.read_bytes()
    with pytest.raises(UserError, match="lebih baru") as refused:
        open_file(office_file)
    assert "Perbarui" in refused.value.todo
    assert office_file.read_bytes() == before


def test_a_path_with_odd_letters(tmp_path: Path) -> None:
    path = make_office(tmp_path / ("Kantor 50% #1 é" + "?" * (not ON_WINDOWS)))
    open_file(path).close()


def test_what_cannot_be_asked_has_no_schema_of_ours(office_file: Path) -> None:
    link = open_file(office_file)
    assert opening.has_its_schema(link)
    link.close()
    assert not opening.has_its_schema(link)
