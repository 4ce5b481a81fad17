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
    """A task of the manual. `text` is Markdown with its heading; F1 opens it from `windows`."""

    book: str
    title: str
    text: str
    windows: frozenset[str]


class Manual(NamedTuple):
    """A manual; `name` is that of its file."""

    name: str
    title: str
    topics: tuple[Topic, ...]


def manual_folder(language: str = SOURCE_LANGUAGE) -> Path:
    return paths.resource("manual", language)


def pictures_folder() -> Path:
    """Return the folder in which the build puts the pictures. It may be absent when run from source."""
    return paths.resource("manual", "pictures")


def load_manuals() -> tuple[Manual, ...]:
    """Load the manuals: officers, head, IT person.

    The IT manual in the language in force comes before the other.
    """
    for_it = (("id", "ti"), ("en", "it"))
    books = (
        ("id", "petugas"),
        ("id", "kepala-admin"),
        *sorted(for_it, key=lambda each: each[0] != language()),
    )
    return tuple(_load(manual_folder(of) / f"{name}.md") for of, name in books)


def load_poster() -> str:
    """Load the poster that hangs next to the kiosk, as Markdown."""
    return (manual_folder() / f"{POSTER}.md").read_text(encoding="utf-8")


def topic_of(window: str, manuals: tuple[Manual, ...]) -> Topic:
    """Return the topic of a counter page, a window before it, or a way of the wizard; else the first."""
    topics = [topic for manual in manuals for topic in manual.topics]
    return next((topic for topic in topics if window in topic.windows), topics[0])


def shown_text(topic: Topic) -> str:
    """Return the Markdown without marks, and without pictures that the build has not made."""
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
