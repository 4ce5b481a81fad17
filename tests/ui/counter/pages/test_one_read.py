"""No page is drawn from two reads: what stands beside each other was true at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.commands import Escalate, OpenCase, RegisterInformationRequest, Reschedule
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.phone.commands import ForwardCall, RecordCaller, StartCall
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.office import services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.frame.workspaces import PAGES, TABS
from ult_desktop.ui.counter.pages.page import VisitTab, WorkPage
from ult_desktop.ui.counter.queue.hall_page import HallDayPage, HallPage
from ult_desktop.ui.kit.lists.record_list import RecordList

NOUNS = ("cases", "phone", "visits")
OURS = [page for page in PAGES if page.__module__.split(".")[3] in NOUNS]


def serve(bench: Bench) -> Ticket:
    """Somebody who signed the guest book sits at counter 1."""
    bench.sign_in("semua", *Role)
    bench.do(commands.StaffCounter(counter=1))
    service = bench.office.read(services.active)[0].id
    number = bench.do(commands.IssueTicket(service_id=service)).ticket
    bench.do(commands.CallTicket(counter=1, ticket_id=number.id))
    served: Ticket = bench.do(commands.Arrive(counter=1))
    visit = bench.office.read(lambda tx: visits.of_ticket(tx, served.id))
    assert visit is not None
    bench.do(SignGuestBook(visit_id=visit.id, name="Dedi", phone="081234567678", remember=True))
    return served


def fill(bench: Bench) -> None:
    """Something to choose on every page that shows one thing in full."""
    ticket = serve(bench)
    visit = bench.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    case = bench.do(OpenCase(visit_id=visit.id, detail="Tunjangan belum cair"))
    bench.do(Reschedule(case_id=case.id, at=bench.clock.now + 86_400_000, reason="Berkas kurang"))
    bench.do(RegisterInformationRequest(case_id=case.id, wanted="Data BOS", purpose="Skripsi", name="Dedi"))
    bench.do(Escalate(case_id=case.id, instruction="Mohon dicek", to=CaseDesk.BACK_OFFICE))
    bench.do(commands.IssueTicket(service_id=bench.office.read(services.active)[0].id))
    call = bench.do(StartCall()).visit_id
    bench.do(RecordCaller(call_id=call, name="Rahmat", phone="0811-390-6669", question="Kapan cair?"))
    bench.do(ForwardCall(call_id=call, instruction="Mohon dicek"))


def quiet(bench: Bench) -> None:
    """Everything asked of the worker thread so far is answered: it does one thing after the other."""
    for _n in range(3):  # an answer may ask for more
        answered_once(bench)


def answered_once(bench: Bench) -> None:
    answered: list[object] = []
    bench.host.read(lambda _office: True, answered.append)
    bench.wait(lambda: answered)


def reads_of(bench: Bench, monkeypatch: pytest.MonkeyPatch, refresh: Callable[[], None]) -> int:
    """How many snapshots of its office the window takes for one refresh."""
    quiet(bench)
    bench.host.blockSignals(True)  # what the office tells of now would refresh the page too
    quiet(bench)
    found: list[object] = []
    read = Office.read

    def noted(office: Office, query: Callable[[Transaction], Any]) -> Any:  # noqa: ANN401  (whatever is read)
        if office is not bench.office:
            found.append(query)
        return read(office, query)

    monkeypatch.setattr(Office, "read", noted)
    refresh()
    quiet(bench)
    return len(found)


@pytest.mark.parametrize("kind", [*OURS, HallPage, HallDayPage], ids=lambda kind: kind.name)
def test_a_page_reads_once(bench: Bench, monkeypatch: pytest.MonkeyPatch, kind: type[WorkPage]) -> None:
    fill(bench)
    page = bench.open(kind, (1366, 900))  # without the area in which a high page scrolls
    quiet(bench)
    for rows in (each for each in page.findChildren(RecordList) if each.isVisibleTo(page)):
        row = rows.model.row_at(rows.model.index(0))
        assert row is not None, "a page without rows reads nothing in full"
        rows.choose(row.id)
    assert reads_of(bench, monkeypatch, page.refresh) == 1


@pytest.mark.parametrize("kind", TABS, ids=lambda kind: kind.name)
def test_a_tab_reads_once(bench: Bench, monkeypatch: pytest.MonkeyPatch, kind: type[VisitTab]) -> None:
    tab = bench.open_tab(kind, serve(bench))
    assert reads_of(bench, monkeypatch, tab.refresh) == 1
