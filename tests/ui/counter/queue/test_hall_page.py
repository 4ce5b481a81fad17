"""The page Antrean without a counter: what can be done about the number that is chosen."""

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.roles import Role
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.ui.counter.queue.hall_page import HallPage


def test_a_number_that_waits_can_be_received_and_printed_again(bench: Bench, picture: Picture) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    ticket = bench.do(IssueTicket(service_id=1)).ticket
    page = bench.open(HallPage)
    bench.wait(lambda: page.numbers.count)
    # A list marks its first row when it gets the keyboard, which is chance here.
    assert page.chosen.isHidden() == (page.numbers.selected is None)
    page.numbers.choose(ticket.id)
    bench.wait(page.chosen.isVisible)
    picture(bench.window, "antrean-resepsionis-1366x768")
    page.acts.buttons["reprint"].click()
    bench.wait(lambda: bench.printed == [ticket])
    assert f"{ticket.label} dicetak ulang" in bench.toast
    page.numbers.opened.emit(ticket.id)
    assert bench.jumps == [("guests", ticket.label)]
