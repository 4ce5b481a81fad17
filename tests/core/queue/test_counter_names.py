"""A counter's name: its own, or its number in the language of whoever reads it."""

import pytest

from ult_desktop.base.i18n import use_language
from ult_desktop.core.queue.boards import counter_name, distinct_name


@pytest.mark.parametrize(("name", "own"), [("", ""), ("Loket 2", ""), ("Loket Data", "Loket Data")])
def test_only_what_says_more_than_the_number_is_a_name(name: str, own: str) -> None:
    assert distinct_name(2, name) == own


@pytest.mark.parametrize(
    ("name", "language", "read"),
    [
        ("", "id", "Loket 2"),
        ("", "en", "Counter 2"),
        ("Loket 2", "en", "Counter 2"),
        ("Loket Data", "en", "Loket Data"),
    ],
)
def test_a_number_is_read_in_the_language_in_force(name: str, language: str, read: str) -> None:
    use_language(language)
    assert counter_name(2, name) == read
