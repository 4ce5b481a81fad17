"""The command line on a fresh office: in this process, or as a program of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from tests.office import PASSWORD
from ult_desktop.cli.program import program

ROOT = Path(__file__).parents[2]
# Without one of these there is no screen; a station must not open the one of whoever runs the tests.
SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@dataclass(frozen=True)
class Answer:
    """What a command said, and its exit status."""

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


@dataclass(frozen=True)
class Desk:
    """Commands on one office file; `queue("call", "--counter", "1")` asks for JSON."""

    path: Path

    def run(self, *words: object, typed: str = "", **variables: str | None) -> Answer:
        variables.setdefault("ULT_PASSWORD", PASSWORD)
        done = CliRunner().invoke(program, [str(word) for word in words], input=typed, env=variables)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Answer(done.exit_code, done.stdout, done.stderr, rows_of(done.stdout))

    def queue(self, command: str, *words: object, **variables: str | None) -> Answer:
        return self.run("queue", command, *words, "--database", self.path, "--json", **variables)

    def take(self, service: str = "A", *more: object) -> dict[str, Any]:
        return self.queue("issue", service, *more).row

    def call(self, *more: object, counter: int = 1) -> dict[str, Any]:
        return self.queue("call", *more, "--counter", counter, "--officer", "siti").row


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Journals, logs and settings of the tests lie apart, for other processes too."""
    for variable in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    for variable in ("ULT_PASSWORD", "ULT_NEW_PASSWORD", "ULT_OFFICER", "ULT_DATABASE"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def desk(office_file: Path) -> Desk:
    return Desk(office_file)


Start = Callable[..., "subprocess.Popen[str]"]


def start(*words: object, **variables: str | None) -> "subprocess.Popen[str]":
    """The program as a process of its own; a variable that is None is left out."""
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


def answer_of(process: "subprocess.Popen[str]") -> Answer:
    out, err = process.communicate(timeout=60)
    return Answer(process.returncode, out, err, rows_of(out))
