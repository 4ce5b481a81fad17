"""One cheap benchmark, run as a person runs it; how long it took is not looked at."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import benchmarks.__main__ as program
from benchmarks.report import Result
from benchmarks.rows import BenchmarkRow
from benchmarks.subjects import simulation

ROOT = Path(__file__).resolve().parents[2]


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_benchmark_leaves_its_rows(tmp_path: Path) -> None:
    ended = bench("issuing", "--quick", "--output", str(tmp_path))
    line = next(line for line in ended.stdout.splitlines() if line.startswith("operation ÷ bare"))
    assert "≤ 1.50 ×" in line
    document = msgspec.json.decode((tmp_path / "results.json").read_bytes())
    (subject,) = document["subjects"]
    lacking = [row["what"] for row in subject["rows"] if row["met"] is False]
    assert ended.returncode == (1 if lacking else 0), ended.stderr
    assert f"{len(lacking)} goals missed" in ended.stdout
    figures = {row["what"]: row["value"] for row in subject["rows"]}
    assert figures["operation ÷ bare"] > 0
    assert figures["two rows by bare sqlite3, median"] > 0
    assert (tmp_path / "results.md").exists()
    assert not list(tmp_path.glob("work-*"))
    assert not (ROOT / ":memory:").exists()


@pytest.mark.slow
def test_a_missed_goal_ends_with_status_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine is capable of: one figure within its goal, one beyond."""
    monkeypatch.setattr(program, "keep_to_folder", lambda _folder: None)
    for figure, status in ((0.9, 0), (1.1, 1)):
        made = Result(
            "Touch", (BenchmarkRow("touch", figure, "s", 1.0), BenchmarkRow("size", 5.0, "MB")), 1.0
        )
        monkeypatch.setattr(program, "measure", lambda _name, _bench, made=made: made)
        assert program.main(["touch", "--output", str(tmp_path)]) == status


def test_a_run_of_simulated_days_ends_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "keep_to_folder", lambda _folder: None)
    monkeypatch.setattr(simulation, "lived", lambda *_days: iter(()))
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    assert program.main(["simulation", "--quick", "--output", str(tmp_path)]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "0 days, 0 acts; faults: none; lost 0, doubled 0, half done 0, otherwise wrong 0"


def test_an_unknown_name_is_refused_with_the_names_there_are(tmp_path: Path) -> None:
    ended = bench("speed", "--output", str(tmp_path))
    assert ended.returncode == 2
    assert "no benchmark is called speed" in ended.stderr
    assert list(tmp_path.iterdir()) == []
