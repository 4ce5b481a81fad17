"""Each call is announced once, in the order of the log, however far a reading comes behind it."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typing_extensions import override

from tests.office import make_office, open_office, sign_in
from tests.operations.scene import HandClock
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import commands
from ult_desktop.db.store import moved
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.transaction import Transaction, Value
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.display.calls.announcements import USEFUL_MS, CallFeed


class Hall:
    """An office with a counter, and the feed of its lobby."""

    def __init__(self, office: Office) -> None:
        self.office, self.feed = office, CallFeed()
        self.officer, self.kiosk = sign_in(office), Actor(station="kios")
        office.perform(commands.StaffCounter(counter=1), self.officer)

    def call(self) -> str:
        label = self.office.perform(commands.IssueTicket(service_id=1), self.kiosk).ticket.label
        self.office.perform(commands.CallNext(counter=1), self.officer)
        self.office.perform(commands.NoShow(counter=1), self.officer)
        return label

    def read(self) -> list[str] | None:
        calls = self.office.read(self.feed.read)
        return None if calls is None else [each.label for each in calls]


@pytest.fixture
def hall(office: Office) -> Hall:
    return Hall(office)


def test_what_was_called_before_the_start_is_old(hall: Hall) -> None:
    hall.call()
    assert hall.read() == []
    labels = [hall.call(), hall.call()]
    assert hall.read() == labels
    assert hall.read() is None


def test_a_call_that_the_display_comes_too_late_for_is_not_announced(hall: Hall) -> None:
    """A display that could not read for a time comes too late; the call that is still of use is announced."""
    hall.office.clock = clock = HandClock(hall.office.clock())
    hall.read()
    hall.call()
    clock.now += USEFUL_MS - 1000
    label = hall.call()
    clock.now += 2000
    hall.office.perform(commands.IssueTicket(service_id=1), hall.kiosk)
    assert hall.read() == [label]
    hall.call()
    clock.now += USEFUL_MS + 1
    hall.office.perform(commands.IssueTicket(service_id=1), hall.kiosk)
    assert hall.read() is None


def test_calls_made_by_mouth_are_passed_over(hall: Hall) -> None:
    hall.office.perform(commands.IssueTicket(service_id=1), hall.kiosk)
    hall.office.perform(commands.CallNext(counter=1), hall.officer)
    hall.read()
    hall.office.perform(commands.Recall(counter=1, by_mouth=True), hall.officer)
    assert hall.read() is None
    hall.office.perform(commands.Recall(counter=1, by_mouth=True), hall.officer)
    hall.office.perform(commands.NoShow(counter=1), hall.officer)
    label = hall.call()
    assert hall.read() == [label]


class Overtaken(Transaction):
    """A reading without a transaction around it, as the watcher's: after its first statement a call comes."""

    def __init__(self, link: Link, happens: Callable[[], object]) -> None:
        super().__init__(link)
        self._happens = happens

    @override
    def number(self, sql: str, *values: Value) -> int:
        found = super().number(sql, *values)
        self._happens()
        return found


def test_a_call_between_two_statements_is_given_out_once(hall: Hall) -> None:
    with closing(moved.open_here(engine_at(hall.office.path), hall.office.path)) as link:
        feed, labels = hall.feed, list[str]()
        feed.read(Transaction(link))
        labels.append(hall.call())
        found = feed.read(Overtaken(link, lambda: labels.append(hall.call()))) or ()
        assert [each.label for each in found] == labels
        labels.append(hall.call())
        found = feed.read(Transaction(link)) or ()
        assert [each.label for each in found] == labels[2:]


def test_a_restored_file_is_followed_from_its_end(hall: Hall, tmp_path: Path) -> None:
    with closing(open_office(make_office(tmp_path / "lain"))) as office:
        former = Hall(office)
        for _call in range(5):
            former.call()
        former.read()
        hall.feed = former.feed
        assert hall.read() == []
        label = hall.call()
        assert hall.read() == [label]
