"""The manuals (`resources/manual`): books of topics, each of which is one task and one printed page."""

import re
from pathlib import Path
from typing import NamedTuple

from ult_desktop.base import paths
from ult_desktop.base.i18n import SOURCE_LANGUAGE, language

POSTER = "poster"
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_WINDOWS = re.compile(r"^<!-- F1: ([\w -]+) -->$", re.MULTILINE)
_PICTURE = re.compile(r"^!\[[^\]]*\]\(([\w-]+\.png)\)\n", re.MULTILINE)


class Topic(NamedTuple):
    """One task. `text` is Markdown with its heading; `windows` what F1 brings here from."""

    book: str
    title: str
    text: str
    windows: frozenset[str]


class Manual(NamedTuple):
    """A book: `name` is that of its file."""

    name: str
    title: str
    topics: tuple[Topic, ...]


def manual_folder(language: str = SOURCE_LANGUAGE) -> Path:
    return paths.resource("manual", language)


def pictures_folder() -> Path:
    """Where the build lays the pictures; from source there may be none."""
    return paths.resource("manual", "pictures")


def load_manuals() -> tuple[Manual, ...]:
    """The officers' book first, then the head's, then the IT person's: first in the language in force."""
    for_it = (("id", "ti"), ("en", "it"))
    books = (
        ("id", "petugas"),
        ("id", "kepala-admin"),
        *sorted(for_it, key=lambda each: each[0] != language()),
    )
    return tuple(_load(manual_folder(of) / f"{name}.md") for of, name in books)


def load_poster() -> str:
    """What hangs beside the kiosk, as Markdown."""
    return (manual_folder() / f"{POSTER}.md").read_text(encoding="utf-8")


def topic_of(window: str, manuals: tuple[Manual, ...]) -> Topic:
    """Of a page of the counter, a window before it, a road of the wizard; else the first topic."""
    topics = [topic for manual in manuals for topic in manual.topics]
    return next((topic for topic in topics if window in topic.windows), topics[0])


def shown_text(topic: Topic) -> str:
    """The Markdown without what is not there to be seen: marks, and pictures that the build has not made."""
    folder = pictures_folder()
    there = _PICTURE.sub(lambda found: found[0] if (folder / found[1]).exists() else "", topic.text)
    return _WINDOWS.sub("", there)


def pictures_of(topic: Topic) -> tuple[str, ...]:
    return tuple(_PICTURE.findall(topic.text))


def _load(file: Path) -> Manual:
    text = file.read_text(encoding="utf-8")
    title = text.partition("\n")[0].removeprefix("# ")
    begins = [found.start() for found in _HEADING.finditer(text)]
    parts = [text[at:to] for at, to in zip(begins, [*begins[1:], len(text)], strict=True)]
    return Manual(file.stem, title, tuple(_topic(title, part) for part in parts))


def _topic(book: str, text: str) -> Topic:
    (title,) = _HEADING.findall(text)
    windows = frozenset(name for found in _WINDOWS.findall(text) for name in found.split())
    return Topic(book, title, text, windows)
