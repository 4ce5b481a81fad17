"""The tab Permohonan: the case of the visitor at the counter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture
from tests.ui.counter.cases.conftest import CaseBench
from ult_desktop.base.i18n import use_language
from ult_desktop.core.cases.case import CaseKind
from ult_desktop.core.cases.commands import AcknowledgeHandover, Escalate, OpenCase
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.cases import cases
from ult_desktop.db.cases.boards import matters_of
from ult_desktop.db.office import services
from ult_desktop.db.visits import visits
from ult_desktop.ui.counter.cases.case_tab import CaseTab
from ult_desktop.ui.kit.forms.choice_fields import ChoiceField
from ult_desktop.ui.kit.forms.form import Form
from ult_desktop.ui.kit.theme import Contrast


def visit_of(bench: CaseBench, ticket: Ticket) -> int:
    visit = bench.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    return visit.id


def guest(bench: CaseBench) -> Ticket:
    """Somebody who has signed the guest book sits at counter 1."""
    ticket = bench.serve()
    name = "Dedi Kurniawan"
    sign = SignGuestBook(
        visit_id=visit_of(bench, ticket), name=name, institution="SMPN 1", phone="081155501234"
    )
    bench.by("siti", sign)
    return ticket


def opened(bench: CaseBench, ticket: Ticket, contrast: Contrast = "light") -> CaseTab:
    bench.sign_in("siti")
    return bench.open_tab(CaseTab, ticket, contrast=contrast)


@pytest.mark.parametrize(("language", "contrast"), [("id", "light"), ("en", "kontras")])
def test_look(bench: CaseBench, picture: Picture, language: str, contrast: Contrast) -> None:
    use_language(language)
    ticket = guest(bench)
    tab = opened(bench, ticket, contrast)
    bench.wait(lambda: tab.form is not None)
    assert tab.form is not None
    picture(bench.window, f"counter-tab-permohonan-baru-{language}-{contrast}")
    bench.by("siti", OpenCase(visit_id=visit_of(bench, ticket), detail="Tunjangan triwulan III belum cair"))
    bench.wait(lambda: tab.stack.currentWidget() is tab.pane)
    picture(bench.window, f"counter-tab-permohonan-{language}-{contrast}")


def test_who_is_only_called_has_no_case_yet(bench: CaseBench) -> None:
    service = bench.office.read(services.active)[0].id
    number = bench.by("siti", commands.IssueTicket(service_id=service)).ticket
    called = bench.by("siti", commands.CallTicket(counter=1, ticket_id=number.id))
    tab = opened(bench, called)
    bench.wait(lambda: tab.stack.currentWidget() is tab.empty)


def test_who_clicks_the_tab_can_type_at_once(bench: CaseBench, qtbot: QtBot) -> None:
    tab = opened(bench, guest(bench))
    bar = bench.tabs.bar
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())
    bench.wait(lambda: tab.form is not None and tab.form.field("detail").editor.hasFocus())
    assert tab.form is not None
    qtbot.keyClicks(QApplication.focusWidget(), "Tunjangan")
    assert tab.form.field("detail").value() == "Tunjangan"


def test_what_is_asked_becomes_a_case(bench: CaseBench, picture: Picture) -> None:
    ticket = guest(bench)
    tab = opened(bench, ticket)
    bench.wait(lambda: tab.form is not None)
    assert tab.form is not None
    tab.form.show_values({"detail": "Lapor: petugas kurang ramah", "kind": CaseKind.COMPLAINT})
    tab.form.submit()
    error = tab.form.field("complaint_class").error
    assert error.text() == "Wajib diisi."
    bench.wait(lambda: error.visibleRegion().boundingRect() == error.rect())
    picture(bench.window, "counter-tab-pengaduan-salah")
    tab.form.show_values({"complaint_class": _first_choice(tab.form, "complaint_class")})
    about = tab.form.field("about_id")
    assert about.isVisible()
    assert isinstance(about, ChoiceField)
    names = [about.choice.itemText(at) for at in range(about.choice.count())]
    assert names[0] == "bukan tentang petugas"
    assert "Siti Rahmawati" not in names  # who writes it down
    picture(bench.window, "counter-tab-pengaduan-id-light")
    tab.form.submit()
    bench.wait(lambda: bench.toast == "Permohonan tercatat.")
    bench.wait(lambda: tab.stack.currentWidget() is tab.pane and tab.form is None)
    visit_id = visit_of(bench, ticket)
    opened_case = bench.office.read(lambda tx: cases.of_visit(tx, visit_id))
    assert opened_case is not None
    assert (opened_case.kind, opened_case.owner) == (CaseKind.COMPLAINT, "Siti Rahmawati")


@pytest.mark.parametrize(("name", "kind"), [("Pengaduan", CaseKind.COMPLAINT), ("Dapodik", CaseKind.REQUEST)])
def test_a_service_for_complaints_begins_with_a_complaint(
    bench: CaseBench, name: str, kind: CaseKind
) -> None:
    offered = bench.office.read(services.active)
    service = next(each.id for each in offered if each.definition.name.indonesian == name)
    number = bench.by("siti", commands.IssueTicket(service_id=service)).ticket
    ticket = bench.by("siti", commands.CallTicket(counter=1, ticket_id=number.id))
    bench.by("siti", commands.Arrive(counter=1))
    tab = opened(bench, ticket)
    bench.wait(lambda: tab.form is not None)
    assert tab.form is not None
    assert tab.form.values()["kind"] == kind


def test_a_draft_belongs_to_its_visitor(bench: CaseBench) -> None:
    first = guest(bench)
    tab = opened(bench, first)
    bench.wait(lambda: tab.form is not None)
    assert tab.form is not None
    bench.type(tab.form.field("detail"), "Tunjangan")
    bench.by("siti", commands.Finish(counter=1))
    bench.tabs.show_ticket(guest(bench))
    bench.wait(lambda: tab.form is not None and tab.form.values()["detail"] == "")
    bench.tabs.show_ticket(first)
    bench.wait(lambda: tab.form is not None and tab.form.values()["detail"] == "Tunjangan")


def test_a_visitor_is_directed_to_the_helpdesk(bench: CaseBench) -> None:
    ticket = guest(bench)
    tab = opened(bench, ticket)
    bench.wait(lambda: tab.form is not None)
    assert tab.form is not None
    tab.hand_over_button.click()
    bench.submit("Petugas helpdesk diberi tahu.", officer_id=bench.id("hadi"))
    bench.wait(lambda: tab.hint.words.text() == "Diarahkan ke Hadi Saputra, belum diterima.")
    bench.by("hadi", AcknowledgeHandover(visit_id=visit_of(bench, ticket)))
    bench.wait(lambda: tab.hint.words.text() == "Sudah diterima oleh Hadi Saputra.")


def _first_choice(form: Form, name: str) -> object:
    field = form.field(name)
    assert isinstance(field, ChoiceField)
    return field.choice.itemData(0)


def test_a_further_matter_has_a_case_of_its_own(bench: CaseBench, picture: Picture) -> None:
    """The window takes it up; what it turns to is at hand, and the other one waits for it."""
    ticket = guest(bench)
    visit_id = visit_of(bench, ticket)
    first = bench.by("siti", OpenCase(visit_id=visit_id, detail="Tunjangan triwulan III belum cair"))
    tab = opened(bench, ticket)
    bench.wait(lambda: list(tab.matters.buttons) == ["another"])
    tab.matters.buttons["another"].click()
    bench.submit("Permohonan tercatat.", detail="Legalisir ijazah untuk pendaftaran PPG")
    bench.wait(lambda: len(tab.matters.buttons) == 3)
    first_button, second_button, _another = tab.matters.buttons.values()
    assert (first_button.text(), second_button.text()) == (first.number, "0002/ULT/2026")
    assert tab.pane.detail.subtitle.text() == "0002/ULT/2026"
    picture(bench.window, "counter-tab-permohonan-dua")
    first_button.click()
    bench.wait(lambda: waits(bench, visit_id) == [False, True])
    bench.wait(lambda: tab.pane.detail.subtitle.text() == first.number)
    bench.by("siti", Escalate(case_id=first.id, instruction="Mohon dicek"))
    bench.wait(lambda: waits(bench, visit_id) == [True, False])
    next(iter(tab.matters.buttons.values())).click()
    bench.wait(lambda: tab.pane.detail.subtitle.text() == first.number)
    assert waits(bench, visit_id) == [True, False], "to look at it is not to work on it"


def waits(bench: CaseBench, visit_id: int) -> list[bool]:
    return [each.waits for each in bench.office.read(lambda tx: matters_of(tx, visit_id))]
