"""The place of a key in a TOML text, and the error that names a key by its path.

tomllib does not report the lines of keys.
"""

import re
from collections import Counter

Keys = tuple[str | int, ...]
_HEADER = re.compile(r"^\s*(\[\[?)([^\[\]]+)\]")
_KEY = re.compile(r"""^\s*((?:"[^"]*"|'[^']*'|[\w.-])+)\s*=""")


class Contradiction(ValueError):
    """A contradiction between two parts of a document.

    `where` is the path of keys and indexes from the struct that raises it to the value to correct. `todo` is
    what to do about it, "" if the words say it.
    """

    def __init__(self, words: str, where: Keys, todo: str = "") -> None:
        super().__init__(words)
        self.where, self.todo = where, todo


def line_of(where: Keys, text: str) -> int:
    """Return the line (from 1) of the key, else of the closest key or header around it that is written."""
    best, line = 0, 1
    for number, keys in _all_keys(text):
        if keys == where[: len(keys)] and len(keys) > best:
            best, line = len(keys), number
    return line


def _all_keys(text: str) -> list[tuple[int, Keys]]:
    """Return the line and full path of every header and key; a header of an array of tables has its index."""
    seen: Counter[Keys] = Counter()  # how many tables each array has so far
    table: Keys = ()
    lines: list[tuple[int, Keys]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _with_indexes(_split(header[2]), seen)
            if header[1] == "[[":
                table = (*table, seen[table])
                seen[table[:-1]] += 1
            lines.append((number, table))
        elif key := _KEY.match(line):
            lines.append((number, (*table, *_split(key[1]))))
    return lines


def _with_indexes(keys: Keys, seen: Counter[Keys]) -> Keys:
    """Return the keys with the index of the latest table of each array.

    `services.hours` below the second [[services]] means services[1].hours.
    """
    path: Keys = ()
    for key in keys[:-1]:
        path = (*path, key)
        if seen[path]:
            path = (*path, seen[path] - 1)
    return (*path, *keys[-1:])


def _split(dotted: str) -> Keys:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
