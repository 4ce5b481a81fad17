"""An older file on its way to sealed text: nothing is lost, and nothing of a number stays in a hash."""

import sqlite3
from pathlib import Path

from tests.db.schema.older import program_before
from ult_desktop.core.online.online_request import OnlineRow, fingerprint
from ult_desktop.db.migrations import MIGRATIONS

OLD = "f" * 64


def older(path: Path) -> sqlite3.Connection:
    """A file of the program before, with a visitor, his card and a request that came by e-mail."""
    link = sqlite3.connect(path, isolation_level=None)
    with program_before("m0010_personal"):
        MIGRATIONS.apply(link)
    link.execute("PRAGMA foreign_keys = OFF")

    link.executescript(
        "INSERT INTO visit (id, day, channel, began_at) VALUES (7, '2026-11-20', 'daring', 1);"
        "INSERT INTO guest (visit_id, name, institution, phone, entered_by, at)"
        " VALUES (7, 'Dedi', 'SDN 1', '0812', 'visitor', 1);"
        "INSERT INTO identity_check (visit_id, at, kind, number_tail, matches)"
        " VALUES (7, 1, 'ktp', '3456', 1);"
        "INSERT INTO casefile (id, year, serial, number, visit_id, detail, state, opened_at)"
        " VALUES (3, 2026, 1, '0001/ULT/2026', 7, 'Mohon data', 'open', 1);"
        "INSERT INTO online_request (year, serial, number, visit_id, case_id, source, external_id,"
        " fingerprint, topic, service, sent_at, received_at, due_at)"
        f" VALUES (2026, 1, 'D-0001/2026', 7, 3, 'email', '', '{OLD}', 'Rapor', '', 5, 6, 9);"
    )
    return link


def test_rows_stay_and_a_request_is_told_without_its_number(tmp_path: Path) -> None:
    link = older(tmp_path / "office.db")
    MIGRATIONS.apply(link)
    assert link.execute("SELECT phone, phone_index FROM guest").fetchall() == [("0812", "")]
    assert link.execute("SELECT number_tail FROM identity_check").fetchall() == [("3456",)]
    row = OnlineRow(name="Dedi", detail="Mohon data", sent_at=5, institution="SDN 1", topic="Rapor")
    assert link.execute("SELECT fingerprint FROM online_request").fetchall() == [(fingerprint(row),)]
    link.execute("UPDATE identity_check SET number_tail = 's1:1:AAAA'")
    link.close()
