"""No page is drawn from two reads: what stands beside each other was true at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.operations.scene import MINUTE
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.roles import Role
from ult_desktop.core.care.commands import DeclareVulnerable
from ult_desktop.core.online.commands import AddRequest
from ult_desktop.core.online.online_request import OnlineRow, OnlineSource
from ult_desktop.core.privacy.breaches import RecordBreach
from ult_desktop.core.privacy.commands import RegisterSubjectRequest
from ult_desktop.core.privacy.subjects import SubjectKind
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.core.visits.commands import WelcomeVisitor
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.frame.registry import PAGES
from ult_desktop.ui.counter.pages.page import WorkPage
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


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.name)
def test_a_page_reads_once(bench: Bench, monkeypatch: pytest.MonkeyPatch, kind: type[WorkPage]) -> None:
    fill(bench)
    page = bench.open(kind)
    answered: list[object] = []

    def wait_for_answers() -> None:
        """The worker thread does one thing after the other."""
        answered.clear()
        bench.host.read(lambda _office: True, answered.append)
        bench.wait(lambda: answered)

    wait_for_answers()
    for rows in page.findChildren(RecordList):
        if rows.isVisible() and rows.count:
            rows.choose(rows.model.row_at(rows.model.index(0)).id)  # type: ignore[union-attr]
    bench.host.blockSignals(True)  # what the office tells of now would refresh the page too
    wait_for_answers()
    wait_for_answers()
    reads = counted(monkeypatch, lambda office: office is not bench.office)
    page.refresh()
    wait_for_answers()
    assert len(reads) == 1, reads
