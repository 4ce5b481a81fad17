"""Asks while the share goes: answered in three seconds, done then or never; and how the line is."""

import threading
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytestqt.qtbot import QtBot
from typing_extensions import override

from benchmarks.survival.share_model import ShareModel, SlowLink
from tests.db.other_process import other_process
from tests.office import PASSWORD, open_office
from tests.ui.hanging import Cable, over_a_cable, watched_over_a_cable
from tests.ui.office_link.watched_link import SOON_S, TAKE, OpenLink
from tests.ui.shown import all_done
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Command
from ult_desktop.core.connection import OUTAGE_AFTER, Connection
from ult_desktop.db.store.errors import DamagedFile
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.office_link.link import _perform
from ult_desktop.ui.office_link.link_monitor import NotTried

if TYPE_CHECKING:
    from ult_desktop.core.queue.boards import LobbyBoard

ONLINE, RECONNECTING, OFFLINE = Connection.ONLINE, Connection.RECONNECTING, Connection.OFFLINE


@pytest.fixture
def slow_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is waited for, however late the worker thread comes to tell it."""
    monkeypatch.setattr("ult_desktop.ui.office_link.link.GRACE_S", 60.0)


@pytest.mark.usefixtures("slow_worker")
@pytest.mark.slow
@pytest.mark.file_only("pages")
def test_what_is_asked_as_the_share_goes_is_told_in_three_seconds(
    office_file: Path, open_link: OpenLink, qtbot: QtBot
) -> None:
    """And it is not done later, when the share comes back; the line's state never gets better meanwhile."""
    watched = open_link(office_file)
    qtbot.waitUntil(lambda: all_done(watched.link))
    watched.states.clear()
    away = office_file.rename(office_file.with_name("away.db"))
    began = time.monotonic()
    watched.take()
    qtbot.waitUntil(lambda: bool(watched.answers))
    assert time.monotonic() - began < SOON_S
    assert "tidak ditemukan" in watched.answers[0].what
    qtbot.waitUntil(lambda: OFFLINE in watched.states)
    qtbot.wait(1500)  # longer than a wait that began anew would stay unseen
    assert watched.states == [RECONNECTING, OFFLINE]
    away.rename(office_file)
    qtbot.waitUntil(lambda: watched.link.connection is ONLINE)
    watched.take()
    qtbot.waitUntil(lambda: watched.labels == ["A001"])


@pytest.mark.usefixtures("slow_worker")
@pytest.mark.slow
def test_who_signs_in_as_the_share_goes_is_told_in_three_seconds_too(
    office_file: Path, open_link: OpenLink, qtbot: QtBot
) -> None:
    watched = open_link(office_file)
    qtbot.waitUntil(lambda: all_done(watched.link))
    with other_process("exclusive", office_file):
        began = time.monotonic()
        watched.link.sign_in("siti", PASSWORD, watched.answers.append, watched.answers.append)
        qtbot.waitUntil(lambda: bool(watched.answers))
        assert time.monotonic() - began < SOON_S
    assert "terlalu lama" in watched.answers[0].what


@pytest.mark.slow
@pytest.mark.posix_only("exchange")
def test_a_share_that_goes_while_nobody_asks_is_told_in_two_seconds(
    office_file: Path, open_link: OpenLink, qtbot: QtBot
) -> None:
    """A counter that only waits: its handles still read the renamed file."""
    watched = open_link(office_file)
    qtbot.waitUntil(lambda: all_done(watched.link))
    began = time.monotonic()
    watched.states.clear()
    away = office_file.rename(office_file.with_name("away.db"))
    qtbot.waitUntil(lambda: watched.states[:1] == [RECONNECTING])
    assert time.monotonic() - began < SOON_S
    away.rename(office_file)  # nothing waits for it any longer


class StuckOffice(Office):
    """Each call for a number is done, and its answer does not come back as long as `stuck`."""

    stuck = threading.Event()

    @override
    def perform(self, command: Command, by: Actor, request: str = "") -> Any:
        answer = super().perform(command, by, request)
        assert self.stuck.wait(60)
        return answer


@pytest.mark.slow
def test_an_ask_that_hangs_and_is_done_after_all(
    office_file: Path, open_link: OpenLink, qtbot: QtBot
) -> None:
    """Such an ask is reported as not known, once; the board shows what became of it."""
    StuckOffice.stuck.clear()
    watched = open_link(
        office_file, opening=lambda place: StuckOffice(place.database, place.name, place.journal)
    )
    watched.take()
    qtbot.waitUntil(lambda: bool(watched.answers))
    assert "belum diketahui" in watched.answers[0].what
    watched.changes.clear()
    StuckOffice.stuck.set()
    qtbot.waitUntil(lambda: ONLINE in watched.changes)
    boards: list[LobbyBoard] = []
    watched.link.read(Office.lobby_board, boards.append)
    qtbot.waitUntil(lambda: bool(boards))
    assert {line.waiting for line in boards[0].lines} == {1}
    assert len(watched.answers) == 1


@pytest.mark.slow
def test_a_job_that_hangs_with_the_share_is_told_too(
    office_file: Path, open_link: OpenLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.core.connection.OUTAGE_AFTER", 0.5)
    monkeypatch.setattr("ult_desktop.db.store.watcher.engine_at", watched_over_a_cable)
    Cable.plug_in()
    watched = open_link(office_file, opening=over_a_cable)
    qtbot.waitUntil(lambda: all_done(watched.link))
    Cable.pull()
    watched.link.perform(
        lambda office, _actor: office.kiosk_board(), watched.answers.append, watched.answers.append
    )
    qtbot.waitUntil(lambda: bool(watched.answers))
    assert "belum diketahui" in watched.answers[0].what
    Cable.plug_in()
    qtbot.waitUntil(lambda: watched.link.connection is ONLINE and all_done(watched.link))
    assert len(watched.answers) == 1


def test_a_job_may_take_its_time_while_the_share_answers(
    office_file: Path, open_link: OpenLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.office_link.link.GRACE_S", 0.05 - OUTAGE_AFTER)
    watched = open_link(office_file)
    written = threading.Event()
    watched.link.perform(
        lambda _office, _actor: written.wait(60), watched.answers.append, watched.answers.append
    )
    qtbot.wait(600)  # it was looked at twice meanwhile
    assert watched.answers == []
    written.set()
    qtbot.waitUntil(lambda: watched.answers == [True])


@pytest.mark.slow
def test_nobody_is_told_after_closing(
    office_file: Path, open_link: OpenLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.office_link.link.GRACE_S", 0.05 - OUTAGE_AFTER)
    with other_process("exclusive", office_file):
        watched = open_link(office_file, wait=False)
        watched.take()
        watched.link.close()
        qtbot.wait(100)
    assert watched.answers == []


@pytest.mark.slow
@pytest.mark.file_only("pages")
def test_a_slow_share_is_slow_and_not_gone(office_file: Path, open_link: OpenLink, qtbot: QtBot) -> None:
    """A number takes 61 round trips of 40 ms: longer than two seconds, and nothing is said to be cut off."""
    with ShareModel(office_file.parent).at_work() as share:
        watched = open_link(office_file)
        watched.take()
        qtbot.waitUntil(lambda: watched.labels == ["A001"] and all_done(watched.link))
        watched.states.clear()
        share.link = SlowLink(0.04)
        began = time.monotonic()
        watched.take()
        qtbot.waitUntil(lambda: len(watched.answers) == 2, timeout=60_000)
        assert time.monotonic() - began > 2
        assert watched.labels == ["A001", "A002"]
        assert watched.states == []
        share.link = None
        watched.link.close()


def test_what_waited_behind_a_report_is_begun_unless_it_was_refused(office_file: Path) -> None:
    """Over a slow link a report takes three seconds: whoever waits behind it still gets a number."""
    ended, asked_at = threading.Event(), time.monotonic() - OUTAGE_AFTER - 1
    with closing(open_office(office_file)) as office:
        ask = partial(_perform, TAKE, Actor(station=office.station), asked_at, ended)
        assert ask(office).ticket.label == "A001"
        ended.set()
        with pytest.raises(NotTried):
            ask(office)


@pytest.mark.parametrize(("name", "offered"), [("office.db", True), ("kantor.postgresql", False)])
def test_a_backup_is_offered_where_this_program_can_bring_it_back(
    office_file: Path, open_link: OpenLink, name: str, offered: bool
) -> None:
    watched = open_link(office_file)
    watched.link.setup = watched.link.setup._replace(database=office_file.with_name(name))
    watched.link.monitor.note(DamagedFile("Rusak."))
    assert watched.link.needs_restore is offered
