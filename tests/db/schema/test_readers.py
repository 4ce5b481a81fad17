"""An office of an older program gave keys to every officer: brought up, those who may not open have none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.db.schema.older import program_before
from tests.office import PASSWORD, give_keys, make_office, open_office
from ult_desktop.core.access.roles import PERMISSIONS, Permission, Role
from ult_desktop.db.access import keys
from ult_desktop.db.creation import migrate_file
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction

pytestmark = pytest.mark.file_only("older")

THE_STEP = "m0019_readers"
NOW = 10_000_000


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The guard was given keys as everybody else."""
    with program_before(THE_STEP):
        path = make_office(tmp_path)
        change(path, lambda tx: tx.run("UPDATE officer SET roles = '[\"head\"]' WHERE login = 'joko'"))
        change(path, lambda tx: give_keys(tx, number_of(tx, "joko")))
        change(path, lambda tx: tx.run("UPDATE officer SET roles = '[\"security\"]' WHERE login = 'joko'"))
    return path


def change(path: Path, how: Callable[[Transaction], object]) -> None:
    store = Store(path)
    store.write(how)
    store.close()


def number_of(tx: Transaction, login: str) -> int:
    return int(tx.value("SELECT id FROM officer WHERE login = ?", login))


def standing(path: Path) -> tuple[set[str], bool]:
    """Who holds keys, and whether they are to be renewed."""
    store = Store(path)
    found = store.read(keys.key_status)
    store.close()
    return {each.login for each in found.officers if each.generations}, found.renewal_due


def test_the_guard_loses_them_and_the_key_is_to_be_renewed(older: Path) -> None:
    with program_before(THE_STEP):
        before, _due = standing(older)
    assert "joko" in before
    migrate_file(older, NOW, "kios")
    assert standing(older) == (before - {"joko"}, True)
    office = open_office(older)
    office.sign_in("siti", PASSWORD)
    office.close()
    assert standing(older) == (before - {"joko"}, False)


def test_where_nobody_else_had_them_nothing_is_to_be_renewed(tmp_path: Path) -> None:
    with program_before(THE_STEP):
        path = make_office(tmp_path)
        before, _due = standing(path)
    migrate_file(path, NOW, "kios")
    assert standing(path) == (before, False)


def test_the_last_one_who_opens_anything_keeps_them(older: Path) -> None:
    with program_before(THE_STEP):
        change(older, lambda tx: keys.set_recoveries(tx, ()))
        change(older, lambda tx: tx.run("DELETE FROM key_grant WHERE officer_id <> ?", number_of(tx, "joko")))
    migrate_file(older, NOW, "kios")
    assert standing(older) == ({"joko"}, True)


def test_the_step_knows_the_roles_as_they_were() -> None:
    """A role that may open from now on is given keys by the next one who holds them."""
    may = {role for role, permissions in PERMISSIONS.items() if Permission.OPEN_PERSONAL in permissions}
    assert may == {
        *(Role.ADMIN, Role.HEAD, Role.FRONT_OFFICE, Role.HELPDESK, Role.PHONE, Role.BACK_OFFICE),
        *(Role.PPID, Role.RECEPTION),
    }
