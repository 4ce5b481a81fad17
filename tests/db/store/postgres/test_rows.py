"""Both engines give the same rows in the same order, where each has a way of its own."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.office import make_office
from ult_desktop.core.cases.case_views import CaseFilter
from ult_desktop.db.access import officers
from ult_desktop.db.cases.case_views import case_list
from ult_desktop.db.figures import made_reports
from ult_desktop.db.store import stations
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction

LARGEST = 2**63 - 1
ONE = Presence(identity="pc", name="loket-1", mode="counter", version="1", boot="b", seen_at=5)


@pytest.fixture(params=[False, pytest.param(True, marks=pytest.mark.posix_only("postgresql"))])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Of an office in a file, and of one on a server."""
    with closing(Store(make_office(tmp_path, on_server=request.param), timeout_s=5)) as opened:
        yield opened


def test_numbers_have_64_bits(store: Store) -> None:
    store.write(lambda tx: officers.leave_notice(tx, 1, 2, LARGEST, "meja"))
    assert [each.at for each in store.read(lambda tx: officers.notices_for(tx, 1))] == [LARGEST]


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT 7 / 2, -7 / 2, 7 % 4", (3, -3, 3)),
        ("SELECT 1 = 1, 1 > 2, count(*) > 0 FROM office", (1, 0, 1)),
        ("SELECT min(id) = 1, max(id) IS NULL FROM service", (1, 0)),
        ("SELECT sum(CAST(9007199254740993 AS bigint))", (9007199254740993,)),
        ("SELECT lower('ANI') LIKE lower('an_'), 'A%' LIKE 'A\\%' ESCAPE '\\'", (1, 1)),
    ],
)  # fmt: skip
def test_what_is_reckoned_is_the_same(store: Store, sql: str, told: tuple[object, ...]) -> None:
    assert tuple(store.read(lambda tx: tx.row(sql)) or ()) == told


def test_rows_of_one_moment_come_in_the_order_of_their_keys(store: Store) -> None:
    def fill(tx: Transaction) -> None:
        for number in (3, 1, 2):
            officers.leave_notice(tx, 1, number, at=5, station="meja")
            stations.report(tx, msgspec.structs.replace(ONE, identity=f"pc-{number}", boot=f"b{number}"))

    store.write(fill)
    assert [each.identity for each in store.read(stations.all_seen)] == ["pc-1", "pc-2", "pc-3"]
    named = store.read(lambda tx: tx.column("SELECT name FROM officer WHERE id <= 3 ORDER BY id"))
    assert [each.name for each in store.read(lambda tx: officers.notices_for(tx, 1))] == named


def test_fewer_than_none_are_none(store: Store) -> None:
    assert store.read(lambda tx: case_list(tx, CaseFilter(limit=-1))) == ()
    assert store.read(lambda tx: made_reports.latest(tx, most=-1)) == ()


def test_letters_are_found_whatever_their_size_and_sorted_by_their_bytes(store: Store) -> None:
    for number, name in enumerate(("ani", "Budi", "Ani", "éva"), 101):
        row = {"id": number, "login": f"l{number}", "name": name, "password_hash": "", "roles": "[]"}
        store.write(lambda tx, row=row: tx.insert("officer", **row))  # type: ignore[misc]
    sorted_names = "SELECT name FROM officer WHERE id > 100 ORDER BY name"
    assert store.read(lambda tx: tx.column(sorted_names)) == ["Ani", "Budi", "ani", "éva"]
    folded = "SELECT name FROM officer WHERE id > 100 AND name COLLATE NOCASE = ? COLLATE NOCASE ORDER BY id"
    assert store.read(lambda tx: tx.column(folded, "ANI")) == ["ani", "Ani"]
