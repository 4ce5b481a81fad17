"""Every list that leaves the office as a file: what visitors and officers typed stays text in it."""

import csv
import io
from functools import partial
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.office import PASSWORD, open_office
from ult_desktop.core.access.roles import Actor
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.forms import ReportForm
from ult_desktop.ui.counter.cases.ppid_page import make_register
from ult_desktop.ui.counter.pages.papers import write_table
from ult_desktop.ui.counter.visits.security_page import write_report

FORMULA = "=HYPERLINK(A1)"
FIRST = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.fixture
def hostile(desk: CommandLine) -> CommandLine:
    """An applicant and a guard typed formulas wherever they could."""
    at = ("--database", desk.path)
    assert desk.run("visit", "welcome", *at).code == 0
    assert desk.run("visit", "guest", 1, FORMULA, *at).code == 0
    assert desk.run("case", "open", 1, "Mohon data", *at).code == 0
    more = ("--address", "+1+1", "--contact", "@SUM(A1)", "--occupation", "-2+3")
    assert desk.run("case", "ppid", "register", 1, FORMULA, "\t=1", *more, *at).code == 0
    assert desk.run("visit", "note", FORMULA, *at).code == 0
    return desk


def require_text(sheet: str, delimiter: str, *typed: str) -> None:
    lines = list(csv.reader(io.StringIO(sheet), delimiter=delimiter))
    cells = [cell for line in lines for cell in line]
    assert not [cell for cell in cells if cell.startswith(FIRST)]
    assert not [each for each in typed if f"'{each}" not in cells]


def test_lists_of_the_command_line(hostile: CommandLine) -> None:
    register = hostile.run("case", "ppid", "list", hostile.year, "--csv", "--database", hostile.path).out
    require_text(register, ",", FORMULA, "+1+1", "@SUM(A1)", "-2+3")
    report = hostile.run("visit", "report", "--csv", "--database", hostile.path).out
    require_text(report, ";", FORMULA)


def test_lists_of_the_windows(hostile: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ult_desktop.ui.counter.pages.papers.user_documents_path", lambda: tmp_path)
    office = open_office(hostile.path)
    admin = office.sign_in("admin", PASSWORD)
    register, report = files(office, admin, hostile)
    office.close()
    require_text(register.read_text("utf-8-sig"), ";", FORMULA, "+1+1", "@SUM(A1)", "-2+3")
    require_text(report.read_text("utf-8-sig"), ";", FORMULA)


def files(office: Office, admin: Actor, hostile: CommandLine) -> tuple[Path, Path]:
    day = hostile.now.date().isoformat()
    register = write_table(partial(make_register, hostile.year), ReportForm.LIST, office, admin)
    return register, write_report(day, office, admin)


def test_the_rows_that_an_import_refused(desk: CommandLine, tmp_path: Path) -> None:
    listed, refused = tmp_path / "daftar.csv", tmp_path / "ditolak.csv"
    listed.write_text("Nama;Isi;@Surel\nDedi;Data;bukan surel\n", encoding="utf-8")
    columns = ("--map", "Nama=nama", "--map", "Isi=isi", "--map", "@Surel=surel")
    given = ("--refused", refused, "--database", desk.path, "--officer", "siti")
    assert desk.run("online", "import", listed, *columns, *given).code == 0
    require_text(refused.read_text("utf-8-sig"), ";", "@Surel")
