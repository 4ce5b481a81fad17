"""`office time` and `office confirm-time`: what a person sees and says when the date is doubtful."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.office import open_office
from tests.operations.scene import HandClock
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.backup import upkeep
from ult_desktop.db.store import stations
from ult_desktop.db.store.clock import own_ms
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.store.store import Store


@pytest.fixture
def doubtful(desk: CommandLine) -> CommandLine:
    """Somebody's clock was two days ahead, and the log knows it."""
    office = open_office(desk.path, "lain")
    office.clock = HandClock(own_ms() + 2 * DAY_MS)
    office.perform(IssueTicket(service_id=1), Actor(station="lain"))
    office.close()
    return desk


def test_nothing_speaks_against_a_right_clock(desk: CommandLine) -> None:
    told = desk.run("office", "time", "--database", desk.path)
    assert told.code == 0
    assert "Catatan terakhir -" in told.out
    assert "Tidak ada keraguan." in told.out
    desk.take()
    row = desk.run("office", "time", "--database", desk.path, "--json").row
    assert set(row) == {"now", "last", "own", "doubt"}
    assert row["doubt"] is None
    assert row["last"][:10] == row["now"][:10]


def test_times_are_told_as_the_office_has_them(desk: CommandLine) -> None:
    told = desk.run("office", "time", "--database", desk.path).out
    assert f"{desk.now:%d/%m/%Y}" in told
    assert not re.search(r"\d{4}-\d{2}-\d{2}|\+\d{2}:\d{2}", told)


def test_a_date_before_the_log_stops_the_writing_until_an_officer_confirms_it(doubtful: CommandLine) -> None:
    asked = ("queue", "issue", "A", "--database", doubtful.path)
    refused = doubtful.run(*asked)
    assert refused.code == 1
    assert "padahal catatan terakhir" in refused.err
    assert "office confirm-time" in refused.err
    assert doubtful.run("office", "time", "--database", doubtful.path, "--json").row["doubt"] == "behind"
    assert "confirm-time" in doubtful.run("office", "time", "--database", doubtful.path).out
    said = ("office", "confirm-time", "--database", doubtful.path, "--officer", "siti")
    no = doubtful.run(*said, "--yes", ULT_PASSWORD="salah")
    assert no.code == 1
    done = doubtful.run(*said, "--yes", "--json")
    assert (done.code, list(done.row)) == (0, ["confirmed"])
    assert doubtful.run(*asked).code == 0
    assert doubtful.run("office", "time", "--database", doubtful.path, "--json").row["doubt"] is None


def test_it_asks_first_and_says_what_it_did(doubtful: CommandLine) -> None:
    said = ("office", "confirm-time", "--database", doubtful.path)
    assert "Ulangi dengan --yes" in doubtful.run(*said).err
    assert doubtful.run(*said, typed="n\n").code == 1
    done = doubtful.run(*said, typed="y\n")
    assert "dipastikan; semua stasiun bekerja lagi" in done.out


def test_a_day_that_was_begun_wrongly_is_taken_back(desk: CommandLine) -> None:
    """The clock was two days ahead for one touch."""
    assert "Tidak ada penutupan" in desk.run("queue", "closing", "--database", desk.path).out
    desk.take()
    office = open_office(desk.path, "lain")
    office.clock = HandClock(own_ms() + 2 * DAY_MS)
    office.perform(IssueTicket(service_id=1), Actor(station="lain"))
    office.close()
    assert desk.run("office", "confirm-time", "--database", desk.path, "--yes").code == 0
    told = desk.run("queue", "closing", "--database", desk.path, "--json").row
    assert (told["back"], told["newer"], told["station"]) == (["A001"], ["A001"], "lain")
    words = desk.run("queue", "closing", "--database", desk.path).out
    assert "jam yang keliru\nkembali: A001\ndibatalkan: A001" in words
    refused = desk.run("queue", "take-back-day", "--database", desk.path)
    assert (refused.code, "mengambil nomor baru" in refused.err) == (1, True)
    done = desk.run("queue", "take-back-day", "--database", desk.path, "--cancel-newer")
    assert "1 nomor kembali." in done.out
    assert [row["state"] for row in desk.queue("list").rows] == ["waiting"]


def leave_stamps(path: Path) -> None:
    """Leave stamps of a station, a task and its backup; another backup is of now."""
    home, ahead = path.with_name("cadangan"), own_ms() + DAY_MS
    home.mkdir()
    for name in ("office-20991231T000000Z.db", "office-20260101T000000Z.db"):
        (home / name).touch()
    made = str(home / "office-20991231T000000Z.db")
    store = Store(path)
    store.write(lambda tx: upkeep.record_success(tx, upkeep.BACKUP, "loket-9", ahead, made))
    seen = Presence(name="kios-9", mode="kiosk", version="1", boot="b", seen_at=ahead, identity="i")
    store.write(lambda tx: stations.report(tx, seen))
    store.close()


def test_doctor_fails_on_a_doubtful_date_and_on_stamps_from_the_future(doubtful: CommandLine) -> None:
    leave_stamps(doubtful.path)
    answer = doubtful.run("doctor", "--database", doubtful.path, "--json")
    failed = [row for row in answer.rows if row["check"] == "Tanggal"]
    assert answer.code == 1
    assert {row["level"] for row in failed} == {"fail"}
    first, entry, station, task, backup = (row["found"] for row in failed)
    assert "padahal catatan terakhir" in first
    assert entry.startswith("catatan 1 dari lain: waktu yang belum tiba, ")
    assert station.startswith("kios-9: waktu yang belum tiba, ")
    assert task.startswith("loket-9: waktu yang belum tiba, ")
    assert backup.startswith("office-20991231T000000Z.db: waktu")


def test_verify_fails_on_what_a_clock_wrote_that_stood_ahead(doubtful: CommandLine) -> None:
    """The file is whole all the same."""
    leave_stamps(doubtful.path)
    assert doubtful.run("office", "confirm-time", "--database", doubtful.path, "--yes").code == 0
    answer = doubtful.run("verify", doubtful.path, "--json")
    assert (answer.code, answer.rows[0]["ok"]) == (1, False)
    found = answer.rows[0]["findings"]
    assert {each["check"] for each in found} == {"future"}
    sources = [each["detail"].partition(":")[0] for each in found]
    assert sources == ["catatan 1 dari lain", "kios-9", "loket-9", "office-20991231T000000Z.db"]
    told = doubtful.run("verify", doubtful.path)
    assert told.code == 1
    assert "future: catatan 1 dari lain: waktu yang belum tiba" in told.err
