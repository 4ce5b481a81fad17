"""The SQL of `db` is what PostgreSQL understands too (docs/store.md, rule 15)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ult_desktop import db

_DB = Path(db.__file__).parent
# Where one of the two is meant: how a file is opened, copied and proved, its schema, and what is a PC's own.
_OF_ONE_ENGINE = {
    *("postgres", "schema", "backup", "lock_check", "migrations.py", "creation.py", "verification.py"),
    *("offline_numbers.py", "journal.py", "drafts.py", "connection.py", "local_file.py", "damage_flag.py"),
    *("watcher.py", "key_ranges.py", "answer_bank.py", "move"),
}
SQLITE_ALONE = re.compile(
    r"\b(?:INSERT|UPDATE) OR\b|\biif\(|->>|\browid\b|\bGLOB\b|\bPRAGMA\b|\bNOTNULL\b|\bISNULL\b"
    r"|\b(?:ifnull|total|strftime|datetime|unixepoch|printf)\("
    # A truth value is no number, and a number none; only SQLite's LIKE folds the letters.
    r"|\bsum\([\w.]+ (?:=|<|>|IN|IS)|\bWHERE [01]\b|\bAND [01]\b|(?<!\)) LIKE \?"
    r"|\bCROSS JOIN \w+ \w+ ON\b"
    # What a value is must be told by what it is held against.
    r"|\? IS (?:NOT )?NULL\b"
)


def _statements() -> Iterator[tuple[str, str]]:
    for path in sorted(_DB.rglob("*.py")):
        if _OF_ONE_ENGINE.isdisjoint(path.relative_to(_DB).parts):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield f"{path.relative_to(_DB)}:{node.lineno}", node.value


def test_no_statement_has_words_of_sqlite_alone() -> None:
    found = [(where, word[0]) for where, text in _statements() if (word := SQLITE_ALONE.search(text))]
    assert found == []


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT OR IGNORE INTO lease VALUES (?)",
        "SELECT iif(priority, 1, 2) FROM ticket",
        "SELECT data ->> '$.label' FROM event",
        "UPDATE guest SET name = ? WHERE rowid = ?",
        "SELECT 1 FROM guest WHERE name LIKE ?",
        "SELECT 1 FROM day_figure WHERE ? IS NULL OR hour = ?",
        "SELECT 1 FROM visit v CROSS JOIN event e ON e.subject = v.ticket_id",
        "SELECT sum(state = 'missed') FROM appointment",
    ],
)
def test_such_words_are_seen(sql: str) -> None:
    assert SQLITE_ALONE.search(sql)
