"""A generated history is what the program itself would have written."""

from datetime import date, datetime
from pathlib import Path

from benchmarks.history_file import PER_DAY, add_history
from tests.office import open_office, sign_in
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import CallNext, IssueTicket, StaffCounter
from ult_desktop.core.stamps import to_stamp


def test_the_file_is_proven_and_goes_on_from_its_history(office_file: Path) -> None:
    office = open_office(office_file)
    zone = office.kiosk_board().office.zone
    office.close()
    midnight = datetime(2020, 1, 6, tzinfo=zone)
    add_history(office_file, 2 * PER_DAY, date(2020, 1, 6), to_stamp(midnight))

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
