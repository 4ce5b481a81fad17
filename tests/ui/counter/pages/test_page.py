"""A page on a real office: read, refreshed, filled in, refused, jumped from."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.pages.sample import SamplePage, SampleTab
from tests.ui.look import assert_targets
from tests.ui.shown import facts_of
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Role
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import PriorityReason, Ticket
from ult_desktop.core.sheet import Letterhead, Sheet
from ult_desktop.ui.counter.privacy.breaches_page import BreachesPage
from ult_desktop.ui.kit.theme import Contrast

PAPER = Sheet(office=Letterhead(), title="Tanda terima", number="", rows=())
LOOKS: list[tuple[tuple[int, int], str, Contrast]] = [
    ((1366, 768), "id", "light"),
    ((1366, 768), "en", "kontras"),
    ((1920, 1080), "en", "light"),
    ((1920, 1080), "id", "kontras"),
]


def take_numbers(bench: Bench) -> list[Ticket]:
    service = bench.office.kiosk_board().lines[0].service.id
    grounds = (None, PriorityReason.ELDERLY, None)
    return [bench.do(commands.IssueTicket(service_id=service, priority=ground)).ticket for ground in grounds]


@pytest.fixture
def page(bench: Bench) -> SamplePage:
    bench.sign_in("nina", Role.RECEPTION)
    take_numbers(bench)
    page = bench.open(SamplePage)
    bench.wait(lambda: page.numbers.count == 3)
    return page


@pytest.mark.parametrize(("size", "language", "contrast"), LOOKS)
def test_look(
    bench: Bench, picture: Picture, size: tuple[int, int], language: str, contrast: Contrast
) -> None:
    use_language(language)
    bench.sign_in("nina", Role.RECEPTION)
    ids = [ticket.id for ticket in take_numbers(bench)]
    page = bench.open(SamplePage, size, contrast)
    bench.wait(lambda: page.numbers.count == 3)
    name = f"{size[0]}x{size[1]}-{language}-{contrast}"
    page.numbers.choose(ids[1])
    picture(bench.window, f"counter-contoh-rincian-{name}")
    assert_targets(bench.window, 36)
    page.begin()
    page.form.submit()
    picture(bench.window, f"counter-contoh-formulir-{name}")


def test_it_is_read_again_when_something_happens_elsewhere(bench: Bench, page: SamplePage) -> None:
    bench.do(commands.IssueTicket(service_id=page.service))
    bench.wait(lambda: page.numbers.count == 4)


def test_a_hidden_page_reads_when_it_is_shown(bench: Bench, page: SamplePage) -> None:
    page.hide()
    bench.do(commands.IssueTicket(service_id=page.service))
    assert page.numbers.count == 3
    page.show()
    bench.wait(lambda: page.numbers.count == 4)


def test_the_form_goes_through_and_says_so(bench: Bench, page: SamplePage) -> None:
    bench.press(Qt.Key.Key_N, held=Qt.KeyboardModifier.ControlModifier)
    bench.type(page.form.field("name"), "Dedi")
    bench.type(page.form.field("purpose"), "Tanya tunjangan")
    bench.press(Qt.Key.Key_Return, page.form.field("purpose").editor, Qt.KeyboardModifier.ControlModifier)
    bench.wait(lambda: page.numbers.count == 4)
    assert bench.toast == "Nomor diambil."
    assert page.form.values()["name"] == ""
    bench.wait(lambda: page.detail.title.text() == "A003")


def test_a_refusal_stands_in_the_form_and_nothing_typed_is_lost(bench: Bench, page: SamplePage) -> None:
    page.begin()
    page.form.show_values({"name": "Dedi", "purpose": "Tanya", "people": 49, "unknown": 1})
    page.form.submit()
    bench.wait(page.form.refusal.isVisible)
    assert page.form.refusal.words.text() == "Layanan itu tidak ada lagi. Pilih layanan lain."
    assert bench.toast == page.form.refusal.words.text()
    assert page.form.values()["name"] == "Dedi"
    page.form.submit()
    assert page.form.refusal.isHidden(), "tried again: the old words go"


def test_one_page_leads_to_another(bench: Bench, page: SamplePage) -> None:
    page.open_subject(next(iter(page.tickets)))
    page.detail.acts.buttons["cases"].click()
    assert bench.jumps == [("cases", page.numbers.selected)]
    assert page.detail.acts.buttons["card"].toolTip() == "Identitas belum diverifikasi."


def test_a_row_that_is_gone_is_no_longer_chosen(bench: Bench, page: SamplePage) -> None:
    gone = next(iter(page.tickets))
    page.numbers.choose(gone)
    assert not page.detail.is_empty
    page.show_numbers(tuple(ticket for ticket in page.tickets.values() if ticket.id != gone))
    assert page.detail.is_empty


def test_roles_decide(bench: Bench) -> None:
    assert SamplePage.is_for(bench.sign_in("nina", Role.RECEPTION))
    assert not SamplePage.is_for(bench.sign_in("ucok", Role.RELATED_UNIT))
    assert SampleTab.is_for(bench.link.actor), "a tab that asks for nothing is everybody's"


def test_the_badge_counts(bench: Bench, page: SamplePage) -> None:
    assert bench.waiting(page) == 3


def test_a_tab_follows_the_visitor(bench: Bench, picture: Picture) -> None:
    bench.sign_in("siti", Role.FRONT_OFFICE)
    bench.do(commands.StaffCounter(counter=1))
    first = take_numbers(bench)[0]
    called = bench.do(commands.CallTicket(counter=1, ticket_id=first.id))
    tab = bench.open_tab(SampleTab, called)
    bench.wait(lambda: facts_of(tab.facts)[:1] and facts_of(tab.facts)[0][1] == "called")
    assert tab.now_serving.visit is None
    picture(bench.window, "counter-contoh-tab-1366x768")
    bench.do(commands.Arrive(counter=1))
    bench.wait(lambda: tab.now_serving.visit is not None)
    bench.wait(lambda: facts_of(tab.facts)[0][1] == "serving")


def test_printing_goes_to_this_station(bench: Bench, page: SamplePage) -> None:
    assert page.host.can_print
    page.host.print_paper(PAPER)
    assert bench.printed == [PAPER]


def test_a_page_has_its_own_words_before_anything_was_read(bench: Bench) -> None:
    page = BreachesPage(bench.make_desk((1366, 768), "light", None))
    assert page.detail.empty.words.text() == "Pilih insiden untuk mengerjakannya."
    bench.stand(page, (1366, 768))
