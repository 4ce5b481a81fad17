"""Words where words are asked for."""

import pytest

from ult_desktop.core.free_text import says_something


@pytest.mark.parametrize(
    ("text", "told"),
    [("", False), (" - ", False), ("…", False), ("x", False), ("12", False), ("ok", True), ("Listrik", True)],
)
def test_a_dash_or_one_character_says_nothing(text: str, told: bool) -> None:
    assert says_something(text) is told
