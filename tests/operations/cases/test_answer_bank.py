"""The answer bank, the list of excluded information, the classes of complaints."""

from typing import Any

import pytest

from tests.operations.desks import Desks
from ult_desktop.core.cases.answer_bank import Faq
from ult_desktop.core.cases.case import CaseState
from ult_desktop.core.cases.commands import (
    AddFaq,
    AddGround,
    EditFaq,
    RetireFaq,
    RetireGround,
    SetComplaintDays,
    UseFaq,
)
from ult_desktop.db.cases import answer_bank

pytestmark = pytest.mark.by_engine


def found(desks: Desks, text: str) -> list[str]:
    return [each.question for each in desks.scene.office.read(lambda tx: answer_bank.search(tx, text))]


def add(desks: Desks, question: str, answer: str = "Jawaban", tags: str = "") -> Faq:
    made: Faq = desks.do(AddFaq(question=question, answer=answer, tags=tags), "bela")
    return made


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("tunjangan", [1]), ("TUNJ cair", [1]), ("sertif", [1]), ("dapod", [2]), ("operator", [2]),
        ("tunjangan dapodik", []), ('"tunjangan" OR * NEAR(', []), ("', --", [1, 2]), ("   ", [1, 2]),
    ],
)  # fmt: skip
def test_a_word_is_found_by_its_beginning(desks: Desks, text: str, numbers: list[int]) -> None:
    first = add(desks, "Kapan tunjangan profesi cair?", tags="sertifikasi, TPG")
    second = add(desks, "Siapa yang mengubah Dapodik?", "Operator sekolah")
    entries = {1: first.question, 2: second.question}
    assert found(desks, text) == [entries[number] for number in numbers]


def test_the_question_weighs_more_than_the_answer(desks: Desks) -> None:
    add(desks, "Lupa sandi", "Hubungi operator NUPTK")
    add(desks, "Cara mengurus NUPTK", "Lewat operator")
    assert found(desks, "nuptk") == ["Cara mengurus NUPTK", "Lupa sandi"]


def test_the_best_is_told_by_where_words_stand_and_how_many(desks: Desks) -> None:
    """Not by how often they do: of that each engine makes an order of its own."""
    add(desks, "Lupa sandi", "Operator, operator, operator")
    add(desks, "Kapan cair?", tags="operator")
    add(desks, "Operator?")
    add(desks, "Operator sekolah?", "Operatornya di sekolah")
    best = ["Operator sekolah?", "Operator?", "Kapan cair?", "Lupa sandi"]
    assert found(desks, "operator") == best
    about = "Saya lupa, operatornya siapa? sandi"
    told = [each.question for each in desks.scene.office.read(lambda tx: answer_bank.suggest(tx, about))]
    assert told[0] == "Lupa sandi", "two words are in its question"


def test_what_a_case_is_about_brings_answers_to_mind(desks: Desks) -> None:
    first = add(desks, "Kapan tunjangan profesi cair?", tags="sertifikasi, TPG")
    add(desks, "Siapa yang mengubah Dapodik?", "Operator sekolah")
    about = "Ibu Ani bertanya mengapa tunjangan profesinya belum masuk"
    assert desks.scene.office.read(lambda tx: answer_bank.suggest(tx, about)) == (first,)
    assert desks.scene.office.read(lambda tx: answer_bank.suggest(tx, "apa itu?")) == ()


def test_an_answer_is_used_in_a_case_and_counted(desks: Desks) -> None:
    add(desks, "Jam layanan?", "08.00 sampai 16.00")
    entry = add(desks, "Kapan cair?", "Hari Jumat")
    case = desks.case()
    used = desks.do(UseFaq(case_id=case.id, faq_id=entry.id))
    assert (used.answer, used.state) == ("Hari Jumat", CaseState.ANSWERED)
    assert desks.kinds(case)[-1] == "answer_bank"
    assert found(desks, "") == ["Kapan cair?", "Jam layanan?"]  # the most used first
    desks.refused(UseFaq(case_id=case.id, faq_id=99), words="tidak ada lagi")


def test_another_wording_replaces_the_old_one(desks: Desks) -> None:
    entry = add(desks, "Kapan cair?")
    edit = EditFaq(faq_id=entry.id, question="Kapan TPG masuk?", answer="Jumat", service_id=1)
    changed = desks.do(edit, "bela")
    assert (changed.answer, changed.service_id) == ("Jumat", 1)
    assert (found(desks, "cair"), found(desks, "tpg")) == ([], ["Kapan TPG masuk?"])
    desks.do(RetireFaq(faq_id=entry.id), "bela")
    assert (found(desks, "tpg"), found(desks, "")) == ([], [])
    desks.refused(edit, "bela", "tidak ada lagi")
    desks.refused(RetireFaq(faq_id=entry.id), "bela", "tidak ada lagi")


def test_an_entry_has_words_and_a_service_that_exists(desks: Desks) -> None:
    desks.refused(AddFaq(question=" ", answer="x"), "bela", "Pertanyaan belum ditulis")
    desks.refused(AddFaq(question="x", answer=""), "bela", "Jawaban belum ditulis")
    desks.refused(AddFaq(question="x", answer="y", service_id=99), "bela", "tidak ada lagi")
    desks.refused(AddFaq(question="x", answer="y"), "siti", "tidak berwenang")


def test_the_law_comes_with_the_office_and_ppid_keeps_the_list(desks: Desks) -> None:
    shipped = desks.scene.office.read(answer_bank.legal_bases)
    assert [ground.key for ground in shipped] == [f"17{letter}" for letter in "abcdefghij"]
    own = AddGround(key="k1", title="Soal asesmen", law="SK PPID 3/2026")
    assert desks.do(own, "putri")[-1].words == "Soal asesmen (SK PPID 3/2026)"
    changed = AddGround(key="k1", title="Soal asesmen nasional", law="SK PPID 3/2026")
    assert len(desks.do(changed, "putri")) == 11
    assert len(desks.do(RetireGround(key="k1"), "putri")) == 10
    desks.refused(RetireGround(key="k1"), "putri", "tidak ada dalam daftar")
    desks.refused(own, "siti", "tidak berwenang")
    for broken in ({"key": ""}, {"title": " "}, {"law": ""}):
        given: dict[str, Any] = {"key": "k", "title": "t", "law": "l", **broken}
        desks.refused(AddGround(**given), "putri", "belum")


def test_the_complaints_days_are_the_offices_own(desks: Desks) -> None:
    shipped = desks.scene.office.read(answer_bank.complaint_classes)
    assert [(each.key, each.days) for each in shipped] == [
        *(("permintaan_informasi", 2), ("pengaduan_biasa", 5)),
        *(("tanpa_pemeriksaan", 14), ("dengan_pemeriksaan", 60)),
    ]  # fmt: skip
    one_day = SetComplaintDays(key="pengaduan_biasa", name="Pengaduan biasa", days=1)
    assert desks.do(one_day, "admin")[0].key == "pengaduan_biasa"
    gone = SetComplaintDays(key="pengaduan_biasa", name="", days=0)
    assert len(desks.do(gone, "admin")) == 3
    desks.refused(gone, "admin", "tidak ada dalam daftar")
    desks.refused(SetComplaintDays(key="x", name=" ", days=2), "admin", "Nama belum diisi")
    desks.refused(SetComplaintDays(key="x", name="X", days=367), "admin", "paling lama 366 hari kerja")
    desks.refused(one_day, "siti", "tidak berwenang")


def test_a_question_suggests_answers_by_its_longer_words(desks: Desks) -> None:
    add(desks, "Kapan tunjangan profesi cair?")
    add(desks, "Mengubah Dapodik", "Lewat operator")

    def suggested(about: str) -> list[str]:
        return [each.question for each in desks.scene.office.read(lambda tx: answer_bank.suggest(tx, about))]

    assert suggested("Saya mau tanya tunjangan saya") == ["Kapan tunjangan profesi cair?"]
    assert suggested("operator dan tunjangan") != []
    assert suggested("di ke") == []
