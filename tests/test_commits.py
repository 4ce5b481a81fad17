"""Commits since the baseline say where, what and why: `area: imperative`, 72 characters, a body."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
BASELINE = "a998bdbe166f95fe71744573737a9787f1be8d2b"
"""The last commit to which the rule does not apply."""

LONGEST = 72
SUBJECT = re.compile(r"[a-z0-9][a-z0-9 ,/_.-]*: \S.*")
FORM = "--format=%H%x1f%s%x1f%b%x1e"


class Commit(NamedTuple):
    """One commit as `git log` tells it."""

    hash: str
    subject: str
    body: str


def git(folder: Path, *arguments: str) -> str | None:
    """Return the answer of git; None where there is no git, no repository or no such commit."""
    program = shutil.which("git")
    if program is None:
        return None
    told = subprocess.run([program, "-C", folder, *arguments], capture_output=True, check=False)
    return told.stdout.decode("utf-8", "replace") if told.returncode == 0 else None


def read_log(log: str) -> list[Commit]:
    parts = (entry.strip("\n").split("\x1f") for entry in log.split("\x1e") if entry.strip())
    return [Commit(each_hash, subject, body) for each_hash, subject, body in parts]


def faults(commit: Commit) -> list[str]:
    found = []
    if not SUBJECT.fullmatch(commit.subject):
        found.append("not `area: imperative`")
    if len(commit.subject) > LONGEST:
        found.append(f"{len(commit.subject)} characters")
    if not commit.body.strip():
        found.append("no body that says why")
    return found


def faulty(log: str) -> dict[str, list[str]]:
    told = {f"{commit.hash[:10]} {commit.subject}": faults(commit) for commit in read_log(log)}
    return {name: found for name, found in told.items() if found}


def test_new_commits_keep_to_the_form(capsys: pytest.CaptureFixture[str]) -> None:
    """Without the baseline (an exported tree, a cut history) what can be seen is told, and nothing fails."""
    log = git(ROOT, "log", "--no-merges", FORM, f"{BASELINE}..HEAD")
    if log is not None:
        assert faulty(log) == {}
        return
    seen = faulty(git(ROOT, "log", "--no-merges", FORM, "--max-count=20") or "")
    with capsys.disabled():
        sys.stdout.write(
            f"\n{BASELINE[:10]} is not in this history; what can be seen: {seen or 'no fault'}\n"
        )


def test_what_is_wrong_would_be_found(tmp_path: Path) -> None:
    good = Commit("1", "db: Retry a busy commit", "A reader was in the way.\n")
    assert faults(good) == []
    assert faults(good._replace(subject="ui/kiosk: " + "x" * 62)) == []
    assert faults(good._replace(subject="ui/kiosk: " + "x" * 63)) == ["73 characters"]
    assert faults(good._replace(subject="Retry a busy commit")) == ["not `area: imperative`"]
    assert faults(good._replace(subject="DB: Retry")) == ["not `area: imperative`"]
    assert faults(good._replace(body="\n")) == ["no body that says why"]
    log = "1\x1fdb: Retry\x1fWhy.\n\x1e\n2\x1fRetry\x1f\x1e\n"
    assert faulty(log) == {"2 Retry": ["not `area: imperative`", "no body that says why"]}
    assert git(tmp_path, "log") is None
