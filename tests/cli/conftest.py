"""The command line on a fresh office: in this process, or as a program of its own."""

import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.office import PASSWORD, stranger
from tests.program import CommandResult, rows_of
from ult_desktop.cli.program import program
from ult_desktop.db.office import office
from ult_desktop.db.store.server_address import is_server
from ult_desktop.db.store.store import Store


@dataclass(frozen=True)
class CommandLine:
    """Commands on one office file; `queue("call", "--counter", "1")` asks for JSON."""

    path: Path

    @property
    def now(self) -> datetime:
        """Return the time in the office's own zone."""
        store = Store(self.path)
        zone = store.read(office.zone)
        store.close()
        return datetime.fromtimestamp(time.time(), zone)

    @property
    def year(self) -> int:
        """The office's own: it begins hours before the year of UTC."""
        return self.now.year

    @property
    def offset(self) -> str:
        """Return the end of a time of the office: "+08:00"."""
        return self.now.isoformat()[-6:]

    def run(self, *words: object, typed: str = "", **more: str | None) -> CommandResult:
        variables: dict[str, str | None] = {"ULT_PASSWORD": PASSWORD, **more}
        done = CliRunner().invoke(program, [str(word) for word in words], input=typed, env=variables)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return CommandResult(done.exit_code, done.stdout, done.stderr, rows_of(done.stdout))

    def queue(self, command: str, *words: object, password: str = PASSWORD) -> CommandResult:
        given = ("queue", command, *words, "--database", self.path, "--json")
        return self.run(*given, ULT_PASSWORD=password)

    def take(self, service: str = "A", *more: object) -> dict[str, Any]:
        return self.queue("issue", service, *more).row

    def call(self, *more: object, counter: int = 1) -> dict[str, Any]:
        return self.queue("call", *more, "--counter", counter, "--officer", "siti").row


def migrate_further(path: Path) -> None:
    """Migrate the file as a newer program does."""
    into = "_sqlite_migrations (migration_set, name, applied_at) VALUES ('ult_desktop', 'm999', '')"
    if is_server(path):
        into = "applied_migration (name) VALUES ('m999')"
    with closing(stranger(path)) as link:
        link.execute(f"INSERT INTO {into}")
        link.commit()


@pytest.fixture
def desk(office_file: Path, own_home: Path) -> CommandLine:
    return CommandLine(office_file)
