"""The pages tell of commands, options, files, chapters and tests that there are."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ult_desktop.cli.program import COMMANDS, Program

ROOT = Path(__file__).parents[1]
TEXTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "resources" / "manual").rglob("*.md")),
    *sorted(ROOT.glob(".github/**/*.md")),
]
PASSES_ON = ("autostart", "run")  # what follows is another command's
BLOCK = re.compile(r"```.*?```", re.DOTALL)
SAID = re.compile(r"`([^`\n]+)`")
PLACE = re.compile(
    r"^(?:ult_desktop/)?(?:base|app|cli|core|db|devices|demo|operations|reports|ui)/[\w/]+(?:\.py)?$"
)
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([\w-]+))?\)")
DATABASE = re.compile(r"@server\.kantor\.lan/(\w+)")
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


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
    """Return the words of a command line that the program does not know."""
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


def headings_of(page: Path) -> list[str]:
    shown = BLOCK.sub("", page.read_text(encoding="utf-8"))
    return re.findall(r"^#+ (.+)$", shown, re.MULTILINE)


def anchors_of(page: Path) -> set[str]:
    """Return the anchors that GitHub makes of the headings."""
    return {re.sub(r"[^\w -]", "", head).strip().lower().replace(" ", "-") for head in headings_of(page)}


def dead_links(page: Path) -> list[str]:
    """Links within the repository that lead to no file, or to no heading of it."""
    found = []
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        path = page.parent / target if target else page
        if path.suffix == ".png" and "manual" in page.parts:
            continue  # the build draws them (tests/ui/counter/help/test_manual.py)
        if "://" not in target and not (path.exists() and (not anchor or anchor in anchors_of(path))):
            found.append(f"{target}#{anchor}")
    return found


@pytest.mark.parametrize("page", TEXTS, ids=name)
def test_every_command_is_one(page: Path) -> None:
    assert [(words, wrong) for words in commands_of(page) if (wrong := unknown(words))] == []


@pytest.mark.parametrize("page", TEXTS, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert dead_links(page) == []


@pytest.mark.parametrize("page", TEXTS, ids=name)
def test_every_place_in_the_source_is_there(page: Path) -> None:
    places = [said for said in SAID.findall(page.read_text("utf-8")) if PLACE.match(said)]
    assert [
        place for place in places if not (ROOT / "ult_desktop" / place.removeprefix("ult_desktop/")).exists()
    ] == []


def lost_tests(page: Path) -> list[str]:
    """Tests that a page names and that are not there."""
    found = []
    for path, test in TEST.findall(page.read_text(encoding="utf-8")):
        source = (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).exists() else None
        if source is None or (test and f"def {test}(" not in source):
            found.append(f"{path}::{test}")
    return found


@pytest.mark.parametrize("page", TEXTS, ids=name)
def test_every_test_that_is_named_is_there(page: Path) -> None:
    assert lost_tests(page) == []


def test_what_is_wrong_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A heading\n[1](#a-heading) [2](#nowhere) [3](gone.md) [4](page.md#gone)\n")
    assert dead_links(page) == ["#nowhere", "gone.md#", "page.md#gone"]
    page.write_text("`tests/test_docs.py::name` `tests/test_docs.py::gone` `tests/gone.py`\n")
    assert lost_tests(page) == ["tests/test_docs.py::gone", "tests/gone.py::"]
    assert unknown(["officer", "promote"]) == ["promote"]
    assert unknown(["officer", "add", "siti", "--rank", "head"]) == ["--rank"]
    assert any(len(list(commands_of(page))) > 20 for page in TEXTS)


def test_the_sheet_of_load_has_no_figure_of_its_own() -> None:
    """Each number in an answer stands in the page that the row names, written the Indonesian way."""
    page = ROOT / "docs" / "beban-dan-ketahanan.md"
    rows = re.findall(r"^\| .+? \| (.+) \| \[\w+\]\((\w+\.md)\) \|$", page.read_text("utf-8"), re.MULTILINE)
    assert len(rows) == 12
    other_way = str.maketrans(",.", ".,")
    for answer, source in rows:
        said = set(
            re.findall(
                r"\d[\d.,]*",
                (ROOT / "docs" / source).read_text("utf-8").replace("ten", "10").replace("four", "4"),
            )
        )
        said |= {each.rstrip(".,") for each in said}
        shown = {each.rstrip(".,").translate(other_way) for each in re.findall(r"\d[\d.,]*", answer)}
        assert shown <= said, answer


def test_every_database_is_closed_to_other_accounts_and_its_owner_enters() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in TEXTS)
    for named in {*DATABASE.findall(text)}:
        assert f"REVOKE ALL ON DATABASE {named} FROM PUBLIC" in text
        assert f"`hostssl {named} " in text
