"""A call for care in the counter's own window, over whatever page is in front."""

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture, Show
from tests.ui.counter.care.test_page import arrival, by
from tests.ui.counter.frame.test_nav_entries import RealCounter
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.care.commands import AcknowledgeAlert, CallOfficer, CallSecurity, NoteManyNumbers
from ult_desktop.core.care.declarations import Alert, AlertKind
from ult_desktop.core.queue.ticket import Help
from ult_desktop.db.care import declarations
from ult_desktop.ui.counter.care.page import CarePage, covered_words
from ult_desktop.ui.counter.frame.workspaces import PAGES, TABS
from ult_desktop.ui.counter.session.lock import LockPage


def test_a_call_is_seen_on_every_page_and_leads_to_the_visitor(
    bench: Bench, qtbot: QtBot, show: Show, picture: Picture
) -> None:
    counter = RealCounter(bench, qtbot, show)
    bench.engage("amir", Role.SECURITY, name="Amir Hamzah")
    counter.open(PAGES, TABS)
    workspace = counter.sign_in("amir")
    visit = arrival(bench, Help.WHEELCHAIR)
    bench.wait(workspace.alerts.isVisible)
    assert workspace.alerts.height() <= 44
    picture(counter.window, "counter-panggilan-di-jendela")
    workspace.alerts.look_button.click()
    page = workspace.pages["care"]
    assert isinstance(page, CarePage)
    bench.wait(lambda: page.visitors.selected == visit.id)
    bench.wait(lambda: "acknowledge" in page.detail.acts.buttons)
    workspace.alerts.take_button.click()
    bench.wait(workspace.alerts.isHidden)


def locked(counter: RealCounter) -> LockPage:
    counter.window.lock.lock()
    page = counter.window.lock.page
    assert page is not None
    return page


def test_over_a_locked_pc_it_says_neither_who_nor_why(
    bench: Bench, qtbot: QtBot, show: Show, picture: Picture
) -> None:
    counter = RealCounter(bench, qtbot, show)
    bench.engage("nina", Role.RECEPTION, name="Nina Aprilia")
    counter.open(PAGES, TABS)
    counter.sign_in("nina")
    page = locked(counter)
    assert page.alerts.isHidden()
    arrival(bench, Help.WHEELCHAIR)
    words = "1 permintaan bantuan. Buka kunci untuk menjawab."
    bench.wait(lambda: page.alerts.words.text() == words)
    bench.wait(page.alerts.isVisible)
    picture(counter.window, "counter-terkunci-panggilan")
    (alert,) = bench.office.read(declarations.open_alerts)
    by(bench, "amir", AcknowledgeAlert(alert_id=alert.id))
    bench.wait(page.alerts.isHidden)


@pytest.mark.slow
def test_security_reads_at_which_counter_and_no_word_that_was_typed(
    bench: Bench, qtbot: QtBot, show: Show
) -> None:
    visit = arrival(bench)
    (alert,) = bench.office.read(declarations.open_alerts)
    by(bench, "amir", AcknowledgeAlert(alert_id=alert.id))
    counter = RealCounter(bench, qtbot, show)
    counter.open(PAGES, TABS)
    counter.sign_in("amir")
    page = locked(counter)
    by(bench, "nina", CallSecurity(visit_id=visit.id, place="Loket 3"))
    words = "1 permintaan bantuan di Loket 3. Buka kunci untuk menjawab."
    bench.wait(lambda: page.alerts.words.text() == words)
    by(bench, "nina", CallSecurity(visit_id=visit.id, place="Ibu Maria"))
    bench.wait(lambda: page.alerts.words.text() == "2 permintaan bantuan. Buka kunci untuk menjawab.")


@pytest.mark.parametrize("place", ["Loket 3", "Counter 3"])
def test_a_counter_is_named_over_a_locked_pc_whatever_language_it_called_in(place: str) -> None:
    alert = Alert(
        id=1,
        visit_id=1,
        kind=AlertKind.SECURITY_CALL,
        at=0,
        place=place,
        label="A001",
        acknowledged_at=None,
        acknowledged_by="",
    )
    assert covered_words([alert]) == f"1 permintaan bantuan di {place}. Buka kunci untuk menjawab."


def test_reception_hears_of_many_numbers(bench: Bench, qtbot: QtBot, show: Show, picture: Picture) -> None:
    counter = RealCounter(bench, qtbot, show)
    counter.open(PAGES, TABS)
    workspace = counter.sign_in("siti")
    bench.office.perform(NoteManyNumbers(), Actor(station="KIOS-1"))
    bench.wait(workspace.alerts.isVisible)
    words = "Banyak nomor baru saja diambil di KIOS-1. Mungkin rombongan; silakan dilihat."
    assert (workspace.alerts.words.text(), workspace.alerts.look_button.isVisible()) == (words, False)
    picture(counter.window, "counter-banyak-nomor")
    assert workspace.alerts.covered == "", "over a locked PC it is no request for help"
    call = bench.office.perform(CallOfficer(), Actor(station="KIOS-2"))
    bench.wait(lambda: workspace.alerts.covered == "1 permintaan bantuan. Buka kunci untuk menjawab.")
    by(bench, "siti", AcknowledgeAlert(alert_id=call.id))
    bench.wait(lambda: workspace.alerts.covered == "")
    workspace.alerts.take_button.click()
    bench.wait(workspace.alerts.isHidden)
