"""Requests from afar on the page Permohonan, on a real office: the list with its clocks, one request."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton

from tests.ui.conftest import Picture
from tests.ui.counter.online.conftest import LIST, Ask, opens, shown
from tests.ui.counter.pages.bench import Bench
from tests.ui.look import assert_targets, faults
from tests.ui.shown import rows_of
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.commands import AnswerEscalation, OpenCase
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.online.commands import AnswerRequest, TakeRequest
from ult_desktop.core.online.online_request import OnlineSource
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.cases import escalations
from ult_desktop.db.visits import visits
from ult_desktop.ui.counter.cases.case_pane import EVERY, ONLINE, OPEN
from ult_desktop.ui.counter.cases.page import CasesPage
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.kit.widgets.label import Label

LOOKS: list[tuple[tuple[int, int], str, Contrast]] = [
    ((1366, 768), "id", "light"),
    ((1366, 768), "en", "kontras"),
    ((1920, 1080), "id", "light"),
]


def fill(bench: Bench, ask: Ask) -> int:
    """One late, two new, one answered; returns the case of the first."""
    late = ask("Dedi Kurniawan", 80, institution="SMP Negeri 1 Tarakan", topic="Rapor mutu 2025",
               phone="0812-3456-7890", regency="Kota Tarakan", external_id="SMP-2026-118")  # fmt: skip
    ask("Ani Wulandari", 26, "whatsapp", topic="Narasumber", detail="Narasumber lokakarya")
    ask("Baharuddin dengan nama yang sangat panjang sekali Siregar", 2, "sempena", topic="Peminjaman aula")
    ask("Citra", 1, "surat", email="")
    answered = ask("Eko", 30)
    bench.do(AnswerRequest(request_id=answered.id, answer="Terlampir.", way=DeliveryChannel.EMAIL))
    return late.case_id


@pytest.mark.parametrize(("size", "language", "contrast"), LOOKS)
def test_look(
    bench: Bench, ask: Ask, picture: Picture, size: tuple[int, int], language: str, contrast: Contrast
) -> None:
    use_language(language)
    bench.sign_in("siti", Role.FRONT_OFFICE)
    page = bench.open(CasesPage, size, contrast)
    page.cases.filters.choose(ONLINE)
    name = f"{size[0]}x{size[1]}-{language}-{contrast}"
    bench.wait(page.recap.total.text)
    bench.wait(lambda: not list(faults(bench.window)))
    picture(bench.window, f"counter-daring-kosong-{name}")
    late = fill(bench, ask)
    bench.wait(lambda: page.cases.count == 5)
    page.open_subject(late)
    bench.wait(lambda: page.pane.reply is not None)
    assert page.pane.reply is not None
    bench.wait(lambda: not list(faults(bench.window)))  # a new form finds its room
    picture(bench.window, f"counter-daring-{name}")
    assert_targets(bench.window, 36, among=lambda each: not isinstance(each, QRadioButton))  # cut by the view
    bench.type(page.pane.reply.form.field("answer"), "Data terlampir.")
    bench.wait(lambda: page.pane.reply and page.pane.reply.preview.height() > 100)
    page.pane.detail.area.verticalScrollBar().setValue(10_000)
    bench.wait(lambda: not list(faults(bench.window)))
    picture(bench.window, f"counter-daring-balasan-{name}")
    look_at_import(bench, page, picture, name)


def look_at_import(bench: Bench, page: CasesPage, picture: Picture, name: str) -> None:
    """The stages of the assistant, with a row that is refused."""
    path = bench.folder / "sempena-november.csv"
    path.write_text(f"{LIST}S-1;Dedi;SMPN 1;;Mohon data\nS-2;Ani;SDN 2;ani;Mohon\n", encoding="utf-8")
    page.import_button.click()
    picture(bench.window, f"counter-daring-impor-berkas-{name}")
    page.import_panel.start.show_values({"path": path})
    page.import_panel.start.submit()
    bench.wait(page.import_panel.view.isVisible)
    bench.wait(lambda: not list(faults(bench.window)))
    picture(bench.window, f"counter-daring-impor-pratinjau-{name}")
    page.import_panel.view.start_import_button.click()
    bench.wait(page.import_panel.view.finish_button.isVisible)
    bench.wait(lambda: not list(faults(bench.window)))
    picture(bench.window, f"counter-daring-impor-laporan-{name}")
    page.import_panel.view.finish_button.click()
    bench.wait(lambda: bench.window.focusWidget() is page.cases.view)


def test_the_most_pressing_first_and_late_ones_marked(bench: Bench, opened: CasesPage, ask: Ask) -> None:
    fill(bench, ask)
    bench.wait(lambda: opened.cases.count == 5)
    rows = rows_of(opened.cases.model)
    names = [row.title.split()[0] for row in rows]
    assert (names[:2], set(names[2:4]), names[4]) == (["Dedi", "Ani"], {"Baharuddin", "Citra"}, "Eko")
    assert (rows[0].side_tone, rows[0].aside) == ("danger", "lewat 1 hari kerja")
    assert (rows[1].aside, rows[1].strong, rows[4].strong) == ("sisa 1 hari kerja", True, False)
    opened.cases.filters.choose("overdue")
    assert opened.cases.count == 1
    opened.cases.filters.choose(ONLINE)
    assert opened.cases.count == 5
    bench.type(opened.cases.search, "lokakarya")
    bench.wait(lambda: opened.cases.count == 1)
    assert bench.waiting(opened) == 4


def test_another_request_begins_at_its_name(bench: Bench, opened: CasesPage, ask: Ask) -> None:
    """Else an answer is typed below a name that is out of sight."""
    first, second = ask("Dedi"), ask("Ani")
    opens(bench, opened, first)
    bar = opened.pane.detail.area.verticalScrollBar()
    bench.wait(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    bench.do(TakeRequest(request_id=first.id))  # what happens to the same request moves nothing
    bench.wait(lambda: "take" not in opened.pane.detail.acts.buttons)
    assert bar.value() > 0
    opens(bench, opened, second)
    assert bar.value() == 0


def test_who_answers_is_found_before_it_is_closed(bench: Bench, opened: CasesPage, ask: Ask) -> None:
    request = ask("Dedi")
    opens(bench, opened, request)
    assert [*opened.pane.detail.acts.buttons][:3] == ["take", "escalate", "close"]
    tags = [row.tags[0].text for row in rows_of(opened.cases.model)]
    assert tags == ["belum ditangani"], "nobody works on it"
    opened.pane.detail.acts.buttons["take"].click()
    bench.wait(lambda: [row.tags[0].text for row in rows_of(opened.cases.model)] == ["dikerjakan"])


def test_it_is_taken(bench: Bench, opened: CasesPage, ask: Ask) -> None:
    opens(bench, opened, ask("Dedi"))
    opened.pane.detail.acts.buttons["take"].click()
    bench.wait(lambda: bench.toast == "Permintaan ini Anda tangani.")
    bench.wait(lambda: "take" not in opened.pane.detail.acts.buttons)
    bench.wait(lambda: opened.pane.timeline.lines[0]._entry.what == "Ditangani")
    other = ask("Ani")
    bench.do(TakeRequest(request_id=other.id))  # at another station
    bench.wait(lambda: [row.strong for row in rows_of(opened.cases.model)] == [False] * 2)
    assert bench.waiting(opened) == 0


def test_it_is_passed_on_and_comes_back(bench: Bench, opened: CasesPage, ask: Ask) -> None:
    request = ask("Dedi")
    opens(bench, opened, request)
    opened.pane.detail.acts.buttons["escalate"].click()
    box = bench.box()
    assert box.form.field("instruction").value() == request.detail
    box.form.submit()
    bench.wait(lambda: bench.toast == "Diteruskan ke Back Office.")
    bench.wait(lambda: not opened.pane.detail.acts.buttons["close"].isEnabled())
    assert not opened.pane.reply_section.isVisible()
    (hop,) = bench.office.read(lambda tx: escalations.open_of(tx, request.case_id))
    backs = bench.office.sign_in("admin", "rahasia-kita")
    bench.do(AnswerEscalation(escalation_id=hop.id, answer="Datanya ini."), backs)
    bench.wait(opened.pane.reply_section.isVisible)
    bench.wait(lambda: opened.pane.reply and opened.pane.reply.form.field("answer").value() == "Datanya ini.")


def test_an_answered_one_is_closed_at_once(bench: Bench, opened: CasesPage, ask: Ask) -> None:
    request = ask("Dedi")
    bench.do(AnswerRequest(request_id=request.id, answer="Ini.", way=DeliveryChannel.EMAIL))
    opens(bench, opened, request)
    opened.pane.detail.acts.buttons["evaluated"].click()
    bench.wait(lambda: bench.toast == "Evaluasi dicatat terisi.")
    bench.wait(lambda: "evaluated" not in opened.pane.detail.acts.buttons)
    opened.pane.detail.acts.buttons["close"].click()
    bench.wait(lambda: bench.toast == "Permintaan ditutup.")
    bench.wait(lambda: opened.cases.count == 0)
    opens(bench, opened, request)
    bench.wait(lambda: not {"take", "close", "escalate"} & set(opened.pane.detail.acts.buttons))
    opened.pane.detail.acts.buttons["contact"].click()
    bench.wait(bench.has_box)
    assert "pemohon@dinas.go.id" in {label.text() for label in bench.box().findChildren(Label)}
    bench.box().close()
    opened.cases.filters.choose(EVERY)
    bench.wait(lambda: opened.cases.count == 1)


def test_another_is_closed_with_its_reason(bench: Bench, opened: CasesPage, ask: Ask) -> None:
    request = ask("Iklan")
    opens(bench, opened, request)
    opened.pane.detail.acts.buttons["close"].click()
    form = bench.box().form
    form.submit()
    bench.type(form.field("remark"), "Bukan permintaan")
    form.submit()
    bench.wait(lambda: bench.toast == "Permintaan ditutup.")
    bench.wait(lambda: opened.cases.count == 0)
    opened.open_subject(request.case_id)
    bench.wait(lambda: (found := shown(opened)) is not None and found.state == "ditutup")
    assert not opened.pane.due.isVisible(), "no answer is due any more"


def test_one_is_typed_in(bench: Bench, opened: CasesPage, picture: Picture) -> None:
    bench.press(Qt.Key.Key_N, opened, Qt.KeyboardModifier.ControlModifier)
    form = bench.box().form
    picture(bench.box(), "counter-daring-catat-1366x768")
    form.show_values({"source": "surat", "name": "Dedi", "detail": "Mohon legalisir", "email": "dedi"})
    bench.type(form.field("sent"), "20-11-2026")
    form.submit()
    assert "bukan alamat surel" in form.field("email").error.text()
    form.show_values({"email": "", "institution": "SDN 1"})
    form.submit()
    bench.wait(lambda: bench.toast == "Permintaan tercatat.")
    bench.wait(lambda: shown(opened) is not None)
    request = shown(opened)
    assert request is not None
    assert request.number == "D-0001/2026"
    bench.wait(lambda: opened.cases.selected == request.case_id)


def test_reception_takes_a_couriers_letter_and_answers_none(bench: Bench) -> None:
    """Reception writes a letter down, and does no more with it."""
    bench.sign_in("rina", Role.RECEPTION, name="Rina")
    page = bench.open(CasesPage)
    page.type_in()
    box = bench.box()
    assert isinstance(box, FormBox)
    letter = {"name": "Kepala SDN 7", "institution": "SDN 7", "detail": "Permohonan narasumber"}
    box.form.show_values({"source": OnlineSource.LETTER, **letter})
    box.form.submit()
    bench.wait(lambda: bench.toast == "Permintaan tercatat.")
    bench.wait(lambda: shown(page) is not None)
    assert not hasattr(page, "load")
    assert not {"take", "escalate", "close"} & set(page.pane.detail.acts.buttons)
    assert not page.pane.reply_section.isVisible()
    assert bench.waiting(page) == 0


@pytest.mark.parametrize(
    ("role", "seen"), [(Role.RECEPTION, ["Kepala SDN 7"]), (Role.FRONT_OFFICE, ["Kepala SDN 7", "Dedi"])]
)
def test_receptions_list_leaves_visitors_cases_out(
    bench: Bench, ask: Ask, role: Role, seen: list[str]
) -> None:
    bench.sign_in("siti", Role.FRONT_OFFICE)
    ticket = bench.do(IssueTicket(service_id=1)).ticket
    bench.do(SignGuestBook(ticket_id=ticket.id, name="Dedi", phone="081234567890"))
    visit = bench.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    bench.do(OpenCase(visit_id=visit.id, detail="Mohon data NPSN"))
    ask("Kepala SDN 7", source="surat")
    bench.sign_in("rina", role, name="Rina")
    page = bench.open(CasesPage)
    for group, text in ((OPEN, ""), (EVERY, ""), (EVERY, "mohon data")):
        page.cases.filters.choose(group)
        bench.type(page.cases.search, text)
        bench.wait(lambda: sorted(row.title for row in rows_of(page.cases.model)) == sorted(seen))
