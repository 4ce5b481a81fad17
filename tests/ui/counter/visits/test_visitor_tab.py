"""The tab Pengunjung: the visit behind the number at the counter."""

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from tests.ui.shown import facts_of
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.queue import commands
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.core.visits.identity import IdDocument, KnownBy
from ult_desktop.operations.visits.boards import visit_forms
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.page import VisitorAtCounter
from ult_desktop.ui.counter.visits.visitor_tabs import VisitorTab

KIOSK = Actor(station="kios")


def test_who_is_served_is_seen_and_verified_at_the_counter(bench: Bench, picture: Picture) -> None:
    bench.sign_in("siti", Role.FRONT_OFFICE)
    ticket = bench.do(commands.IssueTicket(service_id=1), KIOSK).ticket
    bench.do(commands.StaffCounter(counter=1))
    called = bench.do(commands.CallNext(counter=1))
    tab = bench.open_tab(VisitorTab, called)
    bench.wait(lambda: tab.acts.actions() == [])
    assert tab.view.is_empty
    bench.do(commands.Arrive(counter=1))
    bench.do(SignGuestBook(ticket_id=ticket.id, name="Dedi Kurniawan", institution="SMPN 1 Tarakan"), KIOSK)
    bench.wait(lambda: tab.view.title.text() == "Dedi Kurniawan")
    bench.wait(lambda: "identity" in tab.view.acts.buttons)
    bench.wait(lambda: tab.view.head.rect().contains(tab.view.acts.geometry()))
    picture(bench.window, "tab-pengunjung")
    tab.view.acts.buttons["identity"].click()
    box = bench.box()
    assert isinstance(box, FormBox)
    box.form.submit()
    assert box.form.field("kind").error.text()
    box.form.show_values({"kind": IdDocument.NONE, "known_by": KnownBy.GUARDIAN})
    picture(box, "tab-pengunjung-tanpa-identitas")
    box.form.submit()
    bench.wait(lambda: "Identitas tercatat" in bench.toast)
    bench.wait(lambda: "cocok" in "".join(value for _name, value in facts_of(tab.view.facts)))


def test_an_answer_about_another_visitor_is_not_shown(bench: Bench) -> None:
    bench.sign_in("siti", Role.FRONT_OFFICE)
    first = bench.do(commands.IssueTicket(service_id=1), KIOSK).ticket
    visit = bench.do(SignGuestBook(ticket_id=first.id, name="Ani"))
    second = bench.do(commands.IssueTicket(service_id=1), KIOSK).ticket
    tab = bench.open_tab(VisitorTab, second)
    bench.wait(lambda: tab.view.is_empty)
    tab._show(bench.office.read(lambda tx: visit_forms(tx, bench.clock.now, visit.id)))
    assert tab.view.is_empty


def test_an_act_wanted_for_a_visitor_is_not_begun_for_the_next_one(bench: Bench) -> None:
    bench.sign_in("siti", Role.FRONT_OFFICE)
    first = bench.do(commands.IssueTicket(service_id=1), KIOSK).ticket
    second = bench.do(commands.IssueTicket(service_id=1), KIOSK).ticket
    bench.do(SignGuestBook(ticket_id=first.id, name="Ani"))
    bench.do(SignGuestBook(ticket_id=second.id, name="Budi"))
    tab = bench.open_tab(VisitorTab, first)
    bench.wait(lambda: tab.view.title.text() == "Ani")
    tab.want("guest")
    bench.tabs.show_ticket(second)
    tab.show_serving(VisitorAtCounter(second))
    bench.wait(lambda: tab.view.title.text() == "Budi")
    assert not bench.has_box()


def test_who_is_served_is_booked_for_another_time(bench: Bench) -> None:
    """Name, number and service are those of the guest book and the ticket."""
    bench.sign_in("siti", Role.FRONT_OFFICE)
    ticket = bench.do(commands.IssueTicket(service_id=1), KIOSK).ticket
    bench.do(commands.StaffCounter(counter=1))
    tab = bench.open_tab(VisitorTab, bench.do(commands.CallNext(counter=1)))
    bench.do(commands.Arrive(counter=1))
    bench.do(SignGuestBook(ticket_id=ticket.id, name="Dedi Kurniawan", phone="081234567890"))
    bench.wait(lambda: tab.view.title.text() == "Dedi Kurniawan")
    next(each for each in tab.acts.actions() if each.name == "book").do()
    bench.wait(bench.has_box)
    box = bench.box()
    assert isinstance(box, FormBox)
    known = box.form.values()
    assert (known["name"], known["phone"], known["service_id"]) == ("Dedi Kurniawan", "081234567890", 1)
