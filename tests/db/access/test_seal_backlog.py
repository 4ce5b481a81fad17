"""Text from before there were keys is sealed portion by portion, and leaves nothing behind in the file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.db.rows import columns, read_rows, write_rows
from tests.office import PASSWORD, open_office
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.commands import SealOld
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.access.sealing import is_sealed
from ult_desktop.core.personal import BY_REQUEST, BY_SCHEDULE
from ult_desktop.db.access import seal_backlog
from ult_desktop.db.care import declarations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office

PLACES = seal_backlog.PERSONAL_COLUMNS
PHONE = "08123456{:04d}"


@pytest.fixture
def office(office_file: Path) -> Iterator[Office]:
    opened = open_office(office_file)
    yield opened
    opened.close()


@pytest.fixture
def admin(office: Office) -> Actor:
    return office.sign_in("admin", PASSWORD)


def add_guests(tx: Transaction, count: int) -> None:
    """Write guests as an office without keys does; every third gave no number."""
    for number in range(1, count + 1):
        visit = tx.insert("visit", day="2026-11-20", began_at=number, channel="tatap_muka")
        phone = "" if number % 3 == 0 else PHONE.format(number)
        tx.run(
            "INSERT INTO guest (visit_id, name, phone, entered_by, at) VALUES (?, 'Tamu', ?, 'officer', 1)",
            visit,
            phone,
        )


def phones(tx: Transaction) -> list[str]:
    return tx.column("SELECT phone FROM guest WHERE phone <> '' ORDER BY visit_id")


def places(tx: Transaction) -> dict[str, int]:
    return dict(tx.rows("SELECT place, looked_to FROM clear_text"))


def seal_all(office: Office, by: Actor) -> int:
    more, rounds = office.perform(SealOld(anew=True), by), 1
    while more:
        more, rounds = office.perform(SealOld(), by), rounds + 1
    return rounds


def test_portion_by_portion_until_nothing_is_left(
    office: Office, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal_backlog, "PORTION", 20)
    write_rows(office, lambda tx: add_guests(tx, 50))
    before = read_rows(office, phones)
    assert len(before) == 34
    rounds = seal_all(office, admin)
    assert rounds == len(seal_backlog.PERSONAL_COLUMNS) + 2, (
        "three portions of guests, one of everything else"
    )
    after = read_rows(office, phones)
    assert all(is_sealed(each) for each in after)
    assert office.keyring is not None
    assert [office.keyring.open(each) for each in after] == before
    with pytest.raises(UserError, match="Tidak ada data lama"):
        office.perform(SealOld(), admin)


def test_broken_off_it_goes_on_where_it_was(
    office: Office, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal_backlog, "PORTION", 20)
    monkeypatch.setattr(seal_backlog, "PERSONAL_COLUMNS", {"guest": ("phone",)})
    write_rows(office, lambda tx: add_guests(tx, 50))
    assert office.perform(SealOld(anew=True), admin) is True
    assert read_rows(office, places) == {"guest": 20}
    office.sign_in("siti", PASSWORD)
    assert read_rows(office, places) == {"guest": 40}, "whoever signs in with keys does a portion"
    office.keys.maintain()
    assert read_rows(office, places) == {}
    assert not [each for each in read_rows(office, phones) if not is_sealed(each)]


def test_what_is_sealed_is_left_as_it_is(office: Office, admin: Actor) -> None:
    write_rows(office, lambda tx: add_guests(tx, 5))
    seal_all(office, admin)
    before = read_rows(office, phones)
    seal_all(office, admin)
    assert read_rows(office, phones) == before


@pytest.mark.parametrize("mark", [BY_SCHEDULE, BY_REQUEST])
def test_what_was_erased_is_not_due_again(office: Office, admin: Actor, mark: str) -> None:
    """The mark in its place hides nothing; sealed, nobody would know it for one."""

    def write(tx: Transaction) -> None:
        add_guests(tx, 1)
        tx.run(
            "INSERT INTO letter (visit_id, kind, number, issuer, at)"
            " VALUES (1, 'surat_tugas', ?, 'Dinas', 1)",
            mark,
        )

    write_rows(office, write)
    seal_all(office, admin)
    ((number, issuer),) = read_rows(office, lambda tx: tx.rows("SELECT number, issuer FROM letter"))
    assert (number, is_sealed(issuer)) == (mark, True)


@pytest.mark.file_only("pages")
def test_the_bytes_of_the_file_hold_no_clear_number(office: Office, admin: Actor, office_file: Path) -> None:
    write_rows(office, lambda tx: add_guests(tx, 400))
    assert PHONE.format(100).encode() in office_file.read_bytes()
    seal_all(office, admin)
    assert not re.search(rb"08123456\d{4}", office_file.read_bytes())


def test_every_place_is_in_the_schema(office: Office) -> None:
    def columns_of(tx: Transaction) -> dict[str, set[str]]:
        return {each: set(columns(tx, each)) for each in PLACES}

    there = read_rows(office, columns_of)
    assert [table for table, names in PLACES.items() if set(names) - there[table]] == []


def test_nothing_is_done_where_nothing_is_left(office: Office) -> None:
    assert write_rows(office, lambda tx: seal_backlog.seal_portion(tx, str.upper)) == 0


def test_what_was_declared_is_sealed_ground_by_ground(office: Office, admin: Actor) -> None:
    def write(tx: Transaction) -> None:
        add_guests(tx, 2)
        for visit_id, grounds in ((1, '["lansia","disabilitas"]'), (2, "[]")):
            tx.run(
                "INSERT INTO vulnerability (visit_id, grounds, declared_at) VALUES (?, ?, 1)",
                visit_id,
                grounds,
            )

    write_rows(office, write)
    seal_all(office, admin)
    said = office.read(lambda tx: (declarations.find(tx, 1), declarations.find(tx, 2)))
    assert [each and each.grounds for each in said] == [("lansia", "disabilitas"), ()]
    assert b"lansia" not in office.path.read_bytes()
