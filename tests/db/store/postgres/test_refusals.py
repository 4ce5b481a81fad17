"""Refusals of a server, broken links and missing rights give the same errors as what befalls a file."""

import importlib
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from ult_desktop.base import UserError, paths
from ult_desktop.db.creation import migrate_file
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store import connection, errors, postgres, server_address
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.holder_mark import describe_holders
from ult_desktop.db.store.postgres import connection as line, engine, rights
from ult_desktop.db.store.postgres.connection import ServerLink
from ult_desktop.db.store.postgres.engine import server_link
from ult_desktop.db.store.store import OneTransaction, Store
from ult_desktop.db.store.transaction import Transaction

pytestmark = pytest.mark.posix_only("postgresql")
NOWHERE = "postgresql://kios@127.0.0.1:1/office?sslmode=disable"


@pytest.fixture
def link(place: Path) -> Iterator[ServerLink]:
    with closing(engine_at(place).open(place)) as opened:
        yield server_link(opened)


def cut(place: Path) -> None:
    """Cut the connections as a server's administrator ends every other one."""
    with closing(engine_at(place).open(place)) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()


def test_an_office_of_a_trial_build_is_not_opened(place: Path, link: ServerLink) -> None:
    link.execute("UPDATE applied_migration SET name = 'm0044_origins' WHERE name = 'm0001_baseline'")
    with pytest.raises(UserError, match=r"versi uji.*m0044_origins"):
        engine_at(place).open(place)


def test_an_office_of_a_newer_program_is_not_opened(place: Path, link: ServerLink) -> None:
    link.execute("INSERT INTO applied_migration (name) VALUES ('m9999_later')")
    with pytest.raises(UserError, match="lebih baru"):
        engine_at(place).open(place)


def test_a_commit_that_the_server_turned_into_its_opposite_is_none(link: ServerLink) -> None:
    link.execute("BEGIN IMMEDIATE")
    with suppress(sqlite3.Error):
        link.execute("SELECT * FROM nowhere")
    with pytest.raises(sqlite3.OperationalError, match="answered with ROLLBACK"):
        link.execute("COMMIT")


def test_who_listens_hears_that_the_line_is_cut(place: Path, link: ServerLink) -> None:
    assert link.listen_for_commit(0.01) in (True, False)
    cut(place)
    with pytest.raises((sqlite3.Error, UserError)):
        for _look in range(5):
            link.listen_for_commit(0.1)
    assert describe_holders(server_address.office_at(NOWHERE), link) == "stasiun lain"


def test_wherever_the_line_led_it_is_not_in_clear(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service file or a list of hosts may lead elsewhere than the address says."""
    settings = {**line._settings_of(server_address.address_in(place)), "sslmode": "disable"}
    monkeypatch.setattr(line, "_settings_of", lambda _address: settings)
    monkeypatch.setattr(line, "_is_this_computer", lambda _host: False)
    with pytest.raises(UserError, match="TLS"):
        engine_at(place).open(place)


def test_the_program_without_a_web_has_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such a program has no `ssl` of Python's, and psycopg does without it."""
    monkeypatch.setitem(sys.modules, "ssl", sys.modules["ssl"])
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    importlib.reload(postgres)
    assert "ssl" not in sys.modules


def test_a_watcher_listens_until_its_time_is_over(
    place: Path, link: ServerLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LISTEN_S", 0.01)
    engine_at(place).wait_for_commit(link, 0.1, threading.Event())


def test_a_file_is_no_server_and_a_server_no_file(place: Path, link: ServerLink) -> None:
    with closing(sqlite3.connect(":memory:")) as file, pytest.raises(TypeError):
        server_link(file)
    with pytest.raises(UserError, match="berkas"):
        connection.file_link(link)
    with pytest.raises(UserError, match="berkas"):
        connection.open_file(place)


def test_documents_of_a_server_that_is_not_there_are_an_outage(tmp_path: Path, place: Path) -> None:
    away = tmp_path / "jauh.postgresql"
    away.write_text(NOWHERE)
    with pytest.raises(ShareUnreachable):
        engine_at(away).documents(away)
    with closing(engine_at(place).documents(place)) as files:
        cut(place)
        with pytest.raises((ShareUnreachable, errors.WritesBlocked)):
            files.get("0" * 64)


def test_a_place_that_nothing_stands_for_is_no_office(tmp_path: Path) -> None:
    gone = tmp_path / "hilang.postgresql"
    with pytest.raises(UserError):
        engine_at(gone).open(gone)


def test_migrations_are_carried_out_once_and_without_stations_too(
    place: Path, link: ServerLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = engine_at(place).applied_migrations(link)
    monkeypatch.setattr(rights, "existing_roles", lambda _link: ())
    engine_at(place).migrate(link)
    assert engine_at(place).applied_migrations(link) == before


def test_a_server_is_migrated_and_copied_by_its_own_means(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MIGRATIONS.by_name, "m9999_later", lambda _database: None)
    assert migrate_file(place, 0, "uji") is None, "no copy beside it"
    with closing(engine_at(place).open(place)) as link:
        assert "m9999_later" in engine_at(place).applied_migrations(link)


def test_an_address_without_an_account_is_told() -> None:
    with pytest.raises(UserError, match="bukan alamat satu server dengan akun"):
        server_address.remember("postgresql://server/kantor", "rahasia")


@pytest.mark.usefixtures("own_home")
def test_a_known_password_stays_and_a_folder_that_takes_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = server_address.remember("postgresql://kios@server/kantor", "rahasia")
    assert server_address.office_at("postgresql://kios@server/kantor") == known
    assert "rahasia" in known.read_text()
    no_folder = tmp_path / "berkas"
    no_folder.write_bytes(b"")
    monkeypatch.setattr(paths, "data_folder", lambda: no_folder)
    with pytest.raises(UserError):
        server_address.office_at("postgresql://kios@server/kantor")


def test_what_one_part_of_a_transaction_refuses_undoes_itself_alone(place: Path) -> None:
    def broken(tx: Transaction) -> None:
        tx.run("UPDATE office SET kiosk_pause = 'dua'")
        raise ZeroDivisionError

    def unstorable(tx: Transaction) -> None:
        tx.run("UPDATE office SET kiosk_pause = 'tiga'")
        raise OverflowError

    def whole(tx: Transaction) -> object:
        road = OneTransaction(tx)
        road.write(lambda tx: tx.run("UPDATE office SET kiosk_pause = 'satu'"))
        with pytest.raises(ZeroDivisionError):
            road.write(broken)
        with pytest.raises(UserError):
            road.write(unstorable)
        return tx.value("SELECT kiosk_pause FROM office")

    with closing(Store(place)) as store:
        assert store.write(whole) == "satu"
