"""One request, one deed: retries, commits whose outcome is unknown, the journal and what is settled."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typing_extensions import override

from tests.office import calls_after, connection_of, journal_of, open_office, plain_link, store_of, stranger
from tests.operations.scene import KIOSK, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.queue import commands
from ult_desktop.db.store import events
from ult_desktop.db.store.connection import OfficeConnection
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.office.office import Office

pytestmark = pytest.mark.by_engine

REQUEST = "0193f2d0-0000-7000-8000-000000000001"
TAKE = commands.IssueTicket(service_id=1)
HERE = Presence(name="tv", mode="display", version="1", boot="b")


class Faulty(OfficeConnection):
    """A true connection that reports a failing disk at its next COMMIT, before or after doing it."""

    faults: list[Callable[[Callable[[], object]], object]] = []  # noqa: RUF012  (the test's own list)

    @override
    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if sql != "COMMIT" or not self.faults:
            return super().execute(sql, parameters)
        self.faults.pop()(partial(super().execute, sql))
        failure = sqlite3.OperationalError("disk I/O error")
        failure.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
        raise failure


@pytest.fixture
def faulty(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Faulty]]:
    """The office's own connection is replaced by one that can fail."""
    store_of(scene.office).close()
    monkeypatch.setattr("ult_desktop.db.store.connection.OfficeConnection", Faulty)
    yield Faulty
    assert Faulty.faults == [], "the fault was met"


def last_entry(scene: Scene) -> tuple[str, str]:
    link = plain_link(scene.path.parent / "journal-uji.db")
    try:
        rows = link.execute("SELECT name, outcome FROM work WHERE request = ?", (REQUEST,)).fetchall()
    finally:
        link.close()
    (row,) = rows
    return row[0], row[1]


def impatient(scene: Scene, timeout_s: float = 0.05) -> Office:
    """Return the same station, which gives up soon."""
    scene.office.close()
    office = Office(scene.path, "uji", scene.path.parent / "journal-uji.db", timeout_s=timeout_s)
    office.clock = scene.clock
    scene.office = office
    return office


def test_the_same_request_twice_is_one_ticket_and_one_event(scene: Scene) -> None:
    first = scene.office.perform(TAKE, KIOSK, REQUEST)
    events = scene.events()
    assert scene.office.perform(TAKE, KIOSK, REQUEST) == first
    assert scene.events() == events


def test_a_request_repeated_after_others_still_gives_its_own_ticket(scene: Scene) -> None:
    first = scene.office.perform(TAKE, KIOSK, REQUEST).ticket
    scene.take()
    scene.call()
    again = scene.office.perform(TAKE, KIOSK, REQUEST).ticket
    assert (again.id, again.label, again.code) == (first.id, first.label, first.code)


def test_a_call_repeated_is_not_a_second_call(scene: Scene) -> None:
    scene.take()
    scene.take()
    first = scene.do(commands.CallNext(counter=1), request=REQUEST)
    assert scene.do(commands.CallNext(counter=1), request=REQUEST) == first
    assert len(calls_after(scene.office, 0)) == 1


def test_two_stations_with_one_request_do_it_once(scene: Scene) -> None:
    """A journal that is replayed on another PC."""
    first = scene.office.perform(TAKE, KIOSK, REQUEST).ticket
    other = open_office(scene.path, "lain")
    assert other.perform(TAKE, KIOSK, REQUEST).ticket.id == first.id
    other.close()


@pytest.mark.file_only("link")
@pytest.mark.parametrize("happened", [True, False], ids=["committed", "not-committed"])
def test_a_commit_with_an_error_leaves_one_ticket(scene: Scene, faulty: type[Faulty], happened: bool) -> None:
    faulty.faults.append(lambda commit: happened and commit())
    ticket = scene.office.perform(TAKE, KIOSK, REQUEST).ticket
    assert ticket.label == "A001"
    assert scene.take().label == "A002"
    assert scene.kinds().count("ticket.issued") == 2
    assert last_entry(scene) == ("IssueTicket", "done")


@pytest.mark.file_only("link")
@pytest.mark.parametrize("happened", [True, False], ids=["committed", "not-committed"])
def test_so_does_one_whose_request_nobody_knew_before(
    scene: Scene, faulty: type[Faulty], happened: bool
) -> None:
    """A request made up in this very call is looked for only once something failed."""
    faulty.faults.append(lambda commit: happened and commit())
    assert scene.take().label == "A001"
    assert scene.take().label == "A002"
    assert scene.kinds().count("ticket.issued") == 2


@pytest.mark.file_only("link")
def test_what_is_found_in_the_log_is_acknowledged_by_a_commit_of_its_own(
    scene: Scene, faulty: type[Faulty]
) -> None:
    """The failed one may have left the emptied journal unsynced, and one without a change syncs nothing."""
    before = commits(scene.path)
    faulty.faults.append(lambda commit: commit())
    assert scene.office.perform(TAKE, KIOSK, REQUEST).ticket.label == "A001"
    assert commits(scene.path) == before + 2


def commits(office_file: Path) -> int:
    """Return the number of commits in the file's header: https://www.sqlite.org/fileformat.html#file_change_counter."""
    return int.from_bytes(office_file.read_bytes()[24:28])


def test_a_program_that_dies_before_it_wrote_the_end_finds_it_in_the_log(scene: Scene) -> None:
    scene.office.perform(TAKE, KIOSK, REQUEST)
    assert last_entry(scene) == ("IssueTicket", "open")
    connection_of(journal_of(scene.office)).close()  # as a kill leaves it: nothing more is written
    again = Office(scene.path, "uji", scene.path.parent / "journal-uji.db")
    assert last_entry(scene) == ("IssueTicket", "open"), "a power cut may still take the last commit back"
    again.settle()
    assert last_entry(scene) == ("IssueTicket", "done")
    store_of(scene.office).close()
    scene.office = again


@pytest.mark.parametrize("look", [Office.kiosk_board, Office.hall_board, Office.settle, Office.close])
def test_whoever_looks_next_has_the_end_written(scene: Scene, look: Callable[[Office], object]) -> None:
    scene.office.perform(TAKE, KIOSK, REQUEST)
    look(scene.office)
    assert last_entry(scene) == ("IssueTicket", "done")


@pytest.mark.file_only("link")
@pytest.mark.posix_only("exchange")
@pytest.mark.parametrize(("happened", "settled"), [(True, "done"), (False, "open")])
def test_what_an_outage_left_open_is_settled_at_the_next_start(
    scene: Scene, faulty: type[Faulty], happened: bool, settled: str
) -> None:
    """The share goes away in the middle of a commit; the program is started again when it is back."""
    away = scene.path.with_name("away.db")

    def lose_the_share(commit: Callable[[], object]) -> None:
        if happened:
            commit()
        store_of(scene.office)._connection.rollback()  # type: ignore[union-attr]
        scene.path.rename(away)

    office = impatient(scene, timeout_s=0.5)  # a second try finds no file, also on a busy machine
    faulty.faults.append(lose_the_share)
    with pytest.raises(ShareUnreachable, match="tidak ditemukan"):
        office.perform(TAKE, KIOSK, REQUEST)
    assert last_entry(scene) == ("IssueTicket", "open")
    away.rename(scene.path)
    impatient(scene).settle()
    assert last_entry(scene) == ("IssueTicket", settled)
    assert scene.office.perform(TAKE, KIOSK, REQUEST).ticket.label == "A001"
    assert scene.kinds().count("ticket.issued") == 1


@pytest.mark.file_only("link")
@pytest.mark.parametrize(("minutes", "events_of_act"), [(0, 1), (24 * 60, 2)], ids=["same day", "next day"])
def test_a_commit_that_a_power_cut_takes_back_keeps_nobody_from_writing(
    scene: Scene, faulty: type[Faulty], minutes: int, events_of_act: int
) -> None:
    """Others read it before its journal was synced empty, and its own station starts again meanwhile."""
    station = msgspec.structs.replace(HERE, name="uji")
    scene.take()
    scene.office.report_presence(station)
    scene.later(minutes)
    display = open_office(scene.path, "tv")
    display.clock = scene.clock
    before, ended = scene.path.read_bytes(), display.last_seq()
    faulty.faults.append(lambda commit: commit())
    with scene.office.patience(0), pytest.raises(ShareUnreachable):
        scene.office.perform(TAKE, KIOSK, REQUEST)
    display.expect_news()
    assert display.read(events.last_seq) == ended + events_of_act
    kiosk = impatient(scene)
    scene.path.write_bytes(before)
    display.report_presence(HERE)
    display.perform(TAKE, KIOSK)
    kiosk.report_presence(station)
    scene.take()
    kiosk.settle()
    assert last_entry(scene) == ("IssueTicket", "abandoned")
    display.close()


def test_a_later_act_closes_what_was_in_doubt(scene: Scene) -> None:
    """A command line never reports: what it does next settles what it did before."""
    scene.office.perform(TAKE, KIOSK, REQUEST)
    connection_of(journal_of(scene.office)).close()
    again = impatient(scene)
    again.perform(TAKE, KIOSK)
    again.kiosk_board()
    assert last_entry(scene) == ("IssueTicket", "done")


def test_the_journal_has_the_request_before_the_share_is_tried(scene: Scene) -> None:
    office = impatient(scene)
    holder = stranger(scene.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(ShareUnreachable, match=r"sedang dipakai .+ terlalu lama"):
        office.perform(TAKE, KIOSK, REQUEST)
    assert last_entry(scene) == ("IssueTicket", "open")
    holder.execute("ROLLBACK")
    holder.close()
    impatient(scene)
    assert last_entry(scene) == ("IssueTicket", "open"), "nobody knows yet"
    scene.office.perform(TAKE, KIOSK)
    scene.office.settle()
    assert last_entry(scene) == ("IssueTicket", "abandoned"), "the log ran on without it"


def test_a_refusal_is_written_as_one(scene: Scene) -> None:
    with pytest.raises(UserError):
        scene.do(commands.CallNext(counter=1), request=REQUEST)
    assert last_entry(scene) == ("CallNext", "refused")


def test_without_the_permission_nothing_is_written_at_all(scene: Scene) -> None:
    with pytest.raises(UserError, match="kiosk-1 tidak berwenang"):
        scene.office.perform(commands.CloseDay(reason="Selesai"), KIOSK, REQUEST)
    with pytest.raises(ValueError, match="unpack"):
        last_entry(scene)


def test_a_bug_in_an_operation_changes_nothing_and_shows(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = scene.dump()
    monkeypatch.setattr("ult_desktop.db.queue.tickets.insert", lambda _tx, _new: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        scene.office.perform(TAKE, KIOSK, REQUEST)
    assert scene.dump() == before
    assert last_entry(scene) == ("IssueTicket", "refused")


def test_others_are_told_after_the_commit_and_only_then(scene: Scene) -> None:
    told: list[int] = []
    scene.office.committed = lambda: told.append(scene.office.last_seq())
    scene.office.perform(TAKE, KIOSK)
    with pytest.raises(UserError):
        scene.do(commands.CallNext(counter=3), counter=1)
    assert told == [scene.office.last_seq()]


@pytest.mark.file_only("link")
def test_replayed_work_gets_the_same_code_on_its_paper(scene: Scene, founded: Path, tmp_path: Path) -> None:
    """An office rebuilt from the journals: the label and the QR on the paper hold."""
    first = scene.office.perform(TAKE, KIOSK, REQUEST).ticket
    rebuilt_folder = tmp_path / "rebuilt"
    rebuilt_folder.mkdir()
    (rebuilt_folder / "office.db").write_bytes(founded.read_bytes())
    rebuilt = open_office(rebuilt_folder / "office.db", "uji-2")
    again = rebuilt.perform(TAKE, KIOSK, REQUEST).ticket
    assert (again.label, again.code) == (first.label, first.code)
    rebuilt.close()
