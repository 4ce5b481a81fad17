"""The manuals tell of what there is: every window has its page, every bold word stands on the screen."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.program import ROOT
from ult_desktop.base.i18n import use_language
from ult_desktop.ui.counter.frame.workspaces import PAGES, TABS
from ult_desktop.ui.counter.help import manual_box
from ult_desktop.ui.counter.help.manual_box import Topic, load_manuals, topic_of
from ult_desktop.ui.counter.settings.page import GROUPS

MANUALS = load_manuals()
TOPICS = [topic for book in MANUALS for topic in book.topics]
FIRST_DAY = manual_box.load_sheet(manual_box.FIRST_DAY)
TEXTS = (*(topic.text for topic in TOPICS), FIRST_DAY)
INDONESIAN = [topic for book in MANUALS if book.name != "it" for topic in book.topics]
BEFORE = {"sign-in", "restore", "setup-join", "setup-server", "setup-here"}
WINDOWS = sorted({each.name for each in (*PAGES, *TABS, *GROUPS)} | {"queue", "day", "hall"} | BEFORE)
NO_WORDS = {"P", "bold", "tebal"}  # a letter on a ticket; what the books say of themselves
BOLD = re.compile(r"\*\*([^*]+)\*\*")
CODE = re.compile(r"`([^`]+)`")
with (ROOT / "resources/i18n/en/LC_MESSAGES/ult_desktop.po").open("rb") as catalogue:
    ENGLISH = read_po(catalogue, locale="en")


def said_on_screen(topic: Topic) -> set[str]:
    """Every text of the program, in the language of that book."""
    return {str(each.id if topic in INDONESIAN else each.string) for each in ENGLISH}


def book_of(name: str) -> manual_box.Manual:
    return next(each for each in MANUALS if each.name == name)


@pytest.mark.parametrize("window", WINDOWS)
def test_f1_leads_from_every_window_to_one_page(window: str) -> None:
    (topic,) = [each for each in INDONESIAN if window in each.windows]
    assert topic_of(window, MANUALS) == topic


def test_a_window_that_no_book_knows_leads_to_the_first_page() -> None:
    assert topic_of("baru", MANUALS) == MANUALS[0].topics[0]


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.title)
def test_what_is_bold_stands_on_the_screen(topic: Topic) -> None:
    assert set(BOLD.findall(topic.text)) - NO_WORDS <= said_on_screen(topic)


def test_what_is_bold_on_the_first_day_stands_on_the_screen() -> None:
    words = {each for each in BOLD.findall(FIRST_DAY) if not each.endswith(".")}  # the others are heads
    assert words <= said_on_screen(INDONESIAN[0])


def test_the_guide_for_it_is_the_same_book_in_two_languages() -> None:
    pairs = list(zip(book_of("ti").topics, book_of("it").topics, strict=True))
    assert [(ours.title, ours.windows) for ours, theirs in pairs if ours.windows != theirs.windows] == []
    for ours, theirs in pairs:
        assert said_as_code(ours) == said_as_code(theirs), ours.title
        english = [str(message.string) for message in map(ENGLISH.get, BOLD.findall(ours.text)) if message]
        assert sorted(set(english)) == sorted(set(BOLD.findall(theirs.text))), ours.title


def said_as_code(topic: Topic) -> set[str]:
    """Commands, files and settings; a file that a person names has a name in each language."""
    return {each.replace("BERKAS", "FILE").replace("\n", " ") for each in CODE.findall(topic.text)}


def test_the_english_guide_comes_first_where_the_program_speaks_english() -> None:
    use_language("en")
    assert topic_of("setup-here", load_manuals()).book == "IT guide"
    assert [book.name for book in load_manuals()] == ["petugas", "kepala-admin", "it", "ti"]


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.title)
def test_a_task_is_short_and_begins_with_its_name(topic: Topic) -> None:
    assert topic.text.startswith(f"## {topic.title}\n")
    assert len(topic.text.splitlines()) <= 40


def test_no_two_pages_have_one_name() -> None:
    titles = [topic.title for topic in TOPICS]
    assert len(set(titles)) == len(titles)


def test_marks_and_lacking_pictures_are_not_shown(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    topic = next(each for each in TOPICS if manual_box.pictures_of(each.text))
    monkeypatch.setattr(manual_box, "pictures_folder", lambda: ROOT / "docs")
    shown = manual_box.shown_text(topic.text)
    assert "<!--" not in shown
    assert "![" not in shown
    (name,) = manual_box.pictures_of(topic.text)
    monkeypatch.setattr(manual_box, "pictures_folder", _Everything)
    assert f"]({name})" in manual_box.shown_text(topic.text)


class _Everything:
    """A folder in which every picture lies."""

    def __truediv__(self, _name: str) -> "_Everything":
        return self

    def exists(self) -> bool:
        return True


@pytest.mark.slow_night
def test_the_build_draws_every_picture_that_a_book_asks_for_and_again_the_same(tmp_path: Path) -> None:
    drawn = []
    for zone in ("UTC", "WIB-7"):  # of the PC that builds
        folder = tmp_path / zone
        command = [sys.executable, "-m", "tools.manual_pictures", str(folder)]
        environment = {**os.environ, "TZ": zone}
        drawing = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert drawing.returncode == 0, drawing.stderr
        drawn.append({path.name: path.read_bytes() for path in folder.glob("*.png")})
    first, second = drawn
    assert first.keys() == {name for text in TEXTS for name in manual_box.pictures_of(text)}
    assert [name for name in first if first[name] != second[name]] == []
