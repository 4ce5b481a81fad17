"""The tab Langkah POS on a real office: it shows the visitor's steps, and carries the officer's acts out."""

import msgspec
import pytest
from PySide6.QtWidgets import QLineEdit

from tests.reports.pdf_words import pages_and_words
from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.cases.commands import OpenCase
from ult_desktop.core.office.template import AskedBy
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.accountability import deviations
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.visit_steps import VisitSteps, visit_steps
from ult_desktop.operations.procedures.procedures import load_procedure
from ult_desktop.ui.counter.pages import papers
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.procedures.document_box import DocumentBox
from ult_desktop.ui.counter.procedures.steps_tab import StepsTab, steps_of
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label

BEGUN = "sumut-tatap-muka"
CARD = "Kartu Identitas tamu dan /atau Surat Kuasa / Surat Tugas"


def called(bench: Bench, *adopted: str) -> Ticket:
    """Counter 1's officer has called a number, under the procedures `adopted` alone."""
    admin = bench.sign_in("admin")
    bench.do(RetireProcedure(procedure_id="kaltara-helpdesk"))
    for name in adopted:
        bench.do(AdoptProcedure(procedure=load_procedure(name)), admin)
    bench.sign_in("siti")
    bench.do(commands.StaffCounter(counter=1))
    bench.do(commands.IssueTicket(service_id=1))
    ticket: Ticket = bench.do(commands.CallNext(counter=1))
    return ticket


@pytest.fixture
def tab(bench: Bench) -> StepsTab:
    """The visitor has arrived; steps 1, 2 and 4 were passed over."""
    ticket = called(bench, BEGUN)
    bench.do(commands.Arrive(counter=1))
    shown = bench.open_tab(StepsTab, ticket)
    bench.wait(lambda: shown.rail.rows)
    return shown


def visit(bench: Bench) -> Visit:
    found = bench.office.read(lambda tx: visits.of_ticket(tx, 1))
    assert found is not None
    return found


def seen(bench: Bench) -> VisitSteps:
    visit_id = visit(bench).id
    found = bench.office.read(lambda tx: visit_steps(tx, visit_id, bench.clock.now))
    assert found is not None
    return found


def answer(bench: Bench, words: str, verb: str) -> None:
    (line,) = bench.box().findChildren(QLineEdit)
    bench.type(line, words)
    next(button for button in bench.box().findChildren(Button) if button.text() == verb).click()


def test_before_the_arrival_there_is_no_visit(bench: Bench) -> None:
    shown = bench.open_tab(StepsTab, called(bench, BEGUN))
    bench.wait(lambda: "sejak pengunjung tiba" in shown.words.text())
    shown.rail.missing_requested.emit(1)
    shown._show_time()
    assert not shown.rail.rows
    bench.do(commands.Arrive(counter=1))
    bench.wait(shown.rail.isVisible)


def test_an_office_without_a_procedure_says_so(bench: Bench) -> None:
    ticket = called(bench)
    bench.do(commands.Arrive(counter=1))
    shown = bench.open_tab(StepsTab, ticket)
    bench.wait(lambda: "tidak menjalankan POS" in shown.words.text())


def test_the_clock_of_the_step_in_turn_goes_on(bench: Bench, tab: StepsTab) -> None:
    assert tab.rail.rows[6].time.text() == "00:00 dari 3 menit"
    bench.later(2.5)
    assert tab._clock.isActive()
    tab._clock.timeout.emit()
    bench.wait(lambda: tab.rail.rows[6].time.text() == "02:30 dari 3 menit")
    assert tab.rail.rows[6].mark.tone == "warn"


def test_whose_step_it_is_not_sees_no_tick(bench: Bench, tab: StepsTab, picture: Picture) -> None:
    assert tab.rail.rows[3].waive_button.isVisible()
    assert tab.rail.rows[3].tick_button.isHidden(), "the reception's step, at the counter of the front office"
    picture(bench.window, "counter-langkah-bukan-milik")


def test_a_tick(bench: Bench, tab: StepsTab) -> None:
    bench.sign_in("nina")
    tab.rail.rows[3].tick_button.click()
    bench.wait(lambda: tab.rail.rows[3].mark.tone == "ok")
    assert "Nina Kartika" in tab.rail.rows[3].meta.text()


def forked(bench: Bench) -> StepsTab:
    """The tab of a visitor whose step 9 is ticked by the front office, which chooses the way."""
    own = load_procedure(BEGUN)
    fork = own.steps[8]
    ticked = msgspec.structs.replace(fork, completes=type(fork.completes)(tick="front_office"))
    changed = msgspec.structs.replace(own, steps=(*own.steps[:8], ticked, *own.steps[9:]))
    ticket = called(bench)
    bench.do(AdoptProcedure(procedure=changed), bench.office.sign_in("admin", "rahasia-kita"))
    bench.do(commands.Arrive(counter=1))
    shown = bench.open_tab(StepsTab, ticket)
    bench.wait(lambda: shown.rail.rows)
    return shown


def test_a_tick_with_several_ways_asks_which(bench: Bench) -> None:
    shown = forked(bench)
    shown.rail.tick_requested.emit(9)
    bench.box().keys["3"].click()
    bench.wait(lambda: shown.rail.rows[8].mark.tone == "ok")
    assert seen(bench).progress.of_step(9).branch == "tidak_tersedia"


def test_a_waiver_has_its_reason(bench: Bench, tab: StepsTab) -> None:
    tab.rail.rows[6].waive_button.click()
    answer(bench, "Sudah dikenal", "Lewati")
    bench.wait(lambda: tab.rail.rows[6].mark.tone == "soft")
    assert seen(bench).progress.of_step(7).state is StepState.WAIVED


def test_a_refused_reason_stays_in_its_box(bench: Bench, tab: StepsTab) -> None:
    tab.rail.needed_requested.emit(7)
    box = bench.box()
    answer(bench, "Juru bahasa isyarat", "Sesuai kebutuhan")
    bench.wait(lambda: "langkah 7" in box.form.refusal.words.text())
    assert (box.isVisible(), box.form.values()) == (True, {"line": "Juru bahasa isyarat"})
    box.close()


def pause(bench: Bench, picture: Picture | None = None) -> None:
    box = bench.box()
    assert isinstance(box, FormBox)
    box.form.show_values({"reason": "Mengambil berkas", "asked_by": AskedBy.VISITOR})
    if picture is not None:
        picture(box, "counter-langkah-jeda")
    box.form.submit()


def test_the_clock_is_stopped_and_goes_on(bench: Bench, tab: StepsTab, picture: Picture) -> None:
    tab.rail.head.clock_button.click()
    pause(bench, picture)
    bench.wait(lambda: "Mengambil berkas, diminta pengunjung, sampai" in tab.rail.head.paused.text())
    tab.rail.head.clock_button.click()
    bench.wait(lambda: tab.rail.head.paused.text() == "")


def test_a_pause_that_is_over_is_no_longer_shown(bench: Bench, tab: StepsTab) -> None:
    tab.rail.head.clock_button.click()
    pause(bench)
    bench.wait(lambda: "diminta pengunjung" in tab.rail.head.paused.text())
    bench.later(31)
    tab._clock.timeout.emit()
    bench.wait(lambda: tab.rail.head.paused.text() == "")


def test_missing_inputs_are_recorded(bench: Bench, tab: StepsTab) -> None:
    tab.rail.rows[6].missing_button.click()
    box = bench.box()
    assert isinstance(box, FormBox)
    box.form.field("items").show_value((CARD,))
    box.form.submit()
    bench.wait(lambda: bench.toast == "Penyimpangan perlengkapan tercatat.")
    (found,) = bench.office.read(deviations.waiting)
    assert (found.kind, found.step, found.item) == (DeviationKind.EQUIPMENT, 7, CARD)


def bring_the_next(bench: Bench, tab: StepsTab) -> None:
    """Another station finishes the visitor, and the next one comes into the tab while a box is open."""
    bench.do(commands.Finish(counter=1))
    bench.do(commands.IssueTicket(service_id=1))
    ticket: Ticket = bench.do(commands.CallNext(counter=1))
    bench.do(commands.Arrive(counter=1))
    bench.tabs.show_ticket(ticket)
    bench.wait(lambda: tab._steps is not None and tab._steps.visit.ticket_id == ticket.id)


def test_a_box_acts_on_the_visit_for_which_it_was_opened(bench: Bench, tab: StepsTab) -> None:
    tab.rail.rows[6].missing_button.click()
    box = bench.box()
    bring_the_next(bench, tab)
    box.form.field("items").show_value((CARD,))
    box.form.submit()
    bench.wait(lambda: bench.toast == "Penyimpangan perlengkapan tercatat.")
    (found,) = (each for each in bench.office.read(deviations.waiting) if each.item == CARD)
    assert found.visit_id == visit(bench).id


def test_a_way_is_taken_on_the_visit_for_which_it_was_asked(bench: Bench) -> None:
    shown = forked(bench)
    shown.rail.tick_requested.emit(9)
    box = bench.box()
    bring_the_next(bench, shown)
    box.keys["3"].click()
    bench.wait(lambda: seen(bench).progress.of_step(9).branch == "tidak_tersedia")


def test_the_document_is_read_and_taken_along(
    bench: Bench, tab: StepsTab, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    tab.rail.head.reading_button.click()
    bench.wait(bench.has_box)
    box = bench.box()
    assert isinstance(box, DocumentBox)
    told = " ".join(label.text() for label in box.findChildren(Label))
    assert "H.7/POS/C7.7/2023" in told
    assert "Menyambut pengunjung yang datang dengan salam" in told
    picture(box, "pos-dokumen-loket-1366x768")
    box.save_button.click()
    bench.wait(lambda: bench.toast.startswith("Tersimpan: "))
    (saved,) = (bench.folder / "ult-desktop").glob("POS *.pdf")
    _pages, words = pages_and_words(saved.read_bytes())
    assert "LayananTatapMuka" in words


def test_a_second_coming_goes_on_in_the_first_visits_procedure(bench: Bench, tab: StepsTab) -> None:
    first = visit(bench)
    second = msgspec.structs.replace(first, id=99, procedure_id=None, follows=first.id)
    found = bench.office.read(
        lambda tx: steps_of(tx, bench.clock.now, second, bench.link.actor.officer_id or 0)
    )
    assert found is not None
    assert found.steps.visit.id == first.id
    assert found.roles == {Role.FRONT_OFFICE}


def test_who_may_see_it(bench: Bench) -> None:
    assert StepsTab.is_for(bench.sign_in("nina", Role.RECEPTION))
    assert StepsTab.title() == "Langkah POS"


def test_picture(bench: Bench, tab: StepsTab, picture: Picture) -> None:
    bench.later(2.6)
    bench.wait(lambda: tab.rail.rows[6].mark.tone == "warn")
    in_sight = tab.rail.area.viewport().rect()
    row = tab.rail.rows[6]
    assert in_sight.contains(row.mapTo(tab.rail.area.viewport(), row.rect().bottomLeft()))
    picture(bench.window, "langkah-pos-loket-1366x768")


def test_of_several_matters_it_shows_the_one_at_hand(bench: Bench, tab: StepsTab) -> None:
    for detail in ("Tunjangan belum cair", "Legalisir ijazah"):
        bench.do(OpenCase(visit_id=visit(bench).id, detail=detail, another=True))
    bench.wait(lambda: [row.step for row in tab.rail.rows] == list(range(8, 17)))
    assert tab.rail.head.number.text() == "POS H.7/POS/C7.7/2023 · permohonan 0002/ULT/2026"
