"""The page PPID: registered, extended, decided, told, objected to, disputed; the register as a file."""

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.ui.conftest import Picture
from tests.ui.counter.cases.conftest import CaseBench
from tests.ui.shown import facts_of
from ult_desktop.base.i18n import use_language
from ult_desktop.core.cases.answer_bank import LegalBasis
from ult_desktop.core.cases.case import Case
from ult_desktop.core.cases.commands import (
    AddGround,
    AnswerObjection,
    DecideInformationRequest,
    FileObjection,
    RegisterInformationRequest,
)
from ult_desktop.core.cases.ppid import Access, Decision, ObjectionReason, Possession
from ult_desktop.db.cases import answer_bank
from ult_desktop.ui.counter.cases.page import CasesPage
from ult_desktop.ui.counter.cases.ppid_page import PpidPage
from ult_desktop.ui.kit.theme import Contrast


def register(bench: CaseBench, wanted: str = "Data rapor mutu 2025", name: str = "Ani Guru") -> Case:
    case = bench.case(wanted, name)
    bench.by("siti", RegisterInformationRequest(case_id=case.id, wanted=wanted, purpose="Skripsi"))
    return case


def opened(bench: CaseBench, case: Case, login: str = "putri", contrast: Contrast = "light") -> PpidPage:
    bench.sign_in(login)
    page = bench.open(PpidPage, contrast=contrast)
    page.open_subject(case.id)
    bench.wait(lambda: page.pane.ppid_acts.buttons)
    return page


def press(bench: CaseBench, page: PpidPage | CasesPage, name: str) -> None:
    bench.wait(lambda: name in page.pane.ppid_acts.buttons)
    page.pane.ppid_acts.buttons[name].click()


def tags(page: PpidPage) -> list[str]:
    row = page.register.model.row_at(page.register.model.index(0))
    assert row is not None
    return [tag.text for tag in row.tags]


@pytest.mark.parametrize(("language", "contrast"), [("id", "light"), ("en", "kontras")])
def test_look(bench: CaseBench, picture: Picture, language: str, contrast: Contrast) -> None:
    use_language(language)
    first = register(bench)
    granted = register(bench, "Daftar satuan pendidikan penerima BOS Kinerja", "Rahmat Siregar")
    bench.set_time("2026-12-03 10:00")
    register(bench, "Anggaran dan realisasi tahun 2025", "Dedi Kurniawan")
    bench.by("putri", DecideInformationRequest(request_id=2, decision=Decision.GRANTED))
    position = "Diberi data tahun 2024"
    bench.by("siti", FileObjection(request_id=2, reason=ObjectionReason.OTHERWISE, position=position))
    page = opened(bench, first, contrast=contrast)
    page.pane.detail.area.ensureWidgetVisible(page.pane.ppid_acts)
    picture(bench.window, f"counter-ppid-{language}-{contrast}")
    press(bench, page, "ppid_decide")
    bench.form().show_values({"decision": Decision.REFUSED})
    picture(bench.grown(), f"counter-ppid-keputusan-{language}-{contrast}")
    bench.top().reject()
    page.exclusions_button.click()
    bench.wait(lambda: bench.top().rows.count)
    picture(bench.grown(), f"counter-ppid-dikecualikan-{language}-{contrast}")
    bench.top().reject()
    page.open_subject(granted.id)
    bench.wait(lambda: "ppid_reply" in page.pane.ppid_acts.buttons)


def test_any_case_becomes_a_formal_request(bench: CaseBench, picture: Picture) -> None:
    case = bench.case("Data rapor mutu 2025")
    bench.sign_in("siti")
    page = bench.open(CasesPage)
    page.open_subject(case.id)
    bench.act(page.pane.detail, "register")
    form = bench.form()
    assert (form.values()["name"], form.values()["wanted"]) == ("Ani Guru", "Data rapor mutu 2025")
    picture(bench.grown(), "counter-ppid-formulir")
    form.show_values({"access": Access.VIEW})
    assert "copy_by" not in form.values()
    bench.submit("Terdaftar; serahkan buktinya kepada pemohon.", purpose="Skripsi", access=Access.COPY)
    bench.press_in_box("Printer karcis")
    bench.wait(lambda: bench.printed)
    assert bench.printed[0].number == "0001/PPID/2026"
    press(bench, page, "ppid_sheet")
    bench.press_in_box("Printer karcis")
    bench.wait(lambda: len(bench.printed) == 2)
    assert set(page.pane.ppid_acts.buttons) == {"ppid_sheet"}, "the front desk does not decide"


@pytest.mark.slow
def test_extended_decided_told_objected_to_and_disputed(bench: CaseBench) -> None:
    case = register(bench)
    bench.engage("rangga", *bench.actor("putri").roles, *bench.actor("siti").roles)
    page = opened(bench, case, "rangga")
    assert bench.waiting(page) == 1
    press(bench, page, "ppid_extend")
    bench.submit("Waktunya diperpanjang.", reason="Data dikumpulkan")
    bench.wait(lambda: not page.pane.ppid_acts.buttons["ppid_extend"].isEnabled())
    press(bench, page, "ppid_decide")
    form = bench.form()
    form.show_values({"decision": Decision.PARTLY, "held": Possession.NO})
    assert form.field("held_by").is_shown
    ground = first_ground(bench)
    bench.submit("Keputusan tercatat; kirim pemberitahuan tertulis.", held=Possession.YES, ground=ground.key)
    bench.wait(lambda: tags(page) == ["Dikabulkan sebagian"])
    press(bench, page, "ppid_notice")
    bench.submit("Pemberitahuan tercatat.", ready_in="3 hari kerja", cost="tanpa biaya")
    press(bench, page, "ppid_object")
    told = "Keberatan tercatat; ditanggapi dalam 30 hari kerja."
    bench.submit(told, reason=ObjectionReason.EXCLUSION, position="Datanya terbuka", proxy="Badu")
    bench.wait(lambda: tags(page) == ["30 hari kerja", "keberatan"])
    press(bench, page, "ppid_reply")
    bench.submit("Tanggapan tercatat.", answer="Tetap dikecualikan")
    press(bench, page, "ppid_dispute")
    bench.submit("Sengketa tercatat.", note="Nomor 3/KI/2026")
    found = bench.card(case.id)
    assert found.objections[0].dispute == "Nomor 3/KI/2026"
    assert found.information is not None
    assert (found.information.refusal, found.information.ready_in) == (ground.words, "3 hari kerja")
    assert bench.waiting(page) == 0


def test_a_dispute_is_noted_once_for_each_objection(bench: CaseBench) -> None:
    case = register(bench)
    bench.by("putri", DecideInformationRequest(request_id=1, decision=Decision.GRANTED))
    for number in (1, 2):
        position = f"Datanya kurang ({number})"
        bench.by("siti", FileObjection(request_id=1, reason=ObjectionReason.OTHERWISE, position=position))
        bench.by("putri", AnswerObjection(objection_id=number, answer="Tetap"))
    page = opened(bench, case)
    for note in ("Nomor 4/KI/2026", "Nomor 5/KI/2026"):
        press(bench, page, "ppid_dispute")
        bench.submit("Sengketa tercatat.", note=note)
        bench.wait(lambda note=note: ("Sengketa informasi", note) in facts_of(page.pane.information))  # type: ignore[misc]
    assert [each.dispute for each in bench.card(case.id).objections] == ["Nomor 5/KI/2026", "Nomor 4/KI/2026"]
    bench.wait(lambda: "ppid_dispute" not in page.pane.ppid_acts.buttons)


def test_what_is_late_is_red_and_can_be_objected_to(bench: CaseBench) -> None:
    case = register(bench)
    bench.set_time("2026-12-20 10:00")
    page = opened(bench, case)
    assert tags(page) == ["lewat waktu"]
    assert page.pane.ppid_acts.buttons["ppid_extend"].toolTip() == "Batas waktunya sudah lewat."
    bench.by("siti", FileObjection(request_id=1, reason=ObjectionReason.LATE, position="Belum dijawab"))
    bench.set_time("2027-03-20 10:00")
    page.refresh()
    bench.wait(lambda: tags(page) == ["lewat waktu", "keberatan"])


def test_the_register_goes_into_a_file(bench: CaseBench, papers: Path) -> None:
    case = register(bench, '=HYPERLINK("x")')
    page = opened(bench, case)
    page.export_button.click()
    bench.press_in_box("2026, daftar (CSV)")
    bench.wait(lambda: bench.toast.startswith("Tersimpan:"))
    (path,) = papers.iterdir()
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, line = csv.reader(file, delimiter=";")
    assert (head[0], line[0], line[6]) == ("No. pendaftaran", "0001/PPID/2026", '\'=HYPERLINK("x")')


def test_a_folder_that_cannot_be_written(bench: CaseBench, papers: Path) -> None:
    papers.parent.write_text("bukan folder")
    page = opened(bench, register(bench))
    page.export_button.click()
    bench.press_in_box("2026, daftar (CSV)")
    bench.wait(lambda: "tidak dapat ditulis" in bench.toast)


def test_only_ppid_keeps_the_list_of_what_is_excluded(bench: CaseBench) -> None:
    bench.by("putri", AddGround(key="z9", title="Soal ujian", law="Permendikbud 1"))
    page = opened(bench, register(bench))
    page.exclusions_button.click()
    box = bench.top()
    bench.wait(lambda: box.rows.count)
    before = box.rows.count
    box.new_button.click()
    bench.submit("Tersimpan dalam daftar.", key="z10", title="Kunci jawaban", law="Permendikbud 2")
    bench.wait(lambda: box.rows.count == before + 1)
    box.rows.choose("z9")
    box.rows.opened.emit("z9")
    bench.submit("Tersimpan dalam daftar.", law="Permendikbud 3")
    bench.wait(lambda: box.records["z9"].law == "Permendikbud 3")
    box.retire_button.click()
    bench.press_in_box("Akhiri")
    bench.wait(lambda: bench.toast.split("\n")[0] == "Pengecualian diakhiri.")
    bench.wait(lambda: box.rows.count == before)


def first_ground(bench: CaseBench) -> LegalBasis:
    """The first entry of the office's excluded information."""
    return bench.office.read(answer_bank.legal_bases)[0]


def press_option(bench: CaseBench, words: str) -> None:
    next(button for button in bench.top().keys.values() if words in button.text()).click()


def test_the_annual_report_is_told_of_written_and_saved(
    bench: CaseBench, picture: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.counter.pages.papers.user_documents_path", lambda: tmp_path)
    case = register(bench)
    bench.set_time("2027-01-04 10:00")
    page = opened(bench, case)
    assert page.due.words.text() == "Laporan tahunan PPID 2026 dikirim paling lambat 31 Maret 2027."
    page.year_button.click()
    press_option(bench, "Isi keterangan tahun 2026")
    bench.wait(lambda: bench.form().field("staff"))
    bench.form().show_values({"staff": "Dua petugas", "budget": "Rp 12 juta", "facilities": "Meja PPID"})
    picture(bench.grown(), "counter-ppid-tahunan")
    bench.form().submit()
    bench.wait(lambda: bench.toast == "Keterangan tersimpan.")
    page.year_button.click()
    press_option(bench, "Simpan laporan tahun 2026")
    bench.wait(lambda: bench.top().title.text() == "Keterangan tahun 2026 belum lengkap")
    picture(bench.top(), "counter-ppid-tahunan-belum-lengkap")
    bench.press_in_box("Simpan apa adanya")
    bench.wait(lambda: bench.top().keys)
    bench.top().keys["1"].click()
    bench.wait(lambda: list(tmp_path.rglob("Laporan Layanan Informasi Publik 2026.pdf")))
    page.year_button.click()
    press_option(bench, "Isi keterangan tahun 2026")
    bench.wait(lambda: bench.form().field("staff").value() == "Dua petugas")
    bench.form().field("sent_on").show_value(date(2027, 1, 4))
    bench.form().submit()
    bench.wait(page.due.isHidden)
