"""The page Penilaian: the estimate with its reason, a row recorded in its register, and the way back."""

from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from ult_desktop.base import i18n
from ult_desktop.core.evidence.commands import NoteIndicator, RecordEvidence
from ult_desktop.core.evidence.registers import Register
from ult_desktop.db.evidence import evidence
from ult_desktop.ui.counter.evidence.page import (
    EvidenceBox,
    EvidencePage,
    facts_of,
    open_change_form,
    open_record_form,
)
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.queue.hall_page import HallDayPage
from ult_desktop.ui.kit.forms.choice_fields import ChoiceField
from ult_desktop.ui.kit.widgets.button import Button

PARKING, TOILET, CULTURE = 15, 17, 14


def opened(bench: Bench, **look: object) -> EvidencePage:
    bench.sign_in("kepala")
    page = bench.open(EvidencePage, **look)  # type: ignore[arg-type]
    bench.wait(lambda: page.board is not None)
    return page


def facts(page: EvidencePage) -> dict[str, str]:
    assert page.chosen is not None
    assert page.board is not None
    return {fact.name: fact.value for fact in facts_of(page.chosen, page.board) if fact.value}


def fill(page: Bench) -> None:
    for item in ("parking.roof", "parking.split", "parking.cctv", "toilet.water"):
        page.do(RecordEvidence(register=Register.FACILITY, item=item))
    said = NoteIndicator(
        instrument="pekppp",
        number=CULTURE,
        level=3,
        reason="Seragam, tanda nama, dan pin dipakai setiap hari",
        responsible="Sari Dewi",
        due=date(2026, 11, 20),
    )
    page.do(said)


def test_an_indicator_says_its_estimate_with_reason_and_what_the_next_level_wants(
    bench: Bench, picture: Picture
) -> None:
    bench.sign_in("kepala")
    fill(bench)
    page = opened(bench)
    page.open_subject(PARKING)
    found = facts(page)
    assert found["Perkiraan sendiri"] == "3 dari 5: Tiga sarana."
    assert found["Dasarnya"] == "Tempat parkir: 3 dari 3"
    assert found["Tingkat berikutnya"] == "Empat sarana."
    assert "Tempat parkir: 3 dari 4" in found["Yang kurang"]
    assert "Atap · 23/11/2026" in found["Bukti yang ada"]
    assert "Perkiraan sendiri F-02" in page.total.text()
    assert "IPP" not in page.total.text()
    picture(bench.frame, "penilaian")
    page.open_subject(CULTURE)
    assert facts(page)["Menurut catatan program"] == "0: Tidak ada."
    assert facts(page)["Penanggung jawab"] == "Dilengkapi oleh Sari Dewi sampai 20 November 2026"


def test_a_row_is_recorded_for_a_chosen_indicator_alone(bench: Bench) -> None:
    page = opened(bench)
    page.list.search.setText("tidak ada yang bernama begini")
    bench.wait(lambda: page.chosen is None)
    page.record_button.click()
    bench.wait(lambda: bench.toast == "Pilih indikator untuk melihat buktinya.")


def test_the_page_in_english(bench: Bench, picture: Picture) -> None:
    i18n.use_language("en")
    try:
        bench.sign_in("kepala")
        fill(bench)
        page = opened(bench)
        page.open_subject(CULTURE)
        picture(bench.frame, "penilaian-english")
    finally:
        i18n.use_language("id")


def test_a_photo_is_recorded_from_the_indicator_and_withdrawn_in_the_register(
    bench: Bench, tmp_path: Path, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.counter.pages.papers.user_documents_path", lambda: tmp_path)
    page = opened(bench)
    page.open_subject(TOILET)
    path = tmp_path / "toilet.jpg"
    Image.new("RGB", (900, 600), "teal").save(path)
    bench.act(page.detail, "record")
    box = bench.box()
    assert isinstance(box, FormBox)
    item = box.form.field("item")
    assert isinstance(item, ChoiceField)
    assert item.choice.count() < 9  # its own list, not that of parking
    box.form.show_values({"item": "toilet.water", "document_id": path})
    picture(box, "penilaian-catat")
    box.form.submit()
    bench.wait(lambda: page.chosen is not None and page.chosen.level == 1)
    assert page.chosen is not None
    assert page.chosen.missing == ()
    page.registers_button.click()
    register = bench.box()
    assert isinstance(register, EvidenceBox)
    bench.wait(lambda: bench.office.read(evidence.every) and register.rows.count)
    register.rows.choose(1)
    register.keep_button.click()
    next(b for b in bench.frame.findChildren(Button) if b.text() == "2  Sarana" and b.isVisible()).click()
    bench.wait((tmp_path / "ult-desktop" / "Sarana.xlsx").is_file)
    picture(register, "penilaian-register")
    register.withdraw_button.click()
    bench.wait(lambda: page.chosen is not None and page.chosen.level == 0)
    bench.wait(lambda: register.chosen.retired)
    register.withdraw_button.click()
    bench.wait(lambda: page.chosen is not None and page.chosen.level == 1)
    register.reject()
    assert page.board is not None
    open_change_form(page.host, page.board, page.board.records[0])
    form = bench.box()
    assert isinstance(form, FormBox)
    form.form.show_values({"note": "Mengalir setiap hari"})
    form.form.submit()
    bench.wait(lambda: bench.office.read(evidence.every)[0].note == "Mengalir setiap hari")
    assert bench.office.read(evidence.every)[0].document_id is not None


def test_every_register_has_a_form_that_saves(bench: Bench) -> None:
    page = opened(bench)
    said: dict[Register, dict[str, object]] = {
        Register.DOCUMENT: {"item": "documents.hours", "title": "SK 3/2026"},
        Register.FACILITY: {"item": "toilet.basin"},
        Register.PUBLICATION: {"item": "media.web", "kinds": ("contents.components",)},
        Register.MEETING: {"title": "FKP", "kinds": ("participants.users",)},
        Register.REVIEW: {"item": "reviews.kept", "service_id": 1},
        Register.TRAINING: {"item": "motivation.training", "title": "Pelayanan prima", "persons": 4},
        Register.INNOVATION: {"item": "innovation.running", "title": "Antrean"},
        Register.COMPENSATION: {
            "item": "compensations.letter",
            "title": "0012/ULT/2026",
            "note": "Terlambat dua hari",
        },
        Register.ELSEWHERE: {"item": "elsewhere.sp4n", "received": 3, "settled": 2},
    }
    assert page.board is not None
    for register, values in said.items():
        open_record_form(page.host, page.board, register)
        form = bench.box()
        assert isinstance(form, FormBox)
        form.form.show_values(values)
        form.form.submit()
        bench.wait(lambda: not bench.has_box())
    assert {each.register for each in bench.office.read(evidence.every)} == set(Register)


def test_one_key_lays_the_folder(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ult_desktop.ui.counter.pages.papers.user_documents_path", lambda: tmp_path)
    page = opened(bench)
    page.folder_button.click()
    made = tmp_path / "ult-desktop" / "Penilaian 2026" / "pekppp" / "99 Semua bukti.pdf"
    bench.wait(made.is_file)
    bench.wait(lambda: "Penilaian 2026" in bench.toast)


def test_the_head_notes_an_estimate_and_another_instrument_is_shown(bench: Bench, tmp_path: Path) -> None:
    page = opened(bench)
    page.open_subject(CULTURE)
    bench.act(page.detail, "note")
    box = bench.box()
    assert isinstance(box, FormBox)
    box.form.show_values({"level": 2})
    box.form.submit()
    assert box.isVisible()  # without a reason it does not go
    box.form.show_values({"level": 2, "reason": "Seragam dan nama", "responsible": "Sari"})
    box.form.submit()
    bench.wait(lambda: page.chosen is not None and page.chosen.level == 2)
    page.change_button.click()
    next(b for b in bench.box().findChildren(Button) if "Opini Ombudsman" in b.text()).click()
    bench.wait(lambda: page.board is not None and page.board.instrument.id == "ombudsman")
    assert page.total.text().endswith("dari 11 ada.")
    own = tmp_path / "sendiri.toml"
    shipped = Path("resources/instruments/maklumat.toml").read_text("utf-8")
    own.write_text(shipped.replace('id = "maklumat"', 'id = "sendiri"'), "utf-8")
    page.change_button.click()
    next(b for b in bench.box().findChildren(Button) if "dari berkas" in b.text()).click()
    form = bench.box()
    assert isinstance(form, FormBox)
    form.form.show_values({"file": own})
    form.form.submit()
    bench.wait(lambda: page.board is not None and len(page.board.instruments) == 5)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_head_is_reminded_on_the_page_of_the_day(bench: Bench, picture: Picture, language: str) -> None:
    i18n.use_language(language)
    bench.sign_in("kepala")
    bench.do(NoteIndicator(instrument="pekppp", number=TOILET, responsible="Sari", due=date(2026, 11, 20)))
    page = bench.open(HallDayPage, (1366, 800))
    bench.wait(page.day.reminders.isVisible)
    told, more = page.day.reminders.text().split(" · ")
    who = {"id": "bukti dari Sari", "en": "proof from Sari"}[language]
    assert told.startswith(f"17. Toilet bagi pengguna layanan: {who} (")
    assert " 1 " in more
    picture(bench.frame, f"hari-ini-tenggat-{language}")
