"""A call for care in the counter's own window, over whatever page is in front."""

from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture, Show
from tests.ui.counter.care.test_page import arrival
from tests.ui.counter.test_places import Counter
from tests.ui.counter.work.bench import Bench
from ult_desktop.core.ticket import Help
from ult_desktop.ui.counter.care.page import CarePage
from ult_desktop.ui.counter.registry import PAGES, TABS


def test_a_call_is_seen_on_every_page_and_leads_to_the_visitor(
    bench: Bench, qtbot: QtBot, show: Show, picture: Picture
) -> None:
    counter = Counter(bench, qtbot, show)
    counter.open(PAGES, TABS)
    workspace = counter.sign_in("siti")
    visit = arrival(bench, Help.WHEELCHAIR)
    bench.wait(workspace.alerts.isVisible)
    picture(counter.window, "counter-panggilan-di-jendela")
    workspace.alerts.look.click()
    page = workspace.pages["care"]
    assert isinstance(page, CarePage)
    bench.wait(lambda: page.visitors.selected == visit.id)
    bench.wait(lambda: "acknowledge" in page.detail.acts.buttons)
    workspace.alerts.take.click()
    bench.wait(workspace.alerts.isHidden)
