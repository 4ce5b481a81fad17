"""Data subjects' requests in words: every place of the schedule and every act has one."""

import pytest

from ult_desktop.core.privacy.breaches import NoticeRecipient
from ult_desktop.core.privacy.subject_words import column_words, value_word
from ult_desktop.core.privacy.subjects import (
    SubjectKind,
    SubjectOutcome,
    Verification,
    act_word,
    retained_by_law,
)
from ult_desktop.db.privacy.retention import FIELDS


def test_everything_has_words() -> None:
    words = [
        *(each.word for each in SubjectKind),
        *(each.word for each in Verification),
        *(each.word for each in SubjectOutcome),
        *(each.word for each in NoticeRecipient),
    ]
    assert len(set(words)) == len(words)
    assert all(" · " in column_words(name) for name in [each.name for each in FIELDS] + ["desk_entry.text"])
    assert len(retained_by_law()) == 4


@pytest.mark.parametrize(("act", "word"), [("erased", "Dihapus"), ("dari versi baru", "dari versi baru")])
def test_an_act_of_a_newer_program_stands_as_it_is(act: str, word: str) -> None:
    assert act_word(act) == word


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("kind", "ktp", "KTP"),
        ("kind", "surat_kuasa", "Surat kuasa"),
        ("kind", "opened", "Permohonan dicatat"),
        ("kind", "dari versi baru", "dari versi baru"),
        ("channel", "tatap_muka", "Tatap muka"),
        ("grounds", "lansia", "lansia"),
        ("help", "kursi_roda", "kursi roda"),
        ("leg", "to_counter", "ke loket prioritas"),
        ("source", "sempena", "SEMPENA"),
        ("way", "surel", "Surel"),
        ("decision", "dikabulkan", "Dikabulkan"),
        ("day", "2026-11-23", "23 November 2026"),
        ("letter_date", "awal November", "awal November"),
        ("remark", "opened", "opened"),
    ],
)
def test_what_is_kept_as_a_key_or_a_day_is_read_in_words(field: str, value: str, word: str) -> None:
    assert value_word(field, value) == word


def test_yes_and_no_are_words_and_the_rest_is_what_was_written() -> None:
    assert [value_word("remember", value) for value in ("1", "0")] == ["ya", "tidak"]
    assert value_word("phone", "1") == "1"
