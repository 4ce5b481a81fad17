"""`office time` and `office confirm-time`: what a person sees and says when the date is doubtful."""

import pytest

from tests.cli.conftest import CommandLine
from tests.office import open_office
from tests.operations.scene import HandClock
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.backup import upkeep
from ult_desktop.db.store.clock import own_ms
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
    assert doubtful.run(*said, typed="n\n").code == 1
    done = doubtful.run(*said, typed="y\n")
    assert "dipastikan; semua stasiun bekerja lagi" in done.out


def test_a_day_that_was_begun_wrongly_is_taken_back(desk: CommandLine) -> None:
    """The clock was two days ahead for one touch."""
    assert "Tidak ada hari yang keliru" in desk.run("queue", "begun-day", "--database", desk.path).out
    desk.take()
    office = open_office(desk.path, "lain")
    office.clock = HandClock(own_ms() + 2 * DAY_MS)
    office.perform(IssueTicket(service_id=1), Actor(station="lain"))
    office.close()
    assert desk.run("office", "confirm-time", "--database", desk.path, "--yes").code == 0
    told = desk.run("queue", "begun-day", "--database", desk.path, "--json").row
    assert (told["back"], told["newer"], told["station"]) == (["A001"], ["A001"], "lain")
    assert "hidup lagi: A001" in desk.run("queue", "begun-day", "--database", desk.path).out
    refused = desk.run("queue", "take-back-day", "--database", desk.path)
    assert (refused.code, "mengambil nomor baru" in refused.err) == (1, True)
    done = desk.run("queue", "take-back-day", "--database", desk.path, "--cancel-newer")
    assert "1 nomor hidup lagi" in done.out
    assert [row["state"] for row in desk.queue("list").rows] == ["waiting"]


def test_doctor_fails_on_a_doubtful_date_and_on_stamps_from_the_future(doubtful: CommandLine) -> None:
    store = Store(doubtful.path)
    store.write(lambda tx: upkeep.record_success(tx, upkeep.BACKUP, "loket-9", own_ms() + DAY_MS))
    store.close()
    answer = doubtful.run("doctor", "--database", doubtful.path, "--json")
    failed = [row for row in answer.rows if row["check"] == "Tanggal"]
    assert answer.code == 1
    assert [row["level"] for row in failed] == ["fail", "fail"]
    assert "padahal catatan terakhir" in failed[0]["found"]
    assert "loket-9 menulis waktu yang belum tiba" in failed[1]["found"]
