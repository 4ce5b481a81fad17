"""Answers that come when nobody is there any more, and readings that are lost."""

from pathlib import Path
from typing import Any

import shiboken6

from tests.office import PASSWORD
from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.pages.sample import SamplePage, read_numbers
from tests.ui.shown import all_done
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.sheet import Letterhead, Sheet
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages.page_host import PageHost, StationServices
from ult_desktop.ui.kit.forms.drafts import DraftKeeper
from ult_desktop.ui.kit.widgets.label import Label


def take(office: Office, actor: Actor) -> Ticket:
    ticket: Ticket = office.perform(commands.IssueTicket(service_id=1), actor).ticket
    return ticket


def test_the_message_names_the_number(bench: Bench) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    bench.open(SamplePage)
    bench.host.perform(take, message="{label} diambil.")
    bench.wait(lambda: bench.toast == "A001 diambil.")
    bench.host.tell("Salam")
    assert bench.toast == "Salam"


def test_an_answer_for_a_widget_that_is_gone_is_dropped(bench: Bench) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    bench.open(SamplePage)
    label = Label("lama")
    came: list[object] = []
    write = label.setText

    def write_on_label(words: str) -> None:
        label.setText(words)

    def write_by_method(words: str) -> None:
        write(words)

    for then in (write, write_on_label, write_by_method):
        bench.host.read(lambda _office: "baru", then)
    shiboken6.delete(label)
    bench.host.read(read_numbers, came.append)
    bench.wait(lambda: came)


def test_a_form_that_is_gone_does_not_matter(bench: Bench) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    page = bench.open(SamplePage)
    bench.host.perform(take, form=page.form, message="{label} diambil.")
    bench.host.perform(commands.IssueTicket(service_id=99), form=page.form)
    shiboken6.delete(page.form)
    bench.wait(lambda: bench.toast.startswith("Layanan itu tidak ada lagi."))


def test_after_the_end_nobody_hears_anything(bench: Bench) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    page = bench.open(SamplePage)
    came: list[object] = []
    bench.host.perform(take, came.append, "{label} diambil.", page.form)
    bench.host.perform(commands.IssueTicket(service_id=99))
    bench.host.end()
    bench.desks.clear()
    bench.wait(lambda: len(bench.office.hall_board().waiting) == 1)
    last: list[int] = []
    bench.link.read(Office.last_seq, last.append)
    bench.wait(lambda: last)
    assert (came, bench.toast) == ([], "")


def test_lost_readings_are_asked_for_anew(bench: Bench) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    page = bench.open(SamplePage)
    bench.wait(lambda: not page._fetching._under_way)
    page._fetching._under_way[page.show_numbers] = read_numbers  # as if its answer had been lost
    bench.link.connection_changed.emit(Connection.RECONNECTING)
    assert page._fetching._under_way
    bench.link.connection_changed.emit(Connection.ONLINE)
    bench.do(commands.IssueTicket(service_id=1))
    bench.wait(lambda: page.numbers.count == 1)


def test_a_station_with_nothing_keeps_and_prints_nothing(bench: Bench) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    page = bench.open(SamplePage)
    bare = PageHost(bench.link, page.theme, bench.frame.toast, bench.now, None, StationServices())
    assert not bare.can_print
    bare.print_paper(Sheet(office=Letterhead(), title="Tanda terima", number="", rows=()))
    assert bare.draft("sample") is None
    assert bench.printed == []
    bare.end()


def test_a_broken_place_for_drafts_stops_nobody(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file", encoding="utf-8")
    keeper = DraftKeeper(tmp_path / "own" / "drafts.db", bench.now)
    refused: list[object] = []
    keeper._tasks.refused.connect(refused.append)
    bench.sign_in("nina", Role.RECEPTION)
    page = bench.open(SamplePage)
    desk = PageHost(bench.link, page.theme, bench.frame.toast, bench.now, None, StationServices(keeper))
    draft = desk.draft("sample")
    assert draft is not None
    draft.keep({"name": "Dedi"})
    bench.wait(lambda: all_done(keeper))
    assert refused == []
    desk.end()
    keeper.close()


def let_answers_come(bench: Bench) -> None:
    """The worker answers in order: what was asked before is answered."""
    seen: list[bool] = []
    bench.link.read(lambda _office: True, seen.append)
    bench.wait(lambda: seen)


def test_drafts_are_sealed_as_soon_as_the_office_has_keys(bench: Bench) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    bench.open(SamplePage)
    bench.wait(lambda: bench.drafts.seals)
    bench.drafts.seals.clear()
    bench.link.changed.emit()
    bench.wait(lambda: bench.drafts.seals)
    let_answers_come(bench)
    bench.host.end()
    bench.desks.clear()
    bench.drafts.seals.clear()
    bench.link.changed.emit()
    let_answers_come(bench)
    assert bench.drafts.seals == {}


def test_an_officer_without_the_offices_keys_gets_his_draft_back(bench: Bench) -> None:
    """The draft is sealed with the officer's own pair: not even a holder of the office's keys reads it."""
    bench.sign_in("joko", Role.SECURITY)
    page = bench.open(SamplePage)
    page.begin()
    bench.wait(lambda: len(bench.drafts.seals) == 2)
    bench.type(page.form.field("name"), "Dedi Kurniawan")
    bench.frame.close()
    bench.wait(lambda: all_done(bench.drafts))
    draft = bench.host.draft("sample")
    assert draft is not None
    found: list[dict[str, Any]] = []
    draft.load(found.append)
    bench.wait(lambda: found)
    bench.link.read(lambda office: office.sign_in("siti", PASSWORD), lambda _nothing: None)
    draft.load(found.append)
    bench.wait(lambda: len(found) == 2)
    assert [each.get("name") for each in found] == ["Dedi Kurniawan", None]
