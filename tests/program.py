"""The program as a process of its own, and what it answered."""

import os
import re
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from ult_desktop.base.process_lock import ProcessLock

ROOT = Path(__file__).parents[1]
PATIENCE_S = 180.0


@dataclass(frozen=True)
class CommandResult:
    """The output of a command, and its exit status."""

    code: int
    out: str
    err: str
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def row(self) -> dict[str, Any]:
        assert self.code == 0, self.err
        (row,) = self.rows
        return row


def rows_of(out: str) -> list[dict[str, Any]]:
    """The lines that are JSON objects."""
    return [msgspec.json.decode(line) for line in out.splitlines() if line.startswith("{")]


def start(*words: object, **variables: str | None) -> "subprocess.Popen[str]":
    """`ult-desktop WORDS`; a variable that is None is left out of its environment."""
    environment = {**os.environ, **{name: value for name, value in variables.items() if value is not None}}
    for name, value in variables.items():
        if value is None:
            environment.pop(name, None)
    return subprocess.Popen(
        [sys.executable, "-m", "ult_desktop", *(str(word) for word in words)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def answer_of(process: "subprocess.Popen[str]") -> CommandResult:
    """Return a command's output; one that does not end is killed, and known by its exit status."""
    try:
        out, err = process.communicate(timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
    return CommandResult(process.returncode, out, without_noise(err), rows_of(out))


def without_noise(said: str) -> str:
    """Less what Qt's libraries say of the machine: the list that pytest-qt reads judges it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    noise = [re.compile(each) for each in settings["tool"]["pytest"]["ini_options"]["qt_log_ignore"]]
    lines = [
        line
        for line in said.splitlines(keepends=True)
        if not any(each.search(re.sub(r"^[\w.]+: ", "", line.rstrip())) for each in noise)
    ]
    return "".join(lines)


def wait_until(fact: Callable[[], bool], process: "subprocess.Popen[Any]") -> None:
    """Until something stands in a file that `process` writes; fails when it ends before."""
    deadline = time.monotonic() + PATIENCE_S
    while not fact():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)


def is_free(path: Path) -> bool:
    """Whether no process holds this lock."""
    lock = ProcessLock(path)
    free = lock.try_lock()
    lock.unlock()
    return free
