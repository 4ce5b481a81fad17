"""The pages tell of commands, options, files and chapters that there are."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ult_desktop.cli.program import COMMANDS, Program
from ult_desktop.ui.counter.registry import PAGES, TABS
from ult_desktop.ui.counter.work.panel import WorkPanel

ROOT = Path(__file__).parents[1]
TEXTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PASSES_ON = ("autostart", "run")  # what follows is another command's
BLOCK = re.compile(r"```.*?```", re.DOTALL)
SAID = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([\w-]+))?\)")


def name(path: Path) -> str:
    return path.name


def commands_of(page: Path) -> Iterator[list[str]]:
    """Each command line as words, whether it names the program or begins with the command."""
    text = page.read_text(encoding="utf-8")
    shown = "\n".join(BLOCK.findall(text)).splitlines()
    for line in (*SAID.findall(BLOCK.sub("", text)), *shown):
        command = re.split(r"\s{3,}", line)[0]  # a remark stands well apart
        for part in command.split(" | "):
            words = part.replace("[", "").replace("]", "").split()
            if words[:1] == ["ult-desktop"]:
                yield words[1:]
            elif len(words) > 1 and words[0] in COMMANDS:
                yield words


def unknown(words: list[str]) -> list[str]:
    """What of a command line the program does not know."""
    command: click.Command = Program()
    context = click.Context(command)
    for at, word in enumerate(words):
        if words[0] in PASSES_ON:
            break
        if not isinstance(command, click.Group):
            known = {option for each in command.params for option in each.opts}
            return [each for each in words[at:] if each.startswith("--") and each not in known]
        if word.startswith(("-", "…")):
            break
        found = command.get_command(context, word)
        if found is None:
            return [word]
        command = found
    return []


def anchors_of(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head).strip().lower().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", TEXTS, ids=name)
def test_every_command_is_one(page: Path) -> None:
    assert [(words, wrong) for words in commands_of(page) if (wrong := unknown(words))] == []


@pytest.mark.parametrize("page", TEXTS, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        path = page.parent / target if target else page
        assert path.exists(), target
        assert not anchor or anchor in anchors_of(path), f"{target}#{anchor}"


@pytest.mark.parametrize("page", [*PAGES, *TABS], ids=lambda page: page.name)
def test_the_manual_names_every_page(page: type[WorkPanel]) -> None:
    assert f"**{page.title()}**" in (ROOT / "docs" / "manual.md").read_text(encoding="utf-8")


def test_what_is_wrong_would_be_found() -> None:
    assert unknown(["officer", "promote"]) == ["promote"]
    assert unknown(["officer", "add", "siti", "--rank", "head"]) == ["--rank"]
    assert any(len(list(commands_of(page))) > 20 for page in TEXTS)
