"""Both engines give the same rows in the same order, where each has a way of its own."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from tests.db.rows import DAY, add_ticket
from tests.office import make_office
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.cases.case_views import CaseFilter
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.access import officers
from ult_desktop.db.accountability import deviations
from ult_desktop.db.care import declarations
from ult_desktop.db.cases.case_views import case_list
from ult_desktop.db.figures import made_reports
from ult_desktop.db.procedures import procedures
from ult_desktop.db.queue import boards, servings
from ult_desktop.db.store import stations
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction

LARGEST = 2**63 - 1
_QUEUE = ((1, 5, 1), (2, 6, 2), (3, 7, 1), (4, 8, 1))  # number, when it came, its service
ONE = Presence(identity="pc", name="loket-1", mode="counter", version="1", boot="b", seen_at=5)


@pytest.fixture(params=[False, pytest.param(True, marks=pytest.mark.posix_only("postgresql"))])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return the store of an office in a file, and of one on a server."""
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


def test_visits_and_turns_of_one_moment_come_in_the_order_of_their_keys(store: Store) -> None:
    def fill(tx: Transaction) -> list[int]:
        procedure, version = tx.row("SELECT id, version FROM procedure ORDER BY id, version LIMIT 1")
        for number in (3, 1, 2):
            row = {"id": number, "day": DAY, "channel": "tatap_muka", "began_at": 5}
            tx.insert("visit", **row, procedure_id=procedure, procedure_version=version)
            call = servings.NewServing(
                ticket_id=add_ticket(tx, number, at=5),
                counter=number,
                service_id=1,
                officer_id=None,
                day=DAY,
                priority=False,
                called_at=5,
            )
            tx.insert("turn", call, id=10 + number, recalled_at=5, calls=1)
        return [3, 2, 1]

    counters = store.write(fill)
    assert store.read(lambda tx: deviations.open_visits(tx, 10)) == (1, 2, 3)
    noon = to_stamp(datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert [call.counter for call in store.read(lambda tx: boards.lobby_board(tx, noon)).calls] == counters


def test_what_is_empty_comes_where_the_statement_says(store: Store) -> None:
    """By itself it is the first for one engine, and the last for the other."""

    def fill(tx: Transaction) -> int:
        visit = tx.insert("visit", day=DAY, channel="tatap_muka", began_at=5)
        other = tx.insert("visit", day=DAY, channel="tatap_muka", began_at=6)
        for at, acknowledged_at in ((1, None), (2, 9), (3, 8)):
            tx.insert("alert", visit_id=visit, kind="vulnerable", at=at, acknowledged_at=acknowledged_at)
        declarations.unite(tx, other, visit)
        return visit

    visit = store.write(fill)
    told = "SELECT at FROM alert WHERE visit_id = ? ORDER BY at"
    assert store.read(lambda tx: tx.column(told, visit)) == [2, 3]
    for order, expected in (
        ("acknowledged_at IS NULL, acknowledged_at", [3, 2, 1]),
        ("acknowledged_at IS NOT NULL, acknowledged_at", [1, 3, 2]),
        ("acknowledged_at IS NULL DESC, acknowledged_at DESC", [1, 2, 3]),
    ):
        store.write(lambda tx: tx.run("DELETE FROM alert"))
        for at, acknowledged_at in ((1, None), (2, 9), (3, 8)):
            row = {"visit_id": visit, "kind": "vulnerable", "at": at, "acknowledged_at": acknowledged_at}
            store.write(lambda tx, row=row: tx.insert("alert", **row))  # type: ignore[misc]
        sql = f"SELECT at FROM alert ORDER BY {order}"
        assert store.read(lambda tx, sql=sql: tx.column(sql)) == expected  # type: ignore[misc]


def test_nothing_is_a_group_of_its_own(store: Store) -> None:
    def fill(tx: Transaction) -> None:
        for number, at, service in _QUEUE:
            add_ticket(tx, number, service=service, at=at)
        tx.run("UPDATE ticket SET target_counter = 2 WHERE number < 3")

    store.write(fill)
    grouped = "SELECT target_counter, count(*), sum(number) FROM ticket GROUP BY target_counter ORDER BY 2, 3"
    assert store.read(lambda tx: tx.rows(grouped)) == [(2, 2, 3), (None, 2, 7)]


def test_fewer_than_none_are_none(store: Store) -> None:
    assert store.read(lambda tx: case_list(tx, CaseFilter(limit=-1))) == ()
    assert store.read(lambda tx: made_reports.latest(tx, limit=-1)) == ()


def test_letters_are_found_whatever_their_size_and_sorted_by_their_bytes(store: Store) -> None:
    for number, name in enumerate(("ani", "Budi", "Ani", "éva"), 101):
        row = {"id": number, "login": f"l{number}", "name": name, "password_hash": "", "roles": "[]"}
        store.write(lambda tx, row=row: tx.insert("officer", **row))  # type: ignore[misc]
    sorted_names = "SELECT name FROM officer WHERE id > 100 ORDER BY name"
    assert store.read(lambda tx: tx.column(sorted_names)) == ["Ani", "Budi", "ani", "éva"]
    folded = "SELECT name FROM officer WHERE id > 100 AND name COLLATE NOCASE = ? COLLATE NOCASE ORDER BY id"
    assert store.read(lambda tx: tx.column(folded, "ANI")) == ["ani", "Ani"]


class _Named(msgspec.Struct, frozen=True):
    name: str


def test_one_question_of_many_is_answered_in_their_order(store: Store) -> None:
    sql = "SELECT name FROM counter WHERE number = ? OR number = ?2 ORDER BY number"
    asked = [(2, 3), (99, 98), (1, 1)]
    found = store.read(lambda tx: tx.all_for_each(_Named, sql, asked))
    one_by_one = store.read(lambda tx: [tx.all(_Named, sql, *each) for each in asked])
    assert [len(rows) for rows in found] == [2, 0, 1]
    assert found == one_by_one
    assert store.read(lambda tx: tx.all_for_each(_Named, sql, [])) == []


def test_many_rows_are_written_as_one_by_one(store: Store) -> None:
    procedure = store.read(procedures.in_force)[0]
    one = deviations.NewDeviation(
        kind=DeviationKind.EQUIPMENT,
        day=DAY,
        made_at=1,
        procedure_id=procedure.id,
        procedure_version=procedure.version,
    )
    new = [msgspec.structs.replace(one, item=item) for item in ("meja", "kursi", "meja")]
    assert store.write(lambda tx: tx.add_each("deviation", new)) == [True, True, False]
    rename = "UPDATE counter SET name = ? WHERE number = ?"
    store.write(lambda tx: tx.run_each(rename, [("Depan", 1), ("Kosong", 99), ("Belakang", 2)]))
    named = store.read(lambda tx: tx.column("SELECT name FROM counter WHERE number < 3 ORDER BY number"))
    assert named == ["Depan", "Belakang"]


def test_of_many_that_one_of_them_breaks_none_is_written(store: Store) -> None:
    rename = "UPDATE counter SET name = ? WHERE number = ?"
    with pytest.raises(sqlite3.IntegrityError):
        store.write(lambda tx: tx.run_each(rename, [("Depan", 1), (None, 2), ("Belakang", 3)]))
    assert "Depan" not in store.read(lambda tx: tx.column("SELECT name FROM counter"))
    store.write(lambda tx: tx.run_each(rename, [("Depan", 1)]))
    assert "Depan" in store.read(lambda tx: tx.column("SELECT name FROM counter"))
