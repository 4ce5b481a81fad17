"""A log that others went on with from an older state: numbers of both logs are kept, each its visitor's."""

import pytest

from tests.office import store_of
from tests.operations.town import Town
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import PaperState, TicketState
from ult_desktop.operations.backup.restoring import restore
from ult_desktop.operations.lookup import tickets_today

pytestmark = pytest.mark.file_only("copies")


def test_a_number_that_another_visitor_holds_too_is_called_with_where_it_came_from(town: Town) -> None:
    town.take("kios-2")
    older = town.path.read_bytes()
    kiosk = town.offices["kios-1"]
    first, second = (town.take("kios-1") for _n in range(2))
    paper = commands.ReportPaper(ticket_id=first.id, paper=PaperState.PRINTED)
    kiosk.perform(paper, Actor(station="kios-1"))
    kiosk.perform(commands.ReportPaper(ticket_id=second.id, paper=PaperState.FAILED), Actor(station="kios-1"))
    store_of(town.offices["kios-2"]).close()
    store_of(kiosk).close()
    town.path.write_bytes(older)
    other = Town.open(town, "loket-1")  # it was off: nothing of its own contradicts
    given = [
        other.perform(commands.IssueTicket(service_id=1), Actor(station="loket-1")).ticket for _n in "ab"
    ]
    assert [each.label for each in given] == [first.label, second.label] == ["A002", "A003"]
    other.close()
    town.back_up()
    town.close()

    came = restore(town.wish("kios-1", "kios-2", force=True))
    assert (came.replayed.refused, came.verdict.findings) == ((), ())
    assert [(line.label, line.twin) for line in came.replayed.done if line.name == "IssueTicket"] == [
        ("A002", True), ("A003", True),
    ]  # fmt: skip
    office = town.open("loket-1")
    today = office.read(lambda tx: tickets_today(tx, office.clock(), None))
    found = sorted((each for each in today if each.id > 1), key=lambda each: each.id)
    office.close()
    assert [(each.label, each.state) for each in found] == [
        (label, TicketState.WAITING) for label in ("A002", "A003", "A002", "A003")
    ]
    assert [each.paper for each in found][2:] == [PaperState.PRINTED, PaperState.FAILED]
    assert {each.paper for each in found[:2]} == {given[0].paper}, "the papers of others are not touched"
    assert all("kios-1" in each.remark for each in found[2:])
