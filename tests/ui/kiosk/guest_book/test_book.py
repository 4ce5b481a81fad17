"""The guest book's questions, forth and back."""

from dataclasses import replace

import pytest

from tests.ui.kiosk import samples
from ult_desktop.base.i18n import use_language
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.core.visits.guest_book import NOTICE_VERSION
from ult_desktop.ui.kiosk.guest_book.book import GuestBookAnswers, Question, cards_of, review_lines, typing_of
from ult_desktop.ui.kiosk.typing.keyboard import Keys


def book(**changes: object) -> GuestBookAnswers:
    return GuestBookAnswers(samples.ticket(), samples.REGENCIES, samples.PURPOSES, **changes)  # type: ignore[arg-type]


def answered(*texts: str) -> GuestBookAnswers:
    made = book()
    for text in texts:
        made = made.with_answer(text)
    return made


def test_every_answer_reaches_the_office_once() -> None:
    whole = answered("Dedi", "SMPN 1", "10", "Kota Tarakan", "0812", "pengaduan", "421/2026")
    assert whole.question is Question.REVIEW
    assert whole.command() == SignGuestBook(
        ticket_id=12,
        name="Dedi",
        institution="SMPN 1",
        persons=10,
        regency="Kota Tarakan",
        phone="0812",
        purpose="pengaduan",
        letter_number="421/2026",
        notice=NOTICE_VERSION,
    )
    names = [name for name, _answer in review_lines(whole)]
    assert names == [
        *("Nama", "Instansi", "Jumlah orang", "Kabupaten/kota", "Telepon"),
        *("Keperluan", "Nomor surat tugas"),
    ]
    assert dict(review_lines(whole))["Keperluan"] == "Pengaduan"


def test_how_many_came_is_a_number_or_asked_still() -> None:
    asked = answered("Dedi", "SMPN 1")
    for text in ("se-", "0", "00"):
        again = asked.with_answer(text)
        assert again == replace(asked, asked_again=True)
        assert "tanyakan kepada petugas" in typing_of(again).trouble
        before = again.back()
        assert [book.asked_again for book in (again.with_answer("2"), before) if book] == [False, False]
    assert typing_of(asked).trouble == ""
    assert typing_of(asked).keys is Keys.NUMBER
    assert asked.with_answer("12").answer(Question.PERSONS) == "12"


def test_what_was_skipped_is_not_reviewed() -> None:
    alone = answered("Dedi", "", "", "", "", "", "")
    assert review_lines(alone) == (("Nama", "Dedi"),)
    assert alone.command().persons == 1


def test_back_keeps_what_was_answered_and_a_new_answer_replaces_it() -> None:
    asked = answered("Dedi", "SMPN 1").back()
    assert asked is not None
    assert typing_of(asked).text == "SMPN 1"
    assert asked.with_answer("SMPN 2").answer(Question.INSTITUTION) == "SMPN 2"
    assert book().back() is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Sdn Tanjung Selor", "SDN Tanjung Selor"),
        ("Uptd Smpn 1 Tarakan", "UPTD SMPN 1 Tarakan"),
        ("mtsn 2", "MTsN 2"),
        ("Dinas Pendidikan", "Dinas Pendidikan"),
        ("Sdm Mandiri", "Sdm Mandiri"),
    ],
)
def test_a_schools_abbreviation_keeps_its_capitals(typed: str, kept: str) -> None:
    assert answered("Sma Dewi", typed).answers == ((Question.NAME, "Sma Dewi"), (Question.INSTITUTION, kept))


def test_an_office_without_purposes_asks_for_none() -> None:
    bare = GuestBookAnswers(samples.ticket(), samples.REGENCIES)
    assert Question.PURPOSE not in bare.questions
    assert bare.place == (1, 7)


def test_a_purpose_that_the_service_tells_is_not_asked_and_is_kept() -> None:
    known = book(implied="informasi/Dapodik")
    assert Question.PURPOSE not in known.questions
    assert known.command().purpose == "informasi/Dapodik"
    assert dict(review_lines(known))["Keperluan"] == "Informasi · Dapodik"


def test_answers_do_not_share_their_picture() -> None:
    asked = answered("Dedi", "", "", "", "")
    icons = [card.face.icon for card in cards_of(asked)]
    assert len(set(icons)) == len(icons)


def test_the_notice_stands_beside_the_first_question_alone() -> None:
    asked = book()
    assert all(typing_of(asked).notice)
    assert not any(typing_of(asked.with_answer("Dedi")).notice)


def test_a_choice_can_be_written_and_left_again() -> None:
    asked = answered("Dedi", "", "")
    cards = cards_of(asked)
    assert [card.face.title for card in cards][-3:] == ["Luar provinsi", "Lainnya, tulis sendiri", "Lewati"]
    written = cards[-2].then(asked)
    assert not written.chooses
    assert typing_of(written).skip == ""
    assert written.back() == asked
    assert written.with_answer("Kab. Berau").answer(Question.REGENCY) == "Kab. Berau"
    assert cards[-1].then(asked).answer(Question.REGENCY) == ""
    assert cards[4].then(asked).answer(Question.REGENCY) == "Kota Tarakan"


def test_a_regency_outside_the_province_is_reviewed_in_the_visitors_language() -> None:
    asked = answered("Dedi", "", "")
    from_outside = cards_of(asked)[-3].then(asked)
    use_language("en")
    assert "Outside province" in dict(review_lines(from_outside)).values()
    changing = replace(from_outside, question=Question.REVIEW, changing=True)
    assert "Outside province" in [card.face.detail for card in cards_of(changing)]
    assert from_outside.command().regency == "Luar provinsi"


def test_a_province_without_a_list_is_written() -> None:
    bare = GuestBookAnswers(samples.ticket(), question=Question.REGENCY)
    assert not bare.chooses
    assert typing_of(bare).skip == "Lewati"


def test_the_card_that_was_chosen_before_is_ticked() -> None:
    again = answered("Dedi", "", "", "Kota Tarakan").back()
    assert again is not None
    assert [card.face.icon for card in cards_of(again)][:5] == ["map-pin"] * 4 + ["check"]
