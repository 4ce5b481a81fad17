"""Words and choices of guest book, identity, custody and daily report."""

import pytest

from ult_desktop.base.i18n import use_language
from ult_desktop.core.fields import field_words
from ult_desktop.core.office.template import PrivacyWords
from ult_desktop.core.procedures.purpose import purpose_choices, purpose_words
from ult_desktop.core.visits.custody import CardLoan, held_words
from ult_desktop.core.visits.desk_book import ReportEntryKind
from ult_desktop.core.visits.guest_book import (
    NOTICE_VERSION,
    GuestBookChoice,
    implied_purpose,
    notice_on_paper,
    notice_version,
    notice_words,
    outside_province_word,
)
from ult_desktop.core.visits.identity import IdDocument, IdentityCheck, LetterKind, last_characters
from ult_desktop.core.visits.visit import Courtesy, Ending, VisitChannel


@pytest.mark.parametrize(
    ("service", "purpose"),
    [
        ("Tunjangan Profesi", "informasi/Tunjangan profesi"),
        ("Dapodik", "informasi/Dapodik"),
        ("Informasi & Konsultasi", "informasi"),
        ("Informasi Dapodik", ""),
        ("Layanan Pengaduan", "pengaduan"),
        ("Rapor Pendidikan", ""),
        ("", ""),
    ],
)
def test_a_service_that_is_called_like_a_purpose_implies_it(service: str, purpose: str) -> None:
    offered = (
        GuestBookChoice("informasi", "Informasi"),
        GuestBookChoice("informasi/Tunjangan profesi", "Informasi · Tunjangan profesi"),
        GuestBookChoice("informasi/Dapodik", "Informasi · Dapodik"),
        GuestBookChoice("pengaduan", "Pengaduan"),
    )
    assert implied_purpose(offered, service) == purpose
    assert implied_purpose((), service) == ""


@pytest.mark.parametrize(
    ("number", "kept"),
    [("6571011234567890", "7890"), ("A 12-34.5", "2345"), ("12", "12"), ("", ""), ("۱۲۳۴۵", "۲۳۴۵")],
)
def test_of_a_number_only_the_end_is_kept(number: str, kept: str) -> None:
    assert last_characters(number) == kept


@pytest.mark.parametrize(("tail", "shown"), [("7890", "••••7890"), ("", "")])
def test_a_number_is_shown_masked(tail: str, shown: str) -> None:
    check = IdentityCheck(
        id=1,
        visit_id=1,
        at=0,
        kind=IdDocument.KTP,
        number_tail=tail,
        known_by=None,
        matches=True,
        for_other=False,
        officer="",
    )
    assert check.masked_number == shown


def test_every_kind_has_its_own_words() -> None:
    said = [
        [each.word for each in IdDocument],
        [each.word for each in LetterKind],
        [each.word for each in ReportEntryKind],
        [each.word for each in Courtesy],
        [each.word for each in Ending],
        [each.word for each in VisitChannel],
        [notice_words(PrivacyWords()), field_words("remember"), outside_province_word()],
    ]
    for words in said:
        assert len(set(filter(None, words))) == len(words)


def test_no_procedure_has_no_purposes() -> None:
    assert purpose_choices(None) == ()
    assert purpose_words(None, "titip surat") == "titip surat"


def test_held_cards_are_named_with_their_place() -> None:
    card = CardLoan(
        id=1, visit_id=1, label=None, guest="", kind=IdDocument.KTP, purpose="", place="meja 1", lent_at=0,
        lent_by="", returned_at=None, returned_to="", released="",
    )  # fmt: skip
    bare = CardLoan(
        id=2, visit_id=1, label=None, guest="", kind=IdDocument.SIM, purpose="", place="", lent_at=0,
        lent_by="", returned_at=None, returned_to="", released="",
    )  # fmt: skip
    assert held_words([card, bare]) == "KTP di meja 1, SIM"


@pytest.mark.parametrize(
    ("english", "language", "read"),
    [("School Data", "en", "School Data"), ("School Data", "id", "Dapodik"), ("", "en", "Dapodik")],
)
def test_a_choice_is_read_in_the_language_in_force(english: str, language: str, read: str) -> None:
    assert GuestBookChoice("Dapodik", "Dapodik", english).within(language) == read


def test_the_office_may_have_a_notice_of_its_own() -> None:
    own = PrivacyWords(notice="Data Anda aman.", notice_en="Your data is safe.")
    assert notice_words(own) == "Data Anda aman."
    use_language("en")
    assert (notice_words(own), notice_words(PrivacyWords(notice="Aman."))) == ("Your data is safe.", "Aman.")
    assert notice_version(PrivacyWords()) == NOTICE_VERSION
    versions = {
        notice_version(PrivacyWords()),
        notice_version(own),
        notice_version(PrivacyWords(spoken="Ya")),
    }
    assert len(versions) == 3
    assert notice_version(own) in notice_on_paper(own)
