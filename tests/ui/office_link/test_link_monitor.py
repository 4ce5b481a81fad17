"""Events at a station become one state: reported once, judged again as time goes by."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ult_desktop.base.errors import UserError
from ult_desktop.core.connection import OUTAGE_AFTER, SHOWN_AFTER, Connection, LinkHealth
from ult_desktop.core.office_time import Doubt, TimeWitnesses
from ult_desktop.db.store.errors import DamagedFile, file_missing
from ult_desktop.operations.office.office import AnotherOffice
from ult_desktop.operations.time_watch import TimeDoubt
from ult_desktop.ui.office_link.link_monitor import LOOK_MS, LinkMonitor, NotTried, not_opened_error

ONLINE, RECONNECTING, OFFLINE = Connection.ONLINE, Connection.RECONNECTING, Connection.OFFLINE


class MonitorBench:
    """A watch whose silence is in the test's hand, and all that it told."""

    def __init__(self) -> None:
        self.silent_s, self.owes = 0.0, False
        self.watch = LinkMonitor(lambda: self.silent_s)
        self.watch.add_facts = self._more
        self.told: list[Connection] = []
        self.watch.changed.connect(self.told.append)

    def _more(self, line: LinkHealth) -> LinkHealth:
        return line.with_own_work(alone=False, owes=self.owes)

    def after(self, seconds: float) -> Connection:
        self.silent_s = seconds
        self.watch.judge()
        return self.watch.connection


@pytest.fixture
def watched(qtbot: QtBot) -> Iterator[MonitorBench]:
    made = MonitorBench()
    yield made
    made.watch.stop()


def test_a_hang_and_its_end(watched: MonitorBench) -> None:
    assert watched.watch.connection is RECONNECTING
    watched.watch.note(None)
    for gone_s in (1.0, SHOWN_AFTER, OUTAGE_AFTER, 60.0, 3600.0):
        watched.after(gone_s)
    assert watched.after(0) is ONLINE
    assert watched.told == [ONLINE, RECONNECTING, OFFLINE, ONLINE]


def test_what_hangs_at_the_opening_is_named_by_its_kind(tmp_path: Path) -> None:
    assert "folder bersama" in not_opened_error(tmp_path / "office.db").todo
    server = not_opened_error(tmp_path / "kantor.postgresql")
    assert server.what == "kantor belum menjawab."
    assert "server" in server.todo
    assert "folder" not in server.todo


def test_two_seconds_and_four_are_kept() -> None:
    """The promise of a hang holds, whatever else a loaded machine adds to it."""
    assert SHOWN_AFTER + LOOK_MS / 1000 < 2
    assert OUTAGE_AFTER + LOOK_MS / 1000 < 4


def test_it_looks_by_itself(watched: MonitorBench, qtbot: QtBot) -> None:
    watched.watch.note(None)
    watched.silent_s = OUTAGE_AFTER
    qtbot.waitUntil(lambda: watched.told == [ONLINE, OFFLINE])


def test_errors_are_an_outage_after_a_while(
    watched: MonitorBench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An open handle may still be read when the file is gone: nothing is silent then."""
    monkeypatch.setattr("ult_desktop.core.connection.OUTAGE_AFTER", 0.05)
    watched.watch.note(None)
    watched.watch.note(file_missing("office.db"))
    assert watched.told == [ONLINE, RECONNECTING]
    qtbot.waitUntil(lambda: watched.told == [ONLINE, RECONNECTING, OFFLINE])
    watched.watch.note(None)
    assert watched.watch.connection is ONLINE


def test_a_doubt_of_the_time_outlives_an_outage(watched: MonitorBench) -> None:
    """The page that asks about it keeps what was typed there."""
    doubt = TimeDoubt(TimeWitnesses(now=2, log=1, own=1), Doubt.APART)
    watched.watch.note(doubt)
    watched.watch.note_failure(file_missing("office.db"))
    watched.watch.note_reading(True)
    assert (watched.watch.trouble, watched.watch.connection) == (doubt, OFFLINE)
    watched.watch.note_write(doubt, None)
    assert (watched.watch.trouble, watched.watch.connection) == (None, ONLINE)


def test_an_error_after_a_long_wait_is_no_better_news(watched: MonitorBench) -> None:
    """The try that waited ends, and its wait with it; the silence goes on."""
    watched.watch.note(None)
    watched.after(OUTAGE_AFTER)
    watched.silent_s = 0.0
    watched.watch.note(file_missing("office.db"))
    watched.watch.note(file_missing("office.db"))
    assert watched.told == [ONLINE, OFFLINE]
    watched.watch.note(None)
    assert watched.watch.connection is ONLINE


def test_what_the_watcher_sees(watched: MonitorBench) -> None:
    watched.watch.note(None)
    watched.watch.note_reading(False)
    told = watched.watch.trouble
    assert isinstance(told, NotTried)
    watched.watch.note_reading(True)
    assert watched.watch.trouble is None
    assert watched.told == [ONLINE, RECONNECTING, ONLINE]


def test_a_file_that_must_not_be_written(watched: MonitorBench) -> None:
    stranger = AnotherOffice("Berkas kantor lain.")
    watched.watch.note(None)
    watched.watch.note(stranger)
    for reached in (True, False):
        watched.watch.note_reading(reached)
        assert watched.watch.connection is OFFLINE
        assert watched.watch.why_not() is stranger
    watched.watch.note(None)
    assert isinstance(watched.watch.why_not(), NotTried)
    assert watched.watch.connection is ONLINE


def test_what_the_station_owes_counts(watched: MonitorBench) -> None:
    watched.owes = True
    watched.watch.note(None)
    assert watched.told == []
    watched.owes = False
    watched.watch.judge()
    assert watched.told == [ONLINE]


def test_an_office_that_never_opened(watched: MonitorBench) -> None:
    watched.watch.note(UserError("Bukan berkas kantor."))
    assert watched.told == [OFFLINE]


def test_a_write_that_was_under_way_does_not_end_a_stop(watched: MonitorBench) -> None:
    stop = DamagedFile("rusak")
    watched.watch.note(stop)
    watched.watch.note_write(None, None)
    assert (watched.watch.trouble, watched.watch.connection) == (stop, OFFLINE)
    watched.watch.note_write(stop, None)
    assert (watched.watch.trouble, watched.watch.connection) == (None, ONLINE)
