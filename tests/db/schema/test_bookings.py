"""An older file's appointments keep their code and get a service and a seat."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.db.schema.older import office_before
from ult_desktop.core.cases.appointment import AppointmentState
from ult_desktop.db.cases import appointments
from ult_desktop.db.creation import migrate_file
from ult_desktop.db.store.connection import has_its_schema, open_file
from ult_desktop.db.store.store import Store

pytestmark = pytest.mark.file_only("older")

HALF_HOUR = 1_800_000


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """Three booked in one half-hour for one service, one of a case without a service, one long gone."""
    path = office_before("m0025_bookings", tmp_path)
    with closing(sqlite3.connect(path)) as link, link:
        link.executemany(
            "INSERT INTO visit (id, day, channel, began_at) VALUES (?, '2026-11-20', 'tatap_muka', 5)",
            [(n,) for n in range(1, 6)],
        )
        link.executemany(
            "INSERT INTO casefile (id, year, serial, number, visit_id, service_id, state, opened_at, detail)"
            " VALUES (?1, 2026, ?1, 'K' || ?1, ?1, ?2, 'open', 5, 'x')",
            [(1, 2), (2, 2), (3, 2), (4, None), (5, 2)],
        )
        link.executemany(
            "INSERT INTO appointment (id, code, case_id, nth, day, at, reason, state, made_at)"
            " VALUES (?1, 'C' || ?1, ?1, 1, '2026-11-25', ?2, 'x', ?3, 5)",
            [(1, 0, "booked"), (2, 600_000, "booked"), (3, HALF_HOUR - 1, "booked"), (4, 0, "booked"),
             (5, 0, "missed")],
        )  # fmt: skip
    return path


def test_every_code_leads_to_a_service_and_each_has_a_seat(older: Path) -> None:
    migrate_file(older, 10_000_000, "kios")
    store = Store(older)
    found = [store.read(lambda tx, i=n: appointments.get(tx, i)) for n in range(1, 6)]  # type: ignore[misc]
    assert [each.service_id for each in found] == [2, 2, 2, 1, 2]
    assert [each.code for each in found] == ["C1", "C2", "C3", "C4", "C5"]
    assert found[4].state is AppointmentState.MISSED
    taken = store.read(lambda tx: appointments.taken(tx, "2026-11-25", "2026-11-25"))
    assert len({(each.service_id, each.seat) for each in taken}) == len(taken) == 4
    store.close()
    with closing(open_file(older)) as link:
        assert has_its_schema(link)


def test_a_visitor_without_a_case_has_a_name(older: Path) -> None:
    migrate_file(older, 10_000_000, "kios")
    with closing(sqlite3.connect(older)) as link, pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        link.execute(
            "INSERT INTO appointment (code, service_id, nth, day, at, seat, reason, made_at)"
            " VALUES ('X', 1, 1, '2026-11-25', 1, 9, 'x', 1)"
        )
