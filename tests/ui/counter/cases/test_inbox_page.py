"""The page Kotak masuk on a real office: receipts, dispositions, answers, and who was faster."""

from datetime import date
from pathlib import Path

import pytest

from tests.ui.conftest import Picture
from tests.ui.counter.cases.conftest import CaseBench
from tests.ui.opened_files import OpenedFiles
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability.commands import Delegate
from ult_desktop.core.cases.case import CaseState
from ult_desktop.core.cases.commands import (
    AnswerEscalation,
    Escalate,
    HandToHelpdesk,
    MissAppointment,
    ReceiveEscalation,
    ReferEscalation,
    Reschedule,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.escalation import CaseDesk, Escalation, EscalationState
from ult_desktop.core.online.commands import AddRequest
from ult_desktop.core.online.online_request import OnlineRow, OnlineSource
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.accountability import deviations
from ult_desktop.db.cases import cases, escalations
from ult_desktop.db.visits import visits
from ult_desktop.ui.counter.cases.case_forms import ask_what_is_wanted, store_and_escalate
from ult_desktop.ui.counter.cases.inbox_page import InboxPage
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.kit.forms.choice_fields import ChoiceField
from ult_desktop.ui.kit.lists.record_list import ListRow
from ult_desktop.ui.kit.theme import Contrast


def opened(bench: CaseBench, login: str = "bela", contrast: Contrast = "light") -> InboxPage:
    """The first line is chosen."""
    bench.sign_in(login)
    page = bench.open(InboxPage, contrast=contrast)
    bench.wait(lambda: page.items.count)
    page.items.choose(first_row(page).id)
    bench.wait(lambda: not page.detail.is_empty)
    return page


def press(bench: CaseBench, page: InboxPage, name: str) -> None:
    bench.wait(lambda: name in page.detail.acts.buttons)
    page.detail.acts.buttons[name].click()


def hop_now(bench: CaseBench, hop: Escalation) -> Escalation:
    return bench.office.read(lambda tx: escalations.get(tx, hop.id))


@pytest.mark.parametrize(("language", "contrast"), [("id", "light"), ("en", "kontras")])
def test_look(bench: CaseBench, picture: Picture, language: str, contrast: Contrast) -> None:
    use_language(language)
    bench.hop(detail="Dapodik: data rombongan belajar kelas 4 tidak muncul setelah sinkronisasi")
    bench.set_time("2026-11-26 10:00")
    first = bench.hop(detail="Permohonan salinan SK penetapan penerima bantuan")
    bench.by("bela", ReceiveEscalation(escalation_id=first.id))
    bench.by("bela", ReferEscalation(escalation_id=first.id, instruction="Mohon arahan", unit="Ditjen GTKPG"))
    second = bench.hop(detail="Kapan tunjangan profesi cair?")
    bench.by("bela", ReceiveEscalation(escalation_id=second.id))
    page = opened(bench, contrast=contrast)
    page.open_subject(second.id)
    bench.wait(lambda: page.detail.subtitle.text() == "0003/ULT/2026")
    picture(bench.window, f"counter-kotak-masuk-{language}-{contrast}")
    press(bench, page, "refer")
    picture(bench.grown(), f"counter-kotak-masuk-disposisi-{language}-{contrast}")
    bench.top().reject()
    press(bench, page, "tell")
    picture(bench.grown(), f"counter-kotak-masuk-pemohon-{language}-{contrast}")
    bench.top().reject()
    press(bench, page, "assign")
    picture(bench.grown(), f"counter-kotak-masuk-tugaskan-{language}-{contrast}")


def test_received_assessed_and_answered_with_a_letter(bench: CaseBench, scan: Path) -> None:
    hop = bench.hop()
    page = opened(bench)
    assert bench.waiting(page) == 1
    page.items.opened.emit(page.items.selected)
    bench.wait(lambda: bench.toast == "Diterima.")
    assert bench.waiting(page) == 0
    press(bench, page, "answer")
    bench.submit("Jawaban terkirim.", answer="Cair Jumat", file=scan)
    card = bench.card(hop.case_id)
    assert (card.case.state, card.case.answer) == (CaseState.ANSWERED, "Cair Jumat")
    assert [each.escalation_id for each in card.documents] == [hop.id]
    bench.wait(lambda: page.items.count == 0 and page.detail.is_empty)
    page.detail.acts.begin()
    assert not page.detail.acts.buttons
    assert not any(box.isVisible() for box in bench.frame.findChildren(FormBox)), (
        "with nothing chosen there is nothing to do"
    )


def test_who_answers_late_says_why_in_the_same_box(bench: CaseBench, picture: Picture) -> None:
    bench.run_only("sumut-tatap-muka")
    hop = bench.hop()
    bench.later(9)
    bench.by("bela", ReceiveEscalation(escalation_id=hop.id))
    press(bench, opened(bench), "answer")
    late = bench.form().field("reason")
    bench.wait(lambda: late.is_shown)
    picture(bench.top(), "counter-inbox-terlambat")
    assert "(langkah 11) · 9 menit, baku 3 menit" in late.caption.text()
    late.show_value("1")
    bench.submit("Jawaban terkirim.", answer="Cair Jumat")
    visit_id = bench.card(hop.case_id).case.visit_id
    found = bench.office.read(lambda tx: deviations.of_visit(tx, visit_id))
    assert [(each.steps, each.cause) for each in found if each.officer == "Bela Anggraini"] == [
        ((11,), "Pengunjung tergesa-gesa")
    ]


def test_who_tells_the_applicant_days_late_says_why_in_the_same_box(bench: CaseBench) -> None:
    row = OnlineRow(name="Ani", email="ani@dinas.go.id", detail="Mohon data")
    request = bench.by("siti", AddRequest(source=OnlineSource.EMAIL, row=row))
    bench.by("siti", Escalate(case_id=request.case_id, instruction="Mohon dicek"))
    bench.set_time("2026-11-27 09:00")
    press(bench, opened(bench), "tell")
    late = bench.form().field("reason")
    bench.wait(lambda: late.is_shown)
    assert "(langkah 2) · 3 hari kerja" in late.caption.text()
    bench.submit(
        "Jawaban disampaikan.",
        answer="Terlampir",
        way=DeliveryChannel.EMAIL,
        proof="terkirim 09.10",
        reason="Menunggu data",
    )
    found = bench.office.read(lambda tx: deviations.of_visit(tx, request.visit_id))
    assert [(each.steps, each.cause, each.officer) for each in found] == [
        ((2,), "Menunggu data", "Bela Anggraini")
    ]


def test_letters_come_along(bench: CaseBench, scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = bench.case()
    bench.sign_in("siti")
    values = {"to": "back_office", "instruction": "Mohon dicek", "visitor": "left", "file": scan}
    store_and_escalate(case, values, bench.office, bench.link.actor)
    seen = OpenedFiles()
    where = "ult_desktop.ui.counter.pages.papers"
    monkeypatch.setattr("tempfile.tempdir", str(scan.parent))
    monkeypatch.setattr(f"{where}.QDesktopServices.openUrl", seen)
    page = opened(bench)
    press(bench, page, "documents")
    bench.wait(lambda: seen)
    assert seen[0].read_bytes() == scan.read_bytes()


def test_over_a_unit_and_back(bench: CaseBench) -> None:
    hop = bench.hop()
    bench.by("bela", ReceiveEscalation(escalation_id=hop.id))
    page = opened(bench)
    press(bench, page, "refer")
    asked = bench.top().form.values()["instruction"]
    assert asked == hop.instruction != "", "nobody types the question again"
    given = {"to": CaseDesk.RELATED_UNIT, "unit": "Ditjen GTKPG", "instruction": "Mohon arahan"}
    bench.submit("Disposisi terkirim.", **given, to_officer_id=str(bench.id("umar")))
    press(bench, page, "withdraw")
    bench.reason("salah unit", "Tarik")
    bench.wait(lambda: bench.toast == "Disposisi ditarik.")
    press(bench, page, "refer")
    bench.submit("Disposisi terkirim.", to=CaseDesk.PPID, instruction="Mohon arahan", due_days=3)
    bench.wait(lambda: set(page.detail.acts.buttons) == {"withdraw"})
    press(bench, page, "withdraw")
    bench.reason("salah unit", "Tarik")
    press(bench, page, "refer")
    bench.submit("Disposisi terkirim.", to=CaseDesk.RELATED_UNIT, instruction="Mohon arahan")
    press(bench, page, "direction")
    bench.submit("Jawaban terkirim.", answer="Lengkapi SK")
    assert hop_now(bench, hop).state is EscalationState.RECEIVED
    press(bench, page, "acknowledge")
    press(bench, page, "answer")
    assert bench.top().form.values()["answer"] == "Lengkapi SK", "nobody types the unit's answer again"
    bench.top().reject()
    press(bench, page, "tell")
    assert bench.top().form.values()["answer"] == "Lengkapi SK"
    bench.submit(
        "Jawaban disampaikan.",
        answer="Mohon lengkapi SK",
        way=DeliveryChannel.WHATSAPP,
        proof="terbaca 10.02",
    )
    card = bench.card(hop.case_id)
    assert (card.case.state, card.deliveries[0].recipient) == (CaseState.DELIVERED, "0812••••890")


def test_a_case_is_one_line_and_its_list_says_what_its_detail_says(bench: CaseBench) -> None:
    hop = bench.hop()
    other = bench.hop()
    bench.by("bela", ReceiveEscalation(escalation_id=hop.id))
    page = opened(bench)
    page.open_subject(hop.id)
    bench.wait(lambda: main_act(page) == "answer")
    press(bench, page, "refer")
    bench.submit("Disposisi terkirim.", to=CaseDesk.RELATED_UNIT, instruction="Mohon arahan")
    bench.wait(lambda: "direction" in page.detail.acts.buttons)
    assert "menunggu arahan" in {tag.text for row in rows(page) for tag in row.tags}
    press(bench, page, "direction")
    bench.submit("Jawaban terkirim.", answer="Lengkapi SK")
    bench.wait(lambda: main_act(page) == "acknowledge")
    assert page.items.count == 2, "the question that waits for this answer is no line of its own"
    press(bench, page, "acknowledge")
    bench.wait(lambda: bench.jumps == [("inbox", hop.id)])
    bench.wait(lambda: main_act(page) == "answer")
    press(bench, page, "answer")
    bench.submit("Jawaban terkirim.", answer="Mohon lengkapi SK")
    bench.wait(lambda: page.items.selected == f"to_do:{other.id}")


def main_act(page: InboxPage) -> str | None:
    buttons = page.detail.acts.buttons.items()
    return next((name for name, each in buttons if each.property("role") == "primary"), None)


def rows(page: InboxPage) -> list[ListRow]:
    found = (page.items.model.row_at(page.items.model.index(n)) for n in range(page.items.count))
    return [row for row in found if row is not None]


def test_given_to_a_colleague_with_how_much_each_has(bench: CaseBench) -> None:
    bench.by("bono", ReceiveEscalation(escalation_id=bench.hop().id))
    bench.set_time("2026-11-27 10:00")
    hop = bench.hop()
    page = opened(bench)
    press(bench, page, "assign")
    field = bench.form().field("officer_id")
    assert isinstance(field, ChoiceField)
    choice = field.choice
    loads = {choice.itemData(n): choice.itemText(n) for n in range(choice.count())}
    assert loads[bench.id("bono")] == "Bono Prasetyo  (1 terbuka, 1 lewat waktu)"
    assert loads[bench.id("bela")] == "Bela Anggraini  (belum ada)"
    bench.submit("Ditugaskan.", officer_id=bench.id("bono"))
    assert hop_now(bench, hop).to_officer == "Bono Prasetyo"


def test_two_who_answer_at_once(bench: CaseBench) -> None:
    hop = bench.hop()
    bench.by("bela", ReceiveEscalation(escalation_id=hop.id))
    page = opened(bench)
    press(bench, page, "answer")
    form = bench.form()
    form.show_values({"answer": "Jawaban kedua"})
    bench.sign_in("bela")
    bench.by("bela", AnswerEscalation(escalation_id=hop.id, answer="Jawaban pertama"))
    form.submit()
    bench.wait(form.refusal.isVisible)
    assert form.refusal.words.text().startswith("Permintaan ini sudah dijawab oleh Bela Anggraini.")
    assert form.values()["answer"] == "Jawaban kedua"
    assert bench.card(hop.case_id).case.answer == "Jawaban pertama"


def test_the_answer_comes_back_to_who_asked(bench: CaseBench, papers: Path) -> None:
    hop = bench.hop()
    bench.by("bela", AnswerEscalation(escalation_id=hop.id, answer="Cair Jumat"))
    page = opened(bench, "siti")
    page.sheet_button.click()
    bench.press_in_box("Berkas PDF")
    bench.wait(lambda: bench.toast.startswith("Tersimpan:"))
    assert len(list(papers.iterdir())) == 1
    press(bench, page, "acknowledge")
    bench.wait(lambda: bench.jumps == [("cases", hop.case_id)])
    bench.wait(lambda: page.items.count == 0)


def test_an_absent_colleagues_work_is_done_in_his_stead(bench: CaseBench) -> None:
    case = bench.case()
    send = Escalate(case_id=case.id, instruction="Mohon dicek", to_officer_id=bench.id("bono"))
    hop = bench.by("siti", send)
    bench.engage("kepala", Role.HEAD)
    letter = Delegate(
        absent="bono",
        delegate="bela",
        letter_number="12/ST/2026",
        letter_date=date(2026, 11, 20),
        first_day=date(2026, 11, 23),
        last_day=date(2026, 11, 30),
    )
    bench.by("kepala", letter)
    page = opened(bench)
    assert [tag.text for tag in first_row(page).tags] == ["baru", "atas nama Bono Prasetyo"]
    press(bench, page, "receive")
    bench.wait(lambda: bench.toast == "Diterima.")
    assert hop_now(bench, hop).received_by == "Bela Anggraini"
    assert bench.card(case.id).timeline[-1].acting_for == "Bono Prasetyo"
    page.case_button.click()
    assert bench.jumps == [("cases", case.id)]


def test_the_helpdesk_takes_its_visitor(bench: CaseBench) -> None:
    ticket = bench.serve()
    visit = bench.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    bench.by(
        "siti", SignGuestBook(visit_id=visit.id, name="Ani Guru", institution="SDN 1", phone="081155501234")
    )
    bench.by("siti", HandToHelpdesk(visit_id=visit.id, officer_id=bench.id("hadi")))
    page = opened(bench, "hadi")
    bench.wait(lambda: "greet" in page.detail.acts.buttons)
    page.detail.acts.begin()
    bench.wait(lambda: bench.toast == "Pengunjung diterima.")
    bench.wait(lambda: [box for box in bench.frame.findChildren(FormBox) if box.isVisible()])
    bench.top().reject()
    bench.wait(lambda: "write" in page.detail.acts.buttons)
    assert page.items.count == 1, "received, and nothing written: the visitor is not lost from sight"
    assert bench.waiting(page) == 0
    page.detail.acts.begin()
    bench.wait(lambda: [box for box in bench.frame.findChildren(FormBox) if box.isVisible()])
    bench.submit("Permohonan tercatat.", detail="Akun Dapodik terkunci")
    bench.wait(lambda: page.items.count == 0)
    case = bench.office.read(lambda tx: cases.of_visit(tx, visit.id))
    assert case is not None
    assert (case.detail, case.owner) == ("Akun Dapodik terkunci", "Hadi Saputra")
    assert bench.jumps == [("cases", case.id)]
    ask_what_is_wanted(page.host, visit.id)
    bench.wait(lambda: bench.jumps == [("cases", case.id)] * 2)


def test_who_was_expected_and_did_not_come_is_the_next_act(bench: CaseBench, picture: Picture) -> None:
    case = bench.case(name="Ani Guru")
    at = bench.clock.now + 86_400_000
    made = bench.by("siti", Reschedule(case_id=case.id, at=at, reason="Menunggu data dari pusat"))
    bench.later(24 * 60 + 30)
    bench.by("siti", MissAppointment(appointment_id=made.id))
    page = opened(bench, "siti")
    assert [tag.text for tag in first_row(page).tags] == ["tidak datang"]
    assert "Menunggu data dari pusat" in first_row(page).subtitle
    picture(bench.window, "kotak-masuk-janji-terlewat")
    assert list(page.detail.acts.buttons) == ["case"]
    assert page.history.isVisible()


def first_row(page: InboxPage) -> ListRow:
    row = page.items.model.row_at(page.items.model.index(0))
    assert row is not None
    return row
