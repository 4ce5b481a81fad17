"""`--help` in both languages: nothing is unexplained, and no word is of the other language."""

import json
import re
import subprocess
import sys
from datetime import date, datetime, time, timedelta, timezone
from functools import partial

import click
import pytest

from tests.program import ROOT, answer_of, start
from ult_desktop.cli.common import parameters
from ult_desktop.cli.common.help import KeyChoice, _in_language
from ult_desktop.cli.program import program
from ult_desktop.core.cases.case import SubReason

EVERY_HELP = """
import json, sys
import click
from ult_desktop.base.i18n import set_process_language
set_process_language(sys.argv[1])
from ult_desktop.cli.program import program

def walk(command, context):
    found[context.command_path] = command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if not below.hidden:
                walk(below, click.Context(below, context, name))

found = {}
walk(program, click.Context(program, info_name="ult-desktop"))
print(json.dumps(found))
"""
INDONESIAN = {"yang", "dan", "atau", "dengan", "untuk", "sebuah", "tanpa", "hanya", "nomor", "berkas"}
ENGLISH = {"the", "and", "of", "with", "only", "usage", "options", "required", "default"}
JAKARTA = timezone(timedelta(hours=7))
QUOTED = re.compile(r"“.*?”|--[a-z-]+|\S*_\S*|\b[A-Z]+\b", re.DOTALL)  # quotations, names and keys


def helps(language: str) -> dict[str, str]:
    """The help of every command, as a process that speaks `language` tells it."""
    done = subprocess.run(
        [sys.executable, "-c", EVERY_HELP, language], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(("language", "foreign"), [("id", ENGLISH), ("en", INDONESIAN)])
@pytest.mark.slow
def test_no_help_has_a_word_of_the_other_language(language: str, foreign: set[str]) -> None:
    found = helps(language)
    assert len(found) > 200
    wrong = {
        path: words
        for path, text in found.items()
        if (words := foreign & set(re.findall(r"[a-z]+", QUOTED.sub(" ", text).casefold())))
    }
    assert wrong == {}


def commands(command: click.Command, context: click.Context) -> dict[str, click.Command]:
    if not isinstance(command, click.Group):
        return {context.command_path.strip(): command}
    below = ((name, command.get_command(context, name)) for name in command.list_commands(context))
    return {
        path: each
        for name, found in below
        if found is not None and not found.hidden
        for path, each in commands(found, click.Context(found, context, name)).items()
    }


COMMANDS = commands(program, click.Context(program, info_name=""))


@pytest.mark.parametrize("path", COMMANDS)
def test_everything_a_command_takes_is_explained(path: str) -> None:
    spoken = _in_language(COMMANDS[path])
    shown = [param for param in spoken.params if not getattr(param, "hidden", False)]
    assert [param.name for param in shown if not getattr(param, "help", "")] == []
    for param in shown:
        if isinstance(param.type, KeyChoice):
            assert [key for key in param.type.choices if key not in getattr(param, "help", "")] == []


def test_why_something_is_unavailable_is_one_of_the_keys_that_help_names() -> None:
    shown = COMMANDS["case outcome"].get_help(click.Context(COMMANDS["case outcome"]))
    assert all(key.value in shown for key in SubReason)


slow = partial(pytest.param, marks=pytest.mark.slow)  # each is a program of its own
INDONESIAN_SYSTEM: dict[str, str | None] = {"LANG": "C.UTF-8", "LANGUAGE": None, "LC_ALL": None}
OF_A_CASE = ("case", "appointment", "make", "0001/ULT/2026")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("queue", "state", "1", "buka"), "'buka' bukan salah satu dari 'closed', 'open', 'paused'."),
        (("visit", "show", "A001", "B001"), "Ada argumen berlebih (B001)"),
        slow(("visit", "show", "A001", "B001", "C001"), "Ada argumen berlebih (B001 C001)"),
        (("deviation", "list", "--from", "besok"), "“besok” bukan tanggal: tanggal seperti 21/11/2026"),
        slow(
            ("queue", "note", "A1", "--counter", "1", "--called", "25.10"),
            "“25.10” bukan jam: jam seperti 09.30",
        ),
        slow((*OF_A_CASE, "24/11/2026", "Rapat"), "“24/11/2026” bukan waktu: tanggal dan jam seperti"),
    ],
)
def test_what_cannot_be_taken_is_told_in_indonesian(words: tuple[str, ...], said: str) -> None:
    answer = answer_of(start(*words, "--database", "office.db", **INDONESIAN_SYSTEM))
    assert (answer.code, said in answer.err) == (2, True), answer.err


@pytest.mark.parametrize(
    ("kind", "text", "taken"),
    [
        (parameters.DAY, "23/11/2026", date(2026, 11, 23)),
        (parameters.DAY, "2026-11-23", date(2026, 11, 23)),
        (parameters.ISO_DAY, "23 November 2026", "2026-11-23"),
        (parameters.CLOCK, "9.05", time(9, 5)),
        (parameters.CLOCK, "09:05", time(9, 5)),
        (parameters.MOMENT, "2026-11-24 10:00", datetime(2026, 11, 24, 10)),
        (parameters.MOMENT, "9.05", time(9, 5)),
        (parameters.MOMENT, "2026-11-24T10.00", datetime(2026, 11, 24, 10)),
        (parameters.MOMENT, "24/11/2026 pukul 10.00", datetime(2026, 11, 24, 10)),
        (parameters.MOMENT, "2026-11-24 10:00:00+07:00", datetime(2026, 11, 24, 10, tzinfo=JAKARTA)),
    ],
)
def test_days_and_times_are_taken_as_people_write_them(
    kind: parameters.ParsedText[object], text: str, taken: object
) -> None:
    assert kind(text) == taken


@pytest.mark.parametrize("kind", [parameters.DAY, parameters.CLOCK, parameters.MOMENT])
@pytest.mark.parametrize("text", ["", "-", "besok", "31/02/2026", "24.00", "9.60"])
def test_what_is_no_time_is_refused(kind: parameters.ParsedText[object], text: str) -> None:
    with pytest.raises(click.BadParameter):
        kind(text)


@pytest.mark.parametrize(
    ("system", "said"),
    [
        ({"LANG": "C.UTF-8"}, "Kesalahan: Argumen belum disebut: 'CASE'."),
        slow({"LANG": "id_ID.UTF-8"}, "Kesalahan: Argumen belum disebut: 'CASE'."),
        ({"LANG": "en_GB.UTF-8"}, "Error: Missing argument 'CASE'."),
        slow({"LANG": "en_GB.UTF-8", "LC_ALL": "de_DE.UTF-8"}, "Kesalahan: Argumen belum disebut: 'CASE'."),
        ({"LANG": "id_ID.UTF-8", "LANGUAGE": "de:en"}, "Error: Missing argument 'CASE'."),
    ],
)
def test_the_system_says_which_language(system: dict[str, str], said: str) -> None:
    no_language: dict[str, str | None] = {"LANGUAGE": None, "LC_ALL": None, "LC_MESSAGES": None}
    answer = answer_of(start("case", "show", **{**no_language, **system}))
    assert (answer.code, said in answer.err) == (2, True)
