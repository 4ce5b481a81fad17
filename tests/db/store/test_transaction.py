"""Rows go in by the names of their columns, and come out as the struct that has them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import msgspec
import pytest

from ult_desktop.db.store.transaction import Rows, Transaction


class NewPlant(msgspec.Struct, frozen=True, kw_only=True):
    """A row to be written."""

    name: str
    colours: tuple[str, ...] = ()
    shelf: int | None = None


class Plant(msgspec.Struct, frozen=True, kw_only=True):
    """A row as it is read."""

    id: int
    name: str
    colours: tuple[str, ...]
    shelf: str


PLANTS = Rows(
    Plant,
    "plant p LEFT JOIN shelf s ON s.id = p.shelf",
    "p.colours AS colours_json, coalesce(s.name, '') AS shelf",
)


@pytest.fixture
def tx() -> Iterator[Transaction]:
    with closing(sqlite3.connect(":memory:")) as link:
        link.execute("CREATE TABLE shelf (id INTEGER PRIMARY KEY, name TEXT UNIQUE, high INTEGER) STRICT")
        plant = "id INTEGER PRIMARY KEY, name TEXT, colours TEXT, shelf INTEGER"
        link.execute(f"CREATE TABLE plant ({plant}) STRICT")
        yield Transaction(link)


def test_the_fields_of_a_struct_and_keywords_fill_the_columns(tx: Transaction) -> None:
    shelf = tx.insert("shelf", name="atas", high=True)
    plant = tx.insert("plant", NewPlant(name="anggrek", colours=("ungu", "putih")), id=7)
    assert PLANTS.get(tx, plant) == Plant(id=7, name="anggrek", colours=("ungu", "putih"), shelf="")
    assert tx.value("SELECT colours FROM plant") == '["ungu","putih"]'
    assert tx.update("plant", plant, NewPlant(name="melati", shelf=shelf)) == 1
    assert PLANTS.all(tx, "WHERE p.name = ?", "melati") == (
        Plant(id=7, name="melati", colours=(), shelf="atas"),
    )
    assert PLANTS.find(tx, 8) is None


def test_a_row_that_is_there_already_stands(tx: Transaction) -> None:
    assert tx.add("shelf", name="atas", high=1)
    assert not tx.add("shelf", name="atas", high=2)
    assert tx.rows("SELECT name, high FROM shelf") == [("atas", 1)]


def test_a_row_is_put_in_place_of_the_one_with_its_key(tx: Transaction) -> None:
    tx.put("shelf", "name", name="atas", high=1)
    tx.put("shelf", "name", name="atas", high=None)
    assert tx.rows("SELECT id, name, high FROM shelf") == [(1, "atas", None)]


def test_only_the_rows_that_are_meant_are_written(tx: Transaction) -> None:
    for name in ("atas", "bawah"):
        tx.insert("shelf", name=name, high=0)
    assert tx.update("shelf", {"name": "atas", "high": 0}, high=3) == 1
    assert tx.update("shelf", {"name": "atas", "high": 0}, high=4) == 0
    assert tx.column("SELECT high FROM shelf ORDER BY id") == [3, 0]


def test_no_number_is_none(tx: Transaction) -> None:
    assert tx.number("SELECT max(high) FROM shelf") == 0
