"""The tab Riwayat: earlier comings of who wished to be known again, and of nobody else."""

import pytest

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from tests.ui.shown import rows_of
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.commands import OpenCase
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.visits import visits
from ult_desktop.ui.counter.visits.visitor_tabs import HistoryTab


def come(bench: Bench, *, remember: bool) -> Ticket:
    """A visitor of that telephone is served at counter 1 and signs the guest book."""
    bench.later(30)
    bench.do(commands.IssueTicket(service_id=1))
    bench.do(commands.CallNext(counter=1))
    ticket: Ticket = bench.do(commands.Arrive(counter=1))
    visit = bench.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    bench.do(SignGuestBook(visit_id=visit.id, name="Ani", phone="081155501234", remember=remember))
    return ticket


def leave_with(bench: Bench, ticket: Ticket, detail: str) -> None:
    visit = bench.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    if detail:
        bench.do(OpenCase(visit_id=visit.id, detail=detail))
    bench.do(commands.Finish(counter=1))


@pytest.fixture
def served(bench: Bench) -> Ticket:
    bench.sign_in("siti", Role.FRONT_OFFICE)
    bench.do(commands.StaffCounter(counter=1))
    leave_with(bench, come(bench, remember=True), "Kapan tunjangan cair?")
    leave_with(bench, come(bench, remember=True), "")
    leave_with(bench, come(bench, remember=False), "Rahasia")
    return come(bench, remember=True)


def test_only_what_the_visitor_allowed_is_known(bench: Bench, served: Ticket, picture: Picture) -> None:
    tab = bench.open_tab(HistoryTab, served)
    bench.wait(lambda: tab.visits.count == 2)
    titles = [row.title for row in rows_of(tab.visits.model)]
    assert titles == ["Informasi & Konsultasi", "Kapan tunjangan cair?"]
    picture(bench.window, "tab-riwayat-1366x768")
    tab.visits.opened.emit(rows_of(tab.visits.model)[1].id)
    assert bench.jumps[-1][0] == "cases"
    tab.visits.opened.emit(rows_of(tab.visits.model)[0].id)
    assert "tanpa permohonan" in bench.toast


def test_somebody_new_has_no_history(bench: Bench) -> None:
    bench.sign_in("siti", Role.FRONT_OFFICE)
    bench.do(commands.StaffCounter(counter=1))
    bench.do(commands.IssueTicket(service_id=1))
    called = bench.do(commands.CallNext(counter=1))
    tab = bench.open_tab(HistoryTab, called)
    bench.wait(lambda: "Belum ada kunjungan" in tab.visits.view.empty_words)
    assert tab.visits.count == 0
