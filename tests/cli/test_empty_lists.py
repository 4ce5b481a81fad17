"""A list without rows says so; what a person reads is in the language in force."""

import pytest

from tests.cli.conftest import CommandLine
from ult_desktop.base import i18n

LISTS = [
    ("queue", "list"),
    ("visit", "list"),
    ("visit", "held"),
    ("visit", "report"),
    ("visit", "spd-log"),
    ("care", "today"),
    ("care", "alerts"),
    ("care", "devices"),
    ("care", "seats"),
    ("phone", "list"),
    ("phone", "callbacks"),
    ("deviation", "list"),
    ("delegate", "list"),
    ("case", "list"),
    ("case", "inbox"),
    ("case", "appointment", "list"),
    ("case", "ppid", "list", "2026"),
    ("case", "faq", "search"),
    ("survey", "imports"),
    ("online", "list"),
    ("subject", "list"),
    ("breach", "list"),
    ("retention", "history"),
    ("access", "log"),
]


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_an_empty_list_says_so(desk: CommandLine, words: tuple[str, ...]) -> None:
    told = desk.run(*words, "--database", desk.path)
    assert (told.code, told.out.splitlines()[-1]) == (0, "Tidak ada.")
    assert desk.run(*words, "--database", desk.path, "--json").out in ("", '{"cards":[],"badges":[]}\n')


def test_a_list_in_english(desk: CommandLine) -> None:
    desk.take()
    i18n.use_language("en")
    told = [desk.run(*words, "--database", desk.path).out for words in (("queue", "list"), ("visit", "list"))]
    assert "waiting" in told[0]
    assert told[1] == "None.\n"
