"""The crowd's own book-keeping: what it would find if a number were doubled or lost."""

from pathlib import Path

import pytest

from benchmarks.actors.clerk import work
from benchmarks.subjects.crowd import _doubled, _lost
from tests.office import open_office, sign_in
from ult_desktop.core.queue.commands import StaffCounter


@pytest.mark.slow
def test_a_clerk_s_shift_is_all_in_the_file(office_file: Path) -> None:
    office = open_office(office_file)
    officer = sign_in(office)
    office.perform(StaffCounter(counter=1), officer)
    shift = work(office, 1, officer, seconds=0.5)
    office.close()
    uncalled = len(shift.issued) - len(shift.called)  # the bell may ring between a number and its call
    assert uncalled in (0, 1)
    assert shift.issued[: len(shift.called)] == shift.called
    assert shift.issued[0] == "A001"
    assert shift.busy == []
    assert len(shift.spent) == 3 * len(shift.called) + uncalled
    assert _doubled(shift.issued) == 0
    assert _lost(office_file, shift.issued, shift.called) == 0


def test_what_is_doubled_or_lost_would_be_counted(office_file: Path) -> None:
    assert _doubled(["A001", "A002", "A001", "A001"]) == 2
    assert _lost(office_file, ["A001"], ["A001", "A002"]) == 2
