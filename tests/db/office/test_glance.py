"""An office seen from outside: who it is, and who works there; the file is as it was."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.db.schema.builds import next_program
from tests.office import report_other
from ult_desktop.base.errors import UserError
from ult_desktop.db.office.glance import glance
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.office.office import Office


def test_it_tells_the_name_the_counters_and_who_is_at_work(office: Office) -> None:
    now = office.clock()
    report_other(office, Presence(name="kios lobi", mode="kiosk", version="1", boot="b", seen_at=now))
    seen = glance(office.path, now)
    assert (seen.name, seen.older) == ("BPMP Provinsi Kalimantan Utara", False)
    assert seen.counters == (1, 2, 3, 4)
    assert seen.at_work == ("kios lobi",)
    assert glance(office.path, now + 3_600_000).at_work == ()


def test_an_older_office_is_known_and_stays_what_it_is(office_file: Path) -> None:
    before = office_file.read_bytes()
    with next_program():
        assert glance(office_file, 0).older
    assert office_file.read_bytes() == before


def test_what_is_no_office_is_told(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with closing(sqlite3.connect(path)) as link:
        link.execute("CREATE TABLE lain (n)")
    with pytest.raises(UserError, match="bukan berkas kantor"):
        glance(path, 0)
    path.write_bytes(b"")
    with pytest.raises(UserError):
        glance(path, 0)
