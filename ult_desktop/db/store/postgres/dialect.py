"""The statements of `db` as PostgreSQL takes them.

They are written so that both engines understand them (docs/store.md, rule 15). Three things are left to
translate: the parameters, a collation that PostgreSQL has by another name, and SQLite's hints.
"""

import re
from functools import cache

_TEXT = re.compile(r"('(?:[^']|'')*')")
_HINT = re.compile(r" INDEXED BY \w+")
_FOLDED = re.compile(r"([\w.]+|\?) COLLATE NOCASE")
_PLACE = re.compile(r"\?(\d*)")


@cache  # the statements of this program are constants, and few
def translate(sql: str) -> str:
    """Translate a statement; text between quotes is left as it is."""
    parts = _TEXT.split(sql)
    count = 0

    def place(found: re.Match[str]) -> str:
        nonlocal count
        count += not found[1]
        return f"${found[1] or count}"

    for at in range(0, len(parts), 2):
        parts[at] = _PLACE.sub(place, _FOLDED.sub(r"lower(\1)", _HINT.sub("", parts[at])))
    return "".join(parts)
