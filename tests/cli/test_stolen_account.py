"""A stolen kiosk's account on a server: what it can do and what not, as docs/security.md lists it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from tests import engines
from tests.cli.conftest import CommandLine
from tests.office import make_office
from ult_desktop.base import UserError
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.server_address import address_in

pytestmark = pytest.mark.posix_only("postgresql")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_office(tmp_path / "pemilik", on_server=True)


@pytest.fixture
def stolen(office: Path, tmp_path: Path) -> Iterator[Path]:
    cluster, name = engines.server(), f"curi_{uuid4().hex}"
    cluster.run(f"CREATE ROLE {name} LOGIN PASSWORD 'rahasia' IN ROLE ult_station")
    path = tmp_path / "stasiun.postgresql"
    path.write_text(f"postgresql://{name}:rahasia@{address_in(office).rpartition('@')[2]}")
    yield path
    cluster.run(f"DROP ROLE {name}")


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE event SET at = 2",
        "DELETE FROM event",
        "TRUNCATE event",
        "ALTER TABLE event DISABLE TRIGGER event_is_append_only",
        "DROP TRIGGER event_is_kept ON event",
        "SET session_replication_role = 'replica'",
        "INSERT INTO applied_migration (name) VALUES ('x')",
        "DELETE FROM applied_migration",
        "INSERT INTO office_move (id) VALUES (1)",
        "CREATE TABLE mine (x int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE SCHEMA mine",
        "COPY ticket TO '/tmp/x'",
        "SELECT pg_read_file('/etc/passwd')",
        "ALTER ROLE ult SUPERUSER",
        "SET ROLE ult",
    ],
)
def test_what_it_cannot_do(stolen: Path, attack: str) -> None:
    with closing(engine_at(stolen).open(stolen)) as link, pytest.raises((UserError, sqlite3.Error)):
        link.execute(attack)


@pytest.mark.parametrize(
    "harm",
    [
        "SELECT name, password_hash FROM officer",
        "UPDATE officer SET password_hash = ''",
        "UPDATE ticket SET state = 'cancelled'",
        "DELETE FROM visit",
        "SELECT pg_advisory_lock(1431065649)",
        "CREATE TEMPORARY TABLE filling (x int)",
    ],
)
def test_what_it_can_do_until_its_role_is_dropped(stolen: Path, harm: str) -> None:
    """A station judges passwords and writes the office's rows itself, so its account may."""
    with closing(engine_at(stolen).open(stolen)) as link:
        link.execute("BEGIN")
        link.execute("ROLLBACK")
        link.execute(harm)


def test_it_makes_nobody_an_admin_by_the_command(stolen: Path, office: Path) -> None:
    """The folder of the address is the thief's own, so a file in it proves nothing."""
    words = ("officer", "reset-admin", "--new-password", "rahasia-baru-sekali", "--database")
    answer = CommandLine(stolen).run(*words, stolen)
    assert (answer.code, "bukan pemilik basis data" in answer.err) == (1, True), answer.err
    owners = CommandLine(office).run(*words, office)
    assert owners.code == 0, owners.err
