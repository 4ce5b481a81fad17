"""`drill` of an office on a server: its dump in another database is proved and compared with it."""

import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from psycopg.sql import SQL, Identifier

from tests import engines
from tests.cli.conftest import CommandLine
from tests.cluster import dump_by_the_guide, name_in, programs
from tests.office import make_office, open_office
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import commands
from ult_desktop.db.backup import upkeep
from ult_desktop.db.creation import migrate_file
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store.clock import own_ms
from ult_desktop.db.store.postgres.engine import SERVER
from ult_desktop.db.store.server_address import address_in, office_at
from ult_desktop.db.store.store import Store
from ult_desktop.operations.backup.drill import EVERY_MS, is_due

pytestmark = [pytest.mark.posix_only("postgresql"), pytest.mark.usefixtures("own_home")]


@pytest.fixture
def desk(tmp_path: Path) -> CommandLine:
    made = CommandLine(make_office(tmp_path, on_server=True))
    give(made.path, 2)
    return made


def give(office: Path, count: int) -> None:
    with closing(open_office(office, "loket-1")) as station:
        for _each in range(count):
            station.perform(commands.IssueTicket(service_id=1), Actor(station="loket-1"))


def brought_back(desk: CommandLine, tmp_path: Path) -> str:
    """The address of another database with last night's dump, as docs/restore.md has it made."""
    address, dump = address_in(desk.path), tmp_path / "kantor.dump"
    dump_by_the_guide(address, dump)
    name = f"{name_in(address)}_uji"
    create = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
    for each in (create, "REVOKE ALL ON DATABASE {} FROM PUBLIC"):
        engines.server().run(SQL(each).format(Identifier(name)))
    there = address.replace(name_in(address), name)
    restore: list[str | Path] = [
        programs() / "pg_restore",
        "--no-owner",
        "--exit-on-error",
        f"--dbname={there}",
        dump,
    ]
    subprocess.run(restore, check=True, capture_output=True)
    return there


def test_a_dump_is_proved_beside_an_office_at_work(desk: CommandLine, tmp_path: Path) -> None:
    there = brought_back(desk, tmp_path)
    give(desk.path, 1)
    answer = desk.run("drill", there, "--database", desk.path)
    assert answer.code == 0, answer.err
    for told in ("BERHASIL", "2 di cadangan, 2 sama di kantor", "di salinan itu", "_uji"):
        assert told in answer.out
    with closing(Store(desk.path)) as store:
        (row,) = store.read(lambda tx: upkeep.all_of(tx, upkeep.DRILL))
        assert (row.done_at > 0, row.trouble) == (True, "")
        assert not store.read(lambda tx: is_due(tx, row.done_at + EVERY_MS))
        assert store.read(lambda tx: is_due(tx, row.done_at + EVERY_MS + 1))


def test_a_number_that_the_office_lost_is_found(desk: CommandLine, tmp_path: Path) -> None:
    there = brought_back(desk, tmp_path)
    with closing(Store(office_at(there))) as copy:
        copy.write(lambda tx: tx.run("UPDATE ticket SET label = 'A009' WHERE id = 2"))
    answer = desk.run("drill", there, "--database", desk.path, "--json")
    assert answer.code == 1
    assert [answer.rows[0]["rows"][0][which] for which in ("copied", "same")] == [2, 1]


def test_what_is_no_copy_of_it_is_told(desk: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = CommandLine(make_office(tmp_path / "other", on_server=True))
    for source, words in (
        ((), "bukan basis data tempat cadangan"),
        ((address_in(desk.path),), "bukan basis data tempat cadangan"),
        ((tmp_path,), "bukan basis data tempat cadangan"),
        ((brought_back(other, tmp_path / "other"),), "cadangan kantor lain"),
    ):
        answer = desk.run("drill", *source, "--database", desk.path)
        assert answer.code == 1
        assert words in answer.err


def test_a_dump_of_before_the_update_is_migrated(
    desk: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = brought_back(desk, tmp_path)
    later, change = "m9999_later", "ALTER TABLE ticket ADD COLUMN later TEXT"
    monkeypatch.setitem(MIGRATIONS.by_name, later, lambda db: db.execute(change))
    migrate_file(desk.path, own_ms(), "loket-1")
    answer = desk.run("drill", there, "--database", desk.path)
    assert answer.code == 0, answer.err + answer.out
    with closing(Store(office_at(there))) as copy:
        assert copy.on_connection(lambda link: later in SERVER.applied_migrations(link))


def test_a_clone_that_is_at_home_where_it_lies_is_a_copy(desk: CommandLine, tmp_path: Path) -> None:
    there = brought_back(desk, tmp_path)
    with closing(Store(office_at(there))) as copy:
        copy.write(lambda tx: tx.on_connection(SERVER.note_home))
    answer = desk.run("drill", there, "--database", desk.path)
    assert answer.code == 0, answer.err


def test_who_names_no_copy_is_told_how_and_no_drill_has_failed(desk: CommandLine) -> None:
    asked = desk.run("drill", "--database", desk.path)
    assert (asked.code, "pg_restore" in asked.err) == (1, True)
    with closing(Store(desk.path)) as office:
        assert office.read(lambda tx: upkeep.all_of(tx, upkeep.DRILL)) == ()
