"""Watcher and LAN hint as signals of the GUI thread."""

import time
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from tests.office import open_office
from tests.ui.ports import free_port
from ult_desktop.base.config import SyncConfig
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.connection import OUTAGE_AFTER
from ult_desktop.core.queue import commands
from ult_desktop.db.store import events, watcher
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.ui.office_link.watchers import OfficeSync, UrgentReading

ONE_HOUR_MS = 3_600_000


@pytest.fixture
def parent() -> QObject:
    return QObject()


def sync_of(
    path: Path, parent: QObject, poll_ms: int, port: int, urgent: UrgentReading | None = None
) -> OfficeSync:
    settings = SyncConfig(poll_ms=poll_ms, hint_port=port, hint_address="127.0.0.1")
    office = open_office(path)
    office.close()
    return OfficeSync(path, office.uid, settings, urgent or UrgentReading(parent), parent)


def wait_for_the_first_look(sync: OfficeSync, qtbot: QtBot) -> None:
    """Wait for the first look, whose news may come before anybody listens; the second finds nothing new."""
    for _look in range(2):
        before = sync._watcher.answered_at
        sync._watcher.wake()
        qtbot.waitUntil(lambda before=before: sync._watcher.answered_at > before)  # type: ignore[misc]


def take_a_number(path: Path) -> None:
    office = open_office(path, "lain")
    office.perform(commands.IssueTicket(service_id=1), Actor(station="lain"))
    office.close()


def test_a_poll_finds_what_another_station_wrote(office_file: Path, parent: QObject, qtbot: QtBot) -> None:
    sync = sync_of(office_file, parent, 100, free_port())
    threads: list[bool] = []
    wait_for_the_first_look(sync, qtbot)
    sync.changed.connect(lambda: threads.append(QThread.currentThread().isMainThread()))
    with qtbot.waitSignal(sync.changed):
        take_a_number(office_file)
    assert threads == [True]
    assert sync.silent_s < 1
    sync.close()


def test_a_late_answer_of_a_slow_share_is_no_silence(
    office_file: Path, parent: QObject, qtbot: QtBot
) -> None:
    """A packet was lost, perhaps; the pause before an ask is silence on a fast share alone."""
    sync = sync_of(office_file, parent, 60_000, free_port())
    wait_for_the_first_look(sync, qtbot)
    sync.close()
    watching = sync._watcher
    for ago, slow, silent in ((0.3, True, False), (0.3, False, True), (1.0, True, True)):
        now = time.monotonic()
        watching.waiting, watching.slow = True, slow
        watching.answered_at, watching.asked_at, watching.busy_at = now - 2, now - ago, now - 60
        assert (sync.silent_s > 0) is silent, (ago, slow)
    watching.answered_at = watching.asked_at = time.monotonic() - OUTAGE_AFTER
    assert sync.silent_s >= OUTAGE_AFTER


def report(path: Path, printer: str) -> None:
    with closing(open_office(path, "lain")) as office:
        office.report_presence(Presence(name="lain", mode="kiosk", version="1", boot="b", printer=printer))


def test_a_report_that_repeats_the_last_one_is_told_within_half_a_minute(
    office_file: Path, parent: QObject, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = sync_of(office_file, parent, 100, free_port())
    wait_for_the_first_look(sync, qtbot)
    with qtbot.waitSignal(sync.changed):
        report(office_file, "ok")
    with qtbot.assertNotEmitted(sync.changed):
        report(office_file, "ok")
        wait_for_the_first_look(sync, qtbot)
    with qtbot.waitSignal(sync.changed):
        report(office_file, "paper_out")
    monkeypatch.setattr(watcher, "QUIET_S", 0.2)
    with qtbot.waitSignal(sync.changed):
        report(office_file, "paper_out")
    sync.close()


def test_what_is_urgent_comes_before_the_change_is_told(
    office_file: Path, parent: QObject, qtbot: QtBot
) -> None:
    urgent = UrgentReading(parent)
    sync = sync_of(office_file, parent, 100, free_port(), urgent)
    wait_for_the_first_look(sync, qtbot)
    told: list[object] = []
    urgent.follow(lambda tx: events.last_seq(tx) or None, told.append)
    sync.changed.connect(lambda: told.append("changed"))
    take_a_number(office_file)
    office = open_office(office_file)
    last = office.last_seq()
    office.close()
    qtbot.waitUntil(lambda: told[-2:] == [last, "changed"])
    sync.close()


def test_nothing_is_read_ahead_in_the_file_of_a_foreign_office(
    office_file: Path, parent: QObject, qtbot: QtBot
) -> None:
    urgent, read = UrgentReading(parent), list[object]()
    urgent.follow(events.last_seq, read.append)
    settings = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address="127.0.0.1")
    sync = OfficeSync(office_file, "lain", settings, urgent, parent)
    with qtbot.waitSignal(sync.changed):
        take_a_number(office_file)
    assert read == []
    sync.close()


def test_an_urgent_reading_that_fails_or_finds_nothing_keeps_nobody_from_hearing(
    office_file: Path, parent: QObject, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    looks, found = [0], list[int]()

    def read(_tx: Transaction) -> int | None:
        looks[0] += 1
        if looks[0] > 1:
            raise ValueError("a row that no program wrote")
        return None

    urgent = UrgentReading(parent)
    sync = sync_of(office_file, parent, 100, free_port(), urgent)
    wait_for_the_first_look(sync, qtbot)
    urgent.follow(read, found.append)
    for _change in range(3):
        with qtbot.waitSignal(sync.changed):
            take_a_number(office_file)
    qtbot.waitUntil(lambda: looks[0] > 2)
    assert found == []
    assert caplog.text.count("Traceback") == 1, "once, however often it fails"
    assert sync._watcher._thread.is_alive()
    sync.close()


def test_a_hint_wakes_the_other_station_long_before_its_poll(
    office_file: Path, parent: QObject, qtbot: QtBot
) -> None:
    port = free_port()
    here, there = (sync_of(office_file, parent, ONE_HOUR_MS, port) for _n in range(2))
    for sync in (here, there):
        wait_for_the_first_look(sync, qtbot)
    with qtbot.waitSignal(there.changed):
        take_a_number(office_file)
        here.announce()
    here.close()
    there.close()


def test_a_file_that_is_gone_is_told(office_file: Path, parent: QObject, qtbot: QtBot) -> None:
    away = office_file.rename(office_file.with_name("away.db"))
    reached: list[bool] = []
    settings = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address="127.0.0.1")
    sync = OfficeSync(office_file, "uid", settings, UrgentReading(parent), parent)
    sync.reachable.connect(reached.append)
    qtbot.waitUntil(lambda: reached[:1] == [False])
    away.rename(office_file)
    qtbot.waitUntil(lambda: reached[-1:] == [True])
    sync.close()
