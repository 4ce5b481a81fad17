"""The findings of `doctor` about the accounts of a server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests import cluster
from tests.cli.conftest import CommandLine
from tests.cluster import Cluster, dump_by_the_guide, guide, name_in

pytestmark = pytest.mark.posix_only("postgresql")
REACHES, LARGE = "Akun yang masuk ke beberapa kantor", "Objek besar"


class Offices:
    """Two offices on a server of their own, as the guide has them, and a database that is none."""

    def __init__(self, server: Cluster, folder: Path) -> None:
        self._server, self._desk = server, CommandLine(folder)
        self._let_in = ["PUBLIC"]
        self.first, self.second, self.other = (name_in(server.create()) for _each in range(3))
        # As PostgreSQL makes a database: the guide's REVOKE EXECUTE was not given in it.
        self.unguarded = name_in(server.create(server.address("template1")))
        for name in (self.first, self.second, self.unguarded):
            assert self._desk.run("init", server.address(name)).code == 0

    def run(self, sql: str) -> None:
        self._server.run(sql)

    def run_in(self, office: str, sql: str) -> None:
        with psycopg.connect(self._server.address(office), autocommit=True) as link:
            link.execute(sql.encode())

    def account(self, mode: str, *offices: str) -> str:
        """Return the address of a new account that is let into these offices, in the first of them."""
        address = self._server.let_in(self._server.address(offices[0]), f"ult_{mode}")
        for name in offices:
            self.open(name, _name(address))
        return address

    def open(self, office: str, who: str) -> None:
        self._let_in.append(who)
        self.run(f"GRANT CONNECT ON DATABASE {office} TO {who}")

    def close(self) -> None:
        """Close the offices to all who were let in."""
        while self._let_in:
            names = f"{self.first}, {self.second}, {self.unguarded}"
            self.run(f"REVOKE ALL ON DATABASE {names} FROM {self._let_in.pop()}")

    def doctor(self, address: str, check: str = REACHES) -> list[tuple[str, str]]:
        """Return what `doctor` finds in this check, and what it says to do."""
        answer = self._desk.run("doctor", "--database", address, "--json")
        rows = [row for row in answer.rows if row["check"] == check]
        assert {row["level"] for row in rows} <= {"warn"}
        return [(row["found"], row["todo"]) for row in rows]

    def dump(self, office: str, file: Path) -> None:
        dump_by_the_guide(self._server.address(office), file)

    def follow(self, todo: str) -> None:
        """Give each command of these words as it stands there."""
        for statement in todo.split("`")[1::2]:
            self.run(statement)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    with cluster.own() as server:
        yield Offices(server, tmp_path_factory.mktemp("kantor"))


@pytest.fixture
def offices(made: Offices) -> Offices:
    made.close()
    return made


def _name(address: str) -> str:
    return address.removeprefix("postgresql://").partition(":")[0]


@contextmanager
def _refused() -> Iterator[None]:
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        yield


def test_each_account_in_its_own_office_is_not_told(offices: Offices) -> None:
    one, two = offices.account("kiosk", offices.first), offices.account("counter", offices.second)
    assert offices.doctor(one) == offices.doctor(two) == []


def test_an_account_that_was_let_into_two_is_told_and_closed_out_of_the_other(offices: Offices) -> None:
    address = offices.account("kiosk", offices.first, offices.second)
    ((found, todo),) = offices.doctor(address)
    account, names = found.split(": ")
    assert (account, {*names.split(", ")}) == (_name(address), {offices.first, offices.second})
    statement = f"REVOKE CONNECT ON DATABASE {offices.second} FROM {account};"
    assert todo == f"Sebagai pemilik basis data itu: `{statement}`"
    offices.follow(todo)
    with _refused():
        psycopg.connect(address.replace(offices.first, offices.second))
    assert offices.doctor(address) == []


def test_of_another_account_either_office_may_be_its_own(offices: Offices) -> None:
    both = offices.account("counter", offices.first, offices.second)
    ((found, todo),) = offices.doctor(offices.account("display", offices.second))
    assert found.startswith(f"{_name(both)}: ")
    assert todo.startswith("Kantor akun itu hanya satu: hanya yang lain yang ditutup.")
    assert {*todo.split("`")[1::2]} == {
        f"REVOKE CONNECT ON DATABASE {name} FROM {_name(both)};" for name in (offices.first, offices.second)
    }


@pytest.mark.parametrize("who", ["PUBLIC", "ult_kiosk", "lantai_dua"])
def test_an_office_that_is_open_to_many_is_told_with_each_account_that_enters_by_it(
    offices: Offices, who: str
) -> None:
    """PUBLIC is how PostgreSQL makes a database."""
    own, others = offices.account("kiosk", offices.first), offices.account("kiosk", offices.first)
    if who == "lantai_dua":
        offices.run(f"CREATE ROLE {who}; GRANT {who} TO {_name(own)}, {_name(others)}")
    offices.open(offices.second, who)
    found = dict(offices.doctor(own))
    assert {name for each in found for name in each.partition(":")[0].split(", ")} == {
        _name(own),
        _name(others),
    }
    for todo in found.values():
        assert todo.startswith("Beri dulu CONNECT kepada akun tiap PC di sana")
        assert f"`REVOKE CONNECT ON DATABASE {offices.second} FROM {who};`" in todo
        offices.follow(todo)
    with _refused():
        psycopg.connect(others.replace(offices.first, offices.second))
    assert offices.doctor(own) == []


def test_a_right_that_was_given_to_one_account_is_found_as_a_role_is(offices: Offices) -> None:
    """Whom the owner lets read besides the stations is told too, where it is in two offices."""
    address = offices.account("display", offices.first, offices.second)
    name = _name(address)
    offices.run(f"REVOKE ult_display FROM {name}")
    asking = offices.account("display", offices.first)
    assert offices.doctor(asking) == []
    for office in (offices.first, offices.second):
        offices.run_in(office, f"GRANT SELECT (label) ON ticket TO {name}")
    ((found, _todo),) = offices.doctor(asking)
    assert found.startswith(f"{name}: ")


def test_superusers_owners_and_databases_that_are_no_office_are_not_told(offices: Offices) -> None:
    """Here one account owns all offices and is in the roles of the modes."""
    assert offices.doctor(offices.account("kiosk", offices.first, offices.other)) == []


def test_who_may_make_large_objects_is_told_and_what_was_made(offices: Offices, tmp_path: Path) -> None:
    kiosk = offices.account("kiosk", offices.first)
    assert offices.doctor(kiosk, LARGE) == []
    stolen = offices.account("kiosk", offices.unguarded)
    ((_found, todo),) = offices.doctor(stolen, LARGE)
    assert todo == f"Sebagai superuser, di basis data ini: `{guide('REVOKE EXECUTE')}`"
    with psycopg.connect(stolen, autocommit=True) as link:
        link.execute("SELECT lo_from_bytea(0, 'penuh'), lo_create(0)")
        *_may, (found, todo) = offices.doctor(offices.account("display", offices.unguarded), LARGE)
        assert found == f"bukan dari program ini: {_name(stolen)} (2)"
        offices.dump(offices.unguarded, tmp_path / "kantor.dump")  # not stopped by what is another's
        link.execute(todo.split("`")[1].encode())
    assert len(offices.doctor(stolen, LARGE)) == 1
