"""The line of a key, found again in the text that tomllib has forgotten."""

import pytest

from ult_desktop.base.toml_lines import Keys, line_of

TEXT = """\
name = "x"
[sync]
poll_ms = 5
"hint port" = 3

[[services]]
prefix = "A"
[services.hours]
monday = []

[[services]]
prefix = "B"
requirements = [
    { id = "a" },
]
"""


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("name",), 1),
        (("sync",), 2),
        (("sync", "poll_ms"), 3),
        (("sync", "hint port"), 4),
        (("services", 0), 6),
        (("services", 0, "hours", "monday"), 9),
        (("services", 1), 11),
        (("services", 1, "prefix"), 12),
        (("services", 1, "requirements", 0, "id"), 13),
        (("services", 1, "minutes"), 11),
        (("office",), 1),
    ],
)
def test_the_line_or_the_nearest_thing_around_it(keys: Keys, line: int) -> None:
    assert line_of(keys, TEXT) == line
