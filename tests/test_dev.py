"""A stranger's first command: the lock, the reasons of the dependencies, dev.py itself."""

import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


LOCKED = {
    normal(found[1]): found[2]
    for found in re.finditer(r"^(\S+)==\S+[^\n]*\n((?:    --hash=\S+[^\n]*\n?)*)", LOCK, re.MULTILINE)
}


def asked() -> list[str]:
    """Every requirement of the project, run time and development, as it is written."""
    project: dict[str, Any] = tomllib.loads(PYPROJECT)
    return [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]


@pytest.fixture(scope="module")
def dev() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "dev.py"))


def test_every_locked_package_has_hashes() -> None:
    assert len(LOCKED) > 40
    assert [name for name, hashes in LOCKED.items() if "--hash=sha256:" not in hashes] == []


def test_the_lock_names_no_index() -> None:
    assert "://" not in LOCK
    assert not re.search(r"^\s*(-i|--index|--extra-index|--find-links|-f)\b", LOCK, re.MULTILINE)


def test_every_requirement_is_locked() -> None:
    names = [normal(re.split(r"[\[<>=;~! ]", requirement)[0]) for requirement in asked()]
    assert [name for name in names if name not in LOCKED] == []


def test_the_build_backend_is_locked() -> None:
    requires = tomllib.loads(PYPROJECT)["build-system"]["requires"]
    assert [normal(re.split(r"[<>=]", name)[0]) for name in requires] == ["setuptools"]
    assert "setuptools" in LOCKED


def test_every_run_time_dependency_says_what_it_is_for() -> None:
    block = PYPROJECT.split("\ndependencies = [")[1].split("\n]")[0]
    silent = [line.strip() for line in block.splitlines() if line.strip() and "# " not in line]
    assert silent == []


def test_an_unknown_command_gets_the_usage() -> None:
    asked_for = [sys.executable, str(ROOT / "dev.py"), "nonsense"]
    answer = subprocess.run(asked_for, capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert "setup | test [--all | --night | --engine postgres [--newest] | PYTEST...]" in answer.stdout


def test_an_old_python_gets_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is 3\.10"):
        runpy.run_path(str(ROOT / "dev.py"))


def test_the_fingerprint_follows_lock_and_metadata(
    dev: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken() -> str:
        return str(dev["fingerprint"]())

    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text("one", encoding="utf-8")
    monkeypatch.setitem(dev["fingerprint"].__globals__, "ROOT", tmp_path)
    monkeypatch.setitem(dev["fingerprint"].__globals__, "LOCK", tmp_path / "requirements.lock")
    first = taken()
    assert taken() == first
    (tmp_path / "requirements.lock").write_text("two", encoding="utf-8")
    second = taken()
    (tmp_path / "pyproject.toml").write_text("two", encoding="utf-8")
    assert len({first, second, taken()}) == 3


def test_a_package_counts_under_the_names_it_provides(dev: dict[str, Any]) -> None:
    listing = (
        "ii  libglib2.0-0t64, libglib2.0-0 (= 2.80.0-6), libglib2.0-0:any\nii  libegl1, \nrc  zbar-tools, \n"
    )
    assert dev["provided"](listing) == {"libglib2.0-0t64", "libglib2.0-0", "libegl1"}


def test_packages_that_cannot_be_installed_are_named(
    dev: dict[str, Any], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(dev["install"].__globals__, "missing_packages", lambda wanted: wanted)
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "sudo" else name)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    dev["install"](["libegl1"])
    assert "sudo apt-get install libegl1" in capfd.readouterr().out


def test_the_gate_stops_at_the_first_failure(
    dev: dict[str, Any], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = {"first": ["python", "-c", "raise SystemExit(3)"], "second": ["python", "-c", ""]}
    monkeypatch.setitem(dev["test"].__globals__, "CHECKS", checks)
    monkeypatch.setitem(dev["test"].__globals__, "tool", lambda _name: sys.executable)
    with pytest.raises(SystemExit) as ended:
        dev["test"]([])
    assert ended.value.code == 3
    said = capfd.readouterr().out
    assert "first: not right" in said
    assert "==> second" not in said


@pytest.fixture
def commands(dev: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return the calls of the gate besides the static checks; the programs themselves do nothing."""
    called: list[list[str]] = []

    def pytest_stands(arguments: list[str], environment: object = None) -> str:
        called.append(["pytest", *arguments])
        return "all passed"

    scope = dev["test"].__globals__
    monkeypatch.setitem(scope, "CHECKS", {"first": ["python", "-c", ""]})
    monkeypatch.setitem(scope, "tool", lambda _name: sys.executable)
    monkeypatch.setitem(scope, "pytest", pytest_stands)
    monkeypatch.setitem(scope, "need", lambda command, _sorry: called.append(command[1:2]))
    monkeypatch.setitem(scope, "install", lambda wanted: called.append(["install", *wanted[:1]]))
    monkeypatch.setattr(shutil, "which", lambda name: name)
    return called


def test_the_gate_leaves_the_slow_tests_and_the_coverage_out(
    dev: dict[str, Any], commands: list[list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    dev["test"]([])
    ((*_program, marker, wanted),) = commands
    assert (marker, wanted) == ("-m", "not slow and not slow_night")
    said = capfd.readouterr().out.splitlines()
    assert [line.rsplit(":", 1)[0] for line in said if line.endswith(" s")] == [
        "==> static checks",
        "==> tests",
    ]
    assert said[-1] == "all passed"


def test_the_whole_gate_adds_the_slow_tests_and_a_round_on_a_server(
    dev: dict[str, Any], commands: list[list[str]]
) -> None:
    dev["test"](["--all"])
    wine, windows, quick, slow, on_server = commands
    assert (wine, windows) == (["install", "wine"], ["-m"])
    assert [wanted(each) for each in (quick, slow, on_server)] == [
        "not slow and not slow_night",
        "slow and not slow_night",
        "by_engine and not slow and not slow_night",
    ]
    assert on_server[-2:] == ["--engine", "postgres"]


def test_the_night_has_what_the_whole_gate_leaves_out(dev: dict[str, Any], commands: list[list[str]]) -> None:
    dev["test"](["--night"])
    wine, windows, tests, measured, *reports, on_server, _npm, newest, on_newest = commands
    assert (wine, windows, newest) == (["install", "wine"], ["-m"], ["-m"])
    quick = "not slow and not slow_night"
    assert [wanted(each) for each in (tests, measured, on_server)] == ["slow_night", quick, quick]
    assert "--cov" in measured
    assert reports == [["report"]] * len(dev["FLOORS"])
    assert on_server[-2:] == on_newest[-2:] == ["--engine", "postgres"]
    assert wanted(on_newest) == f"by_engine and {quick}"


def wanted(command: list[str]) -> str:
    return command[command.index("-m") + 1]


def test_named_tests_are_run_as_they_are_named(dev: dict[str, Any], commands: list[list[str]]) -> None:
    dev["test"](["tests/test_dev.py", "-x"])
    assert commands == [["pytest", "tests/test_dev.py", "-x"]]


def test_temporary_files_lie_in_ram_where_there_is_room(
    dev: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = dev["temporary_files"].__wrapped__.__globals__
    monkeypatch.setitem(scope, "RAM", tmp_path)
    monkeypatch.setitem(scope, "RAM_NEEDED", 0)
    with dev["temporary_files"]() as environment:
        assert Path(environment["TMPDIR"]).parent == tmp_path
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setitem(scope, "RAM_NEEDED", 1 << 62)
    with dev["temporary_files"]() as environment:
        assert environment == os.environ


def test_ci_runs_the_whole_gate() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines == ["#!/usr/bin/env bash", 'cd "$(dirname "$0")/.." && exec python3 dev.py test --all']


@pytest.mark.parametrize("page", ["README.md", "docs/it-guide.md", "docs/third-party.md"])
def test_links_between_the_pages_hold(page: str) -> None:
    here = ROOT / page
    links = re.findall(r"\]\(([^)#:]+)\)", here.read_text(encoding="utf-8"))
    assert [link for link in links if not (here.parent / link).exists()] == []


def test_a_program_of_the_environment_has_its_whole_name_on_windows(dev: dict[str, Any]) -> None:
    assert dev["tool"]("python", Path("env"), "posix").endswith("env/bin/python")
    assert dev["tool"]("python", Path("env"), "nt").endswith("python.exe")
    assert "Scripts" in dev["tool"]("python", Path("env"), "nt")


def test_the_lock_leaves_nothing_to_look_for() -> None:
    """The lock is installed as it is, without a look at what each package needs."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "check"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
