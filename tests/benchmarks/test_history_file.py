"""A generated history is what the program itself would have written."""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from benchmarks.history_file import PER_DAY, add_history
from tests.office import open_office, sign_in
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import CallNext, IssueTicket, StaffCounter
from ult_desktop.core.stamps import to_datetime, to_stamp


@pytest.mark.file_only("bench")
def test_the_file_is_proven_and_goes_on_from_its_history(office_file: Path) -> None:
    office = open_office(office_file)
    zone = office.kiosk_board().office.zone
    office.close()
    first = to_datetime(office.clock(), zone).date() - timedelta(
        days=4
    )  # a log that was silent for years is doubted
    add_history(office_file, 2 * PER_DAY, first, to_stamp(datetime.combine(first, time(), zone)))

    office = open_office(office_file)
    officer = sign_in(office)
    office.perform(StaffCounter(counter=1), officer)
    taken = office.perform(IssueTicket(service_id=1), Actor(station="kios")).ticket
    assert taken.number == 1
    assert office.perform(CallNext(counter=1), officer).id == taken.id
    verdict = office.verify()
    assert verdict.findings == ()
    assert verdict.tickets == 2 * PER_DAY + 1
    assert verdict.events == 4 * 2 * PER_DAY + 3
    office.close()
