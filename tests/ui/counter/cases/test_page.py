"""The page Permohonan on a real office: every button leads to its operation."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.ui.conftest import Picture
from tests.ui.counter.cases.conftest import CaseBench
from tests.ui.opened_files import OpenedFiles
from ult_desktop.base.i18n import use_language
from ult_desktop.core.cases.case import Case, CaseOutcome, CaseState, SubReason, VisitorMode
from ult_desktop.core.cases.commands import (
    AddFaq,
    AnswerEscalation,
    CloseCase,
    DeliverAnswer,
    Escalate,
    GiveAnswer,
    OpenCase,
    ReceiveEscalation,
    SetOutcome,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.escalation import CaseDesk, EscalationState
from ult_desktop.core.sheet import Sheet
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.cases import answer_bank, appointments, cases
from ult_desktop.db.cases.boards import matters_of
from ult_desktop.db.visits import visits
from ult_desktop.ui.counter.cases.page import CasesPage
from ult_desktop.ui.counter.pages.page import CaseWanted
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.kit.widgets.label import Label


def opened(bench: CaseBench, login: str = "siti", contrast: Contrast = "light") -> CasesPage:
    bench.sign_in(login)
    page = bench.open(CasesPage, contrast=contrast)
    bench.wait(lambda: page.cases.count)
    return page


def press(page: CasesPage, name: str) -> None:
    page.pane.detail.acts.buttons[name].click()


@pytest.mark.parametrize(("language", "contrast"), [("id", "light"), ("en", "kontras")])
def test_look(bench: CaseBench, picture: Picture, language: str, contrast: Contrast) -> None:
    use_language(language)
    bench.hop(detail="Dapodik: data rombongan belajar kelas 4 tidak muncul setelah sinkronisasi")
    late = bench.case("Permohonan data satuan pendidikan penerima BOS Kinerja tahun 2026", "Dedi Kurniawan")
    bench.set_time("2026-11-30 10:00")
    bench.case("Kapan pelatihan asesor diadakan?", "Ibu Rahmawati binti Abdul Karim, S.Pd., M.Pd.")
    page = opened(bench, contrast=contrast)
    first = page.cases.model.row_at(page.cases.model.index(0))
    assert first is not None
    assert page.cases.selected == first.id, "nobody has to choose the first row"
    bench.wait(lambda: page.pane.detail.acts.buttons)
    picture(bench.window, f"counter-permohonan-pertama-{language}-{contrast}")
    assert not bench.frame.findChildren(Box), "with nothing chosen there is nothing to do"
    page.open_subject(late.id)
    bench.wait(lambda: not page.pane.detail.is_empty)
    picture(bench.window, f"counter-permohonan-{language}-{contrast}")
    press(page, "escalate")
    picture(bench.grown(), f"counter-permohonan-teruskan-{language}-{contrast}")


@pytest.fixture
def case(bench: CaseBench) -> Case:
    return bench.case()


@pytest.fixture
def page(bench: CaseBench, case: Case) -> CasesPage:
    """The case is chosen, and Siti may do everything about it."""
    page = opened(bench)
    page.open_subject(case.id)
    bench.wait(lambda: "outcome" in page.pane.detail.acts.buttons)
    return page


def kinds(bench: CaseBench, case: Case) -> list[str]:
    return [entry.kind for entry in bench.card(case.id).timeline]


def more(bench: CaseBench, page: CasesPage, words: str) -> None:
    page.pane.detail.acts.more_button.click()
    bench.press_in_box(words)


def primary(page: CasesPage) -> str:
    return next(each.name for each in page.pane.detail.acts._shown if each.role == "primary")


def test_a_case_goes_its_usual_way(bench: CaseBench, page: CasesPage, case: Case, papers: Path) -> None:
    page.cases.opened.emit(case.id)
    assert bench.top().title.text() == "Informasinya tersedia?"
    bench.submit(f"{label(bench, case)}: hasilnya tersedia.", outcome=CaseOutcome.AVAILABLE)
    bench.wait(lambda: primary(page) == "answer")
    press(page, "answer")
    bench.submit("Jawaban siap disampaikan.", answer="Cair hari Jumat")
    bench.wait(lambda: primary(page) == "deliver")
    press(page, "deliver")
    bench.submit("Penyampaian tercatat.", way=DeliveryChannel.DIRECT, receipt=True)
    bench.press_in_box("Printer karcis")
    bench.wait(lambda: bench.printed)
    assert isinstance(bench.printed[0], Sheet)
    assert bench.printed[0].number == "0001/TT/2026"
    bench.wait(lambda: primary(page) == "close")
    press(page, "receipt")
    bench.press_in_box("Berkas PDF")
    bench.wait(lambda: bench.toast.startswith("Tersimpan:"))
    assert [path.suffix for path in papers.iterdir()] == [".pdf"]
    press(page, "close")
    bench.submit("Permohonan ditutup. Persilakan pemohon mengisi survei.")
    assert bench.card(case.id).case.state is CaseState.CLOSED
    bench.wait(lambda: page.pane.detail.is_empty)
    page.open_subject(case.id)
    bench.wait(lambda: set(page.pane.detail.acts.buttons) == {"receipt", "note", "contact", "file"})


def test_who_withdraws_says_why(bench: CaseBench, page: CasesPage, case: Case, picture: Picture) -> None:
    bench.by("siti", SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    bench.by("siti", GiveAnswer(case_id=case.id, answer="Ya"))
    bench.wait(lambda: "close" in page.pane.detail.acts.buttons)
    press(page, "close")
    form = bench.form()
    form.show_values({"withdrawn": True})
    form.submit()
    assert form.field("remark").error.text() == "Tulis mengapa pemohon menarik diri."
    assert bench.card(case.id).case.state is CaseState.ANSWERED
    picture(bench.grown(), "counter-case-withdrawn")
    bench.submit("Permohonan ditutup: pemohon menarik diri.", withdrawn=True, remark="Pulang")
    assert bench.card(case.id).case.state is CaseState.CLOSED


def test_closed_cases_are_found_again(bench: CaseBench, page: CasesPage, case: Case) -> None:
    bench.by("siti", SetOutcome(case_id=case.id, outcome=CaseOutcome.AVAILABLE))
    bench.by("siti", GiveAnswer(case_id=case.id, answer="Ya"))
    bench.by("siti", DeliverAnswer(case_id=case.id, way=DeliveryChannel.DIRECT))
    bench.by("siti", CloseCase(case_id=case.id))
    bench.wait(lambda: page.cases.count == 0)
    page.cases.filters.chips["every"].click()
    bench.wait(lambda: page.cases.count == 1)
    bench.type(page.cases.search, "tarakan")
    bench.wait(lambda: page.cases.count == 1)
    bench.type(page.cases.search, "xyz")
    bench.wait(lambda: page.cases.count == 0)
    page.cases.filters.chips["mine"].click()
    assert bench.waiting(page) == 0


def test_what_is_excluded_names_its_ground(bench: CaseBench, page: CasesPage, case: Case) -> None:
    press(page, "outcome")
    form = bench.form()
    form.show_values({"outcome": CaseOutcome.EXCLUDED})
    form.submit()
    assert form.field("ground").error.text() == "Wajib diisi."
    ground = bench.office.read(answer_bank.legal_bases)[0]
    bench.submit(f"{label(bench, case)}: hasilnya dikecualikan.", ground=ground.key)
    assert bench.card(case.id).case.ground == ground.words


def label(bench: CaseBench, case: Case) -> str | None:
    return bench.card(case.id).label


def test_an_outcome_is_undone_until_the_next_act(bench: CaseBench, page: CasesPage, case: Case) -> None:
    told = f"{label(bench, case)}: hasilnya tersedia."
    press(page, "outcome")
    bench.submit(told, outcome=CaseOutcome.AVAILABLE)
    bench.frame.toast.undo_button.click()
    bench.wait(lambda: bench.toast == f"{label(bench, case)}: hasilnya diurungkan.")
    assert bench.card(case.id).case.outcome is None
    bench.wait(lambda: primary(page) == "outcome")
    press(page, "outcome")
    bench.submit(told, outcome=CaseOutcome.AVAILABLE)
    bench.by("siti", GiveAnswer(case_id=case.id, answer="Ya"))
    bench.wait(lambda: not bench.toast)
    assert not bench.host.can_undo, "a colleague went on"


def test_the_bank_answers(bench: CaseBench, page: CasesPage, case: Case) -> None:
    bench.by("bela", AddFaq(question="Kapan tunjangan cair?", answer="Setiap Jumat"))
    press(page, "bank")
    box = bench.top()
    bench.wait(lambda: box.rows.count == 1)
    bench.press_in_box("Tutup")
    page.bank_button.click()
    bench.wait(lambda: bench.top().rows.count == 1)
    bench.top().rows.opened.emit(1)
    bench.press_in_box("Tutup")
    press(page, "bank")
    box = bench.top()
    bench.wait(lambda: box.rows.count == 1)
    assert not box.use_button.isEnabled()
    box.rows.choose(1)
    assert box.answer.words.text() == "Setiap Jumat"
    box.use_button.click()
    bench.wait(lambda: bench.toast == "Jawaban siap disampaikan.")
    assert bench.card(case.id).case.answer == "Setiap Jumat"


def test_to_another_desk_with_a_letter_and_back(
    bench: CaseBench, page: CasesPage, case: Case, scan: Path
) -> None:
    press(page, "escalate")
    given = {"to": CaseDesk.BACK_OFFICE, "to_officer_id": str(bench.id("bela")), "due_days": 2}
    bench.submit(
        "Diteruskan ke Back Office.",
        **given,
        instruction="Mohon dicek",
        visitor=VisitorMode.IN_HALL,
        file=scan,
    )
    card = bench.card(case.id)
    assert [(each.document_id, each.escalation_id) for each in card.documents] == [(1, 1)]
    assert (card.escalations[0].to_officer, card.case.visitor) == ("Bela Anggraini", "hall")
    bench.wait(lambda: "visitor" in page.pane.detail.acts.buttons)
    press(page, "visitor")
    bench.press_in_box("diberi tahu kemudian")
    bench.wait(lambda: bench.card(case.id).case.visitor == "left")
    bench.by("bela", AnswerEscalation(escalation_id=1, answer="Cair Jumat"))
    bench.wait(lambda: "acknowledge" in page.pane.detail.acts.buttons)
    press(page, "acknowledge")
    bench.wait(lambda: bench.toast == "Jawaban diterima; sampaikan kepada pemohon.")
    assert bench.card(case.id).escalations[0].state is EscalationState.ACKNOWLEDGED
    assert bench.waiting(page) == 1


def test_who_is_sent_home_is_told_of(bench: CaseBench, page: CasesPage, case: Case) -> None:
    """With the way back, and the proof that the visitor takes home."""
    send_home(bench, page)
    assert bench.card(case.id).case.visitor == "left"
    (proof,) = bench.frame.toast.offers
    assert (bench.frame.toast.undo_button.isVisible(), proof.text()) == (True, "Cetak bukti")
    proof.click()
    bench.press_in_box("Printer karcis")
    bench.wait(lambda: bench.printed)
    assert (bench.printed[0].title, bench.printed[0].number) == ("Bukti Penerimaan Permohonan", case.number)


def test_sending_on_is_undone_at_once(bench: CaseBench, page: CasesPage, case: Case) -> None:
    send_home(bench, page)
    bench.frame.toast.undo_button.click()
    bench.wait(lambda: bench.toast == "Tidak jadi diteruskan.")
    assert bench.card(case.id).case.state is CaseState.OPEN


def test_what_the_other_desk_has_taken_up_is_undone_no_more(
    bench: CaseBench, page: CasesPage, case: Case
) -> None:
    send_home(bench, page)
    bench.by("bela", ReceiveEscalation(escalation_id=bench.card(case.id).escalations[0].id))
    bench.wait(lambda: not bench.host.can_undo)


def send_home(bench: CaseBench, page: CasesPage) -> None:
    press(page, "escalate")
    told = "Diteruskan ke Back Office. Pengunjung pulang; pelayanan di loket selesai."
    given = {"to": CaseDesk.BACK_OFFICE, "due_days": 2, "instruction": "Mohon dicek"}
    bench.submit(told, **given, visitor=VisitorMode.LEFT)


def test_who_goes_home_unknown_is_asked_how_the_answer_reaches_them(
    bench: CaseBench, picture: Picture
) -> None:
    """A number, an address, or they come back themselves; nobody is sent on to be told by nothing."""
    bench.serve()
    visit = bench.office.read(lambda tx: tx.number("SELECT max(id) FROM visit"))
    case = bench.by("siti", OpenCase(visit_id=visit, detail="Tunjangan belum cair"))
    page = opened(bench)
    page.open_subject(case.id)
    bench.wait(lambda: "escalate" in page.pane.detail.acts.buttons)
    press(page, "escalate")
    form = bench.form()
    assert not form.field("phone").isVisible(), "who stays is asked nothing"
    form.show_values({"visitor": VisitorMode.FETCHES})
    assert not form.field("phone").isVisible()
    form.show_values({"visitor": VisitorMode.LEFT, "name": "Ani Guru"})
    form.submit()
    assert form.field("phone").error.text().startswith("Tulis telepon atau surel")
    picture(bench.grown(), "counter-permohonan-teruskan-tanpa-kontak")
    told = "Diteruskan ke Back Office. Pengunjung pulang; pelayanan di loket selesai."
    bench.submit(told, phone="081234567890", due_days=2)
    card = bench.card(case.id)
    assert card.guest is not None
    assert (card.case.visitor, card.guest.name, card.guest.finished) == ("left", "Ani Guru", False)
    assert card.guest.phone


def test_it_is_taken_back_with_a_reason(bench: CaseBench) -> None:
    hop = bench.hop()
    page = opened(bench)
    page.open_subject(hop.case_id)
    bench.wait(lambda: "withdraw" in page.pane.detail.acts.buttons)
    press(page, "withdraw")
    bench.reason("salah alamat", "Tarik")
    bench.wait(lambda: bench.toast == "Ditarik kembali.")
    assert bench.card(hop.case_id).case.state is CaseState.OPEN


def test_what_else_can_be_done(bench: CaseBench, page: CasesPage, case: Case, scan: Path) -> None:
    more(bench, page, "Pertanyaan lanjutan")
    bench.submit("Pertanyaan tercatat.", question="Lalu kapan?")
    more(bench, page, "Tambah catatan")
    bench.submit("Catatan tersimpan.", text="Telepon lagi besok")
    more(bench, page, "Lampirkan berkas")
    bench.submit("Berkas terlampir.", file=scan)
    more(bench, page, "Alihkan ke petugas lain")
    bench.submit("Permohonan dialihkan.", officer_id=bench.id("hadi"), remark="Titip")
    assert kinds(bench, case)[1:] == ["question", "note", "document", "owner"]
    bench.wait(lambda: page.pane.timeline.lines[0].note.text() == "Hadi Saputra · Titip")


def test_it_is_scheduled_again_with_a_slip(bench: CaseBench, page: CasesPage, case: Case) -> None:
    more(bench, page, "Jadwalkan ulang")
    bench.wait(lambda: bench.top().title.text() == "Jadwalkan ulang")
    at = datetime(2026, 11, 25, 10, tzinfo=bench.zone)
    given = {"day": "2026-11-25", "at": str(to_stamp(at)), "reason": "Menunggu data pusat"}
    bench.submit("Janji temu tercatat.", **given)
    bench.press_in_box("Printer karcis")
    bench.wait(lambda: bench.printed)
    booked = bench.office.read(lambda tx: appointments.of_case(tx, case.id))
    assert (booked[0].officer, bench.printed[0].code) == ("Siti Rahmawati", booked[0].code)


def test_a_refusal_stays_in_the_form_with_what_was_typed(
    bench: CaseBench, page: CasesPage, case: Case
) -> None:
    press(page, "answer")
    form = bench.form()
    form.show_values({"answer": "Cair Jumat"})
    bench.by("siti", Escalate(case_id=case.id, instruction="Mohon dicek"))
    form.submit()
    bench.wait(form.refusal.isVisible)
    assert form.refusal.words.text().startswith("Permohonan 0001/ULT/2026 masih di unit lain.")
    assert form.values() == {"answer": "Cair Jumat"}


def test_what_was_typed_is_there_again(bench: CaseBench, page: CasesPage) -> None:
    press(page, "answer")
    bench.type(bench.form().field("answer"), "Cair hari")
    bench.press_in_box("Batal")
    press(page, "answer")
    bench.wait(lambda: bench.form().values() == {"answer": "Cair hari"})


def test_who_only_answers_reads_and_notes(bench: CaseBench, case: Case, picture: Picture) -> None:
    page = opened(bench, "bela")
    page.open_subject(case.id)
    bench.wait(lambda: set(page.pane.detail.acts.buttons) == {"note", "contact", "file"})
    press(page, "contact")
    bench.wait(bench.has_box)
    assert "081234567890" in {label.text() for label in bench.top().findChildren(Label)}
    picture(bench.grown(), "counter-case-kontak")
    bench.press_in_box("Tutup")
    press(page, "note")
    bench.submit("Catatan tersimpan.", text="Data ada di pusat")
    assert kinds(bench, case)[-1] == "note"
    page.pane.detail.acts.begin()


def test_not_known_here_goes_on(bench: CaseBench, page: CasesPage, case: Case) -> None:
    unknown = SetOutcome(case_id=case.id, outcome=CaseOutcome.UNAVAILABLE, sub_reason=SubReason.UNKNOWN_HERE)
    bench.by("siti", unknown)
    bench.wait(lambda: primary(page) == "escalate")


def test_letters_are_opened(
    bench: CaseBench, page: CasesPage, case: Case, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = OpenedFiles()
    where = "ult_desktop.ui.counter.pages.papers"
    monkeypatch.setattr("tempfile.tempdir", str(scan.parent))
    monkeypatch.setattr(f"{where}.QDesktopServices.openUrl", seen)
    more(bench, page, "Lampirkan berkas")
    bench.submit("Berkas terlampir.", file=scan)
    scan.rename(scan.with_name("asli.pdf"))
    press_when_there(bench, page, "documents")
    bench.wait(lambda: seen)
    assert seen[0].read_bytes() == b"%PDF-1.7 surat"
    more(bench, page, "Lampirkan berkas")
    bench.submit("Berkas terlampir.", file=scan.with_name("asli.pdf"), title="SK pengangkatan")
    bench.wait(lambda: "SK pengangkatan" in page.pane.timeline.lines[0].note.text())
    press(page, "documents")
    bench.press_in_box("SK pengangkatan")
    bench.wait(lambda: len(seen) == 2)


def press_when_there(bench: CaseBench, page: CasesPage, name: str) -> None:
    bench.wait(lambda: name in page.pane.detail.acts.buttons)
    press(page, name)


def test_a_list_without_a_line_does_not_deny_what_is_closed(bench: CaseBench, page: CasesPage) -> None:
    page.cases.search.setText("tidak ada yang bernama begini")
    bench.wait(lambda: page.cases.view.empty_words == "Tidak ada permohonan di daftar ini.")


def test_another_page_has_a_visitors_question_written_down(bench: CaseBench, page: CasesPage) -> None:
    """POS Kaltara 4: who has no counter hears the question too."""
    ticket = bench.serve()
    visit = bench.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    page.open_subject(CaseWanted(visit.id))
    bench.wait(lambda: [box for box in bench.frame.findChildren(Box) if box.isVisible()])
    bench.submit("Permohonan tercatat.", detail="Akun terkunci")
    case = bench.office.read(lambda tx: cases.of_visit(tx, visit.id))
    assert case is not None
    assert bench.jumps == [("cases", case.id)]


def test_a_further_matter_of_the_same_visitor(bench: CaseBench, page: CasesPage, case: Case) -> None:
    more(bench, page, "Permohonan lain dari pengunjung ini")
    bench.wait(lambda: bench.top().title.text() == "Permohonan lain dari pengunjung ini")
    bench.submit("Permohonan tercatat.", detail="Legalisir ijazah")
    matters = bench.office.read(lambda tx: matters_of(tx, case.visit_id))
    assert [each.number for each in matters] == [case.number, "0002/ULT/2026"]


def test_teruskan_does_not_ask_for_the_question_again(bench: CaseBench, case: Case) -> None:
    page = opened(bench)
    bench.wait(lambda: "escalate" in page.pane.detail.acts.buttons)
    press(page, "escalate")
    assert bench.form().field("instruction").value() == case.detail


def test_the_answer_of_another_desk_is_given_next(bench: CaseBench) -> None:
    hop = bench.hop()
    bench.by("bela", ReceiveEscalation(escalation_id=hop.id))
    bench.by("bela", AnswerEscalation(escalation_id=hop.id, answer="Cair 15 Desember."))
    page = opened(bench)
    bench.wait(lambda: "acknowledge" in page.pane.detail.acts.buttons)
    press(page, "acknowledge")
    bench.wait(lambda: "deliver" in page.pane.detail.acts.buttons)
    assert page.pane.detail.acts.buttons["deliver"].property("role") == "primary"
