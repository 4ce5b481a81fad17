"""No page is drawn from two reads: what stands beside each other was true at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.operations.scene import MINUTE
from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.procedures.test_steps_tab import BEGUN, called
from ult_desktop.core.access.roles import Role
from ult_desktop.core.care.commands import DeclareVulnerable
from ult_desktop.core.online.commands import AddRequest
from ult_desktop.core.online.online_request import OnlineRow, OnlineSource
from ult_desktop.core.privacy.breaches import RecordBreach
from ult_desktop.core.privacy.commands import RegisterSubjectRequest
from ult_desktop.core.privacy.subjects import SubjectKind
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.core.visits.commands import WelcomeVisitor
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.frame.workspaces import PAGES
from ult_desktop.ui.counter.pages.page import WorkPage, WorkPanel
from ult_desktop.ui.counter.procedures.steps_tab import StepsTab
from ult_desktop.ui.kit.lists.record_list import RecordList

NOUNS = ("accountability", "care", "office", "online", "privacy", "survey")
OURS = [page for page in PAGES if page.__module__.split(".")[3] in NOUNS]


def fill(bench: Bench) -> None:
    """Something to choose on the pages that show one thing in full."""
    bench.sign_in("semua", *Role)
    row = OnlineRow(name="Dedi", sent_at=bench.clock.now - MINUTE, detail="Mohon data", email="dedi@x.id")
    bench.do(AddRequest(source=OnlineSource.EMAIL, row=row))
    bench.do(RegisterSubjectRequest(kind=SubjectKind.ACCESS, name="Ani", contact="ani@x.id", words=""))
    bench.do(RecordBreach(what="Disk hilang", happened="Jumat", data="Nama"))
    visit = bench.do(WelcomeVisitor())
    bench.do(DeclareVulnerable(visit_id=visit.id, grounds=(PriorityReason.DISABILITY,)))


def counted(monkeypatch: pytest.MonkeyPatch, of: Callable[[Office], bool]) -> list[object]:
    """The queries of the offices that are meant, as they come."""
    found: list[object] = []
    read = Office.read

    def noted(office: Office, query: Callable[[Transaction], Any]) -> Any:  # noqa: ANN401  (whatever is read)
        if of(office):
            found.append(query)
        return read(office, query)

    monkeypatch.setattr(Office, "read", noted)
    return found


def wait_for_answers(bench: Bench) -> None:
    """The worker thread does one thing after the other."""
    answered: list[object] = []
    bench.host.read(lambda _office: True, answered.append)
    bench.wait(lambda: answered)


def reads_of(bench: Bench, monkeypatch: pytest.MonkeyPatch, panel: WorkPanel) -> int:
    """How often the panel reads to be drawn anew, while the office tells of nothing."""
    bench.host.blockSignals(True)
    wait_for_answers(bench)
    reads = counted(monkeypatch, lambda office: office is not bench.office)
    panel.refresh()
    wait_for_answers(bench)
    return len(reads)


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.name)
def test_a_page_reads_once(bench: Bench, monkeypatch: pytest.MonkeyPatch, kind: type[WorkPage]) -> None:
    fill(bench)
    page = bench.open(kind)
    wait_for_answers(bench)
    for rows in page.findChildren(RecordList):
        first = rows.model.row_at(rows.model.index(0))
        if rows.isVisible() and first is not None:
            rows.choose(first.id)
    wait_for_answers(bench)
    assert reads_of(bench, monkeypatch, page) == 1


def test_the_tab_of_the_steps_reads_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = called(bench, BEGUN)
    bench.do(commands.Arrive(counter=1))
    tab = bench.open_tab(StepsTab, ticket)
    bench.wait(lambda: tab.rail.rows)
    assert reads_of(bench, monkeypatch, tab) == 1
