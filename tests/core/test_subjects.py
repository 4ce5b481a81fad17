"""Data subjects' requests in words: every place of the schedule and every act has one."""

import pytest

from ult_desktop.core.breaches import ToldWhom, told_word
from ult_desktop.core.subject_words import place_word, value_word
from ult_desktop.core.subjects import (
    Correctable,
    Outcome,
    SubjectKind,
    Verification,
    act_word,
    correctable_word,
    kept_by_law,
    outcome_word,
    subject_kind_word,
    subject_number,
    verification_word,
)
from ult_desktop.db.retention_fields import FIELDS


def test_everything_has_words() -> None:
    words = [
        *map(subject_kind_word, SubjectKind),
        *map(verification_word, Verification),
        *map(outcome_word, Outcome),
        *map(correctable_word, Correctable),
        *map(told_word, ToldWhom),
    ]
    assert len(set(words)) == len(words)
    assert all(" · " in place_word(name) for name in [each.name for each in FIELDS] + ["desk_entry.text"])
    assert len(kept_by_law()) == 4


@pytest.mark.parametrize(("act", "word"), [("erased", "Dihapus"), ("dari versi baru", "dari versi baru")])
def test_an_act_of_a_newer_program_stands_as_it_is(act: str, word: str) -> None:
    assert act_word(act) == word


def test_yes_and_no_are_words_and_the_rest_is_what_was_written() -> None:
    assert [value_word("remember", value) for value in ("1", "0")] == ["ya", "tidak"]
    assert value_word("phone", "1") == "1"
    assert subject_number(7, 2026) == "0007/SDP/2026"
