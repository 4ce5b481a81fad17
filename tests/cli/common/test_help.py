"""`--help` in both languages: nothing is unexplained, and no word is of the other language."""

import json
import re
import subprocess
import sys

import click
import pytest

from tests.program import ROOT, answer_of, start
from ult_desktop.cli.common.help import KeyChoice, _spoken
from ult_desktop.cli.program import program

EVERY_HELP = """
import json, sys
import click
from ult_desktop.base.i18n import speak
speak(sys.argv[1])
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
    spoken = _spoken(COMMANDS[path])
    shown = [param for param in spoken.params if not getattr(param, "hidden", False)]
    assert [param.name for param in shown if not getattr(param, "help", "")] == []
    for param in shown:
        if isinstance(param.type, KeyChoice):
            assert [key for key in param.type.choices if key not in getattr(param, "help", "")] == []


@pytest.mark.parametrize(
    ("system", "said"),
    [
        ({"LANG": "C.UTF-8"}, "Kesalahan: Argumen belum disebut: 'CASE'."),
        ({"LANG": "id_ID.UTF-8"}, "Kesalahan: Argumen belum disebut: 'CASE'."),
        ({"LANG": "en_GB.UTF-8"}, "Error: Missing argument 'CASE'."),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "de_DE.UTF-8"}, "Kesalahan: Argumen belum disebut: 'CASE'."),
        ({"LANG": "id_ID.UTF-8", "LANGUAGE": "de:en"}, "Error: Missing argument 'CASE'."),
    ],
)
def test_the_system_says_which_language(system: dict[str, str], said: str) -> None:
    no_language: dict[str, str | None] = {"LANGUAGE": None, "LC_ALL": None, "LC_MESSAGES": None}
    answer = answer_of(start("case", "show", **{**no_language, **system}))
    assert (answer.code, said in answer.err) == (2, True)
