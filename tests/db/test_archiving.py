"""The steps by which a closed year leaves the office file, one by one."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.operations.years import Years, some_years
from ult_desktop.core.online import OnlineRow, OnlineSource, Recap, fingerprint, joined
from ult_desktop.db import archive_backup, archive_file, archive_rules, archives, archiving, events, online
from ult_desktop.db.store import Store
from ult_desktop.db.transaction import Transaction
from ult_desktop.operations import archive_reading
from ult_desktop.operations import archiving as series
from ult_desktop.operations.archive_reading import of_year
from ult_desktop.operations.archiving import Job, archive_year
from ult_desktop.operations.restoring import verdict_on


@pytest.fixture
def years(office_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Years]:
    monkeypatch.setattr(series, "PAUSE_S", (0, 0))
    found = Years(office_file, tmp_path)
    some_years(found)
    yield found
    found.scene.close()


def who(years: Years, year: int) -> set[str]:
    """Who stands in an archive."""
    return {str(name) for (name,) in years.in_archive(year, "SELECT name FROM guest")}


def test_what_hangs_on_something_that_stays_stays(years: Years) -> None:
    """Ani's visit was over in 2023, but another of 2024 goes on from it."""
    store = Store(years.scene.path)
    store.write(lambda tx: tx.run(_FOLLOWING))
    store.close()
    years.archive(2023)
    assert who(years, 2023) == {"Budi Kepala"}
    years.closed_case("2026-11-24", "Fani Guru")
    years.archive(2024)
    assert who(years, 2024) == {"Ani Guru", "Citra Operator"}
    assert verdict_on(years.scene.path).findings == ()


_FOLLOWING = (
    "INSERT INTO visit (day, channel, began_at, ended_at, ending, follows)"
    " VALUES ('2024-06-03', 'telepon', 1717380000000, 1717380000000, 'done', 1)"
)


def test_what_was_copied_wrong_is_no_archive(years: Years, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(archive_rules._SECRETS, ("guest", "name"), "'x'")
    before = years.rows("SELECT count(*) FROM event")
    with pytest.raises(archive_file.BadArchive, match="guest"):
        years.archive(2023)
    assert (years.known(), years.rows("SELECT count(*) FROM event")) == ((), before)
    assert archive_reading.years_in(years.scene.path) == ()


def test_a_step_that_was_done_is_passed_over(years: Years) -> None:
    """A COMMIT that failed may have happened: the same step comes again."""
    known = years.archive(2023).archive
    store = Store(years.scene.path)
    months = years.rows("SELECT month, what, count FROM archived_month ORDER BY 1, 2")
    with archiving.opened(archives.path_of(years.scene.path, 2023)) as link:
        assert all(archiving.erase_log(store, step) for step in archiving.log_steps(link, known.facts, 0))
        assert archiving.erase(store, archiving.portion(link, archiving.groups(link), known.facts))
    store.close()
    assert years.rows("SELECT month, what, count FROM archived_month ORDER BY 1, 2") == months


def test_whom_a_data_subjects_request_names_stays(years: Years) -> None:
    store = Store(years.scene.path)

    def meanwhile(words: str) -> None:
        if words.startswith("Memindahkan"):
            store.write(lambda tx: (tx.run(_REQUEST), tx.run(_NAMED)))

    archive_year(years.scene.office, years.admin, Job(year=2023, place=years.disk), meanwhile)
    store.close()
    assert who(years, 2023) == {"Budi Kepala"}
    assert verdict_on(years.scene.path).findings == ()


_REQUEST = (
    "INSERT INTO subject_request (id, year, serial, number, kind, name, received_at, due_at)"
    " VALUES (1, 2026, 1, 'PSD/1', 'akses', 'Ani', 1, 2)"
)
_NAMED = "INSERT INTO subject_visit (request_id, visit_id, at) VALUES (1, 1, 1)"


def test_online_requests_in_archives_are_known_to_an_import(years: Years) -> None:
    row = OnlineRow(name="Ani", detail="Apa syaratnya?", external_id="S-1")
    store = Store(years.scene.path)
    store.write(lambda tx: tx.run(_ONLINE, fingerprint(row)))
    store.write(lambda tx: tx.run(_NEWER, "0" * 64))
    before = store.read(lambda tx: online.number_of_row(tx, OnlineSource.EMAIL, row))
    numbers = recap(years)
    assert (numbers.closed, numbers.services) == (1, (("Informasi & Konsultasi", 1),))
    years.archive(2023)
    assert recap(years) == numbers
    later = of_year(years.scene.office, 2024, lambda tx, year: (online.recap(tx, year),))
    assert [each.closed for each in later] == [1]  # an archive of an earlier year holds nothing of it
    assert years.in_archive(2023, "SELECT external_id FROM online_request") == [("S-1",)]
    assert store.read(lambda tx: online.number_of_row(tx, OnlineSource.EMAIL, row)) == before == "D-1"
    store.close()


def recap(years: Years) -> Recap:
    """Of 2023, wherever its requests lie."""
    return joined(2023, of_year(years.scene.office, 2023, lambda tx, year: (online.recap(tx, year),)))


_ONLINE = (
    "INSERT INTO online_request (year, serial, number, visit_id, case_id, source, external_id, fingerprint,"
    " topic, service, sent_at, received_at, due_at, state)"
    " VALUES (2023, 1, 'D-1', 1, 1, 'email', 'S-1', ?, '', '', 1, 1, 1, 'ditutup')"
)
_NEWER = (
    "INSERT INTO online_request (year, serial, number, visit_id, case_id, source, external_id, fingerprint,"
    " topic, service, sent_at, received_at, due_at, state)"
    " VALUES (2024, 1, 'D-2', 3, 3, 'email', 'S-2', ?, '', '', 1, 1, 1, 'ditutup')"
)


def test_an_office_file_of_an_older_program_has_its_whole_log(years: Years, tmp_path: Path) -> None:
    copy = tmp_path / "lama.db"
    shutil.copy(years.scene.path, copy)
    with closing(sqlite3.connect(copy)) as link, link:
        for table in ("archive", "log_start"):
            link.execute(f"DROP TABLE {table}")
    assert archive_backup.known_in(copy) == ()
    with closing(sqlite3.connect(copy)) as link:
        assert events.start(Transaction(link)) == events.BEGINNING
