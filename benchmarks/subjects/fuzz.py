"""Coverage-guided fuzzing of every reader of outside bytes, each in a process of its own.

Needs `atheris`, which is not among the locked tools: `pip install --group fuzz` (Linux, Python 3.11 to 3.13).
"""

import importlib.util
import re
import shutil
import subprocess
import sys

from benchmarks.fuzzing.targets import TARGETS
from benchmarks.process import ROOT
from benchmarks.rows import BenchmarkRow, BenchmarkRun

FULL_S, QUICK_S = 60, 5
FOUND = ROOT / "bench-output" / "fuzz"


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    if importlib.util.find_spec("atheris") is None:
        sys.exit("atheris is not installed: .venv/bin/python -m pip install --group fuzz")
    seconds = bench.rounds_of(FULL_S, QUICK_S)
    return [row for name in TARGETS for row in _fuzz(name, bench, seconds)]


def _fuzz(name: str, bench: BenchmarkRun, seconds: int) -> list[BenchmarkRow]:
    folder = bench.folder / name
    folder.mkdir()
    arguments = [name, str(folder), str(seconds), str(bench.seed)]
    command = [sys.executable, "-m", "benchmarks.fuzzing.run", *arguments]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)  # noqa: S603
    told = ended.stderr.decode(errors="replace")
    found = [*folder.glob("crash-*"), *folder.glob("timeout-*"), *folder.glob("oom-*")]
    for path in found:
        FOUND.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, FOUND / f"{name}-{path.name}")
    if ended.returncode:
        bench.say([f"{name}: {line}" for line in _last_words(ended.stdout.decode(errors="replace") + told)])
    runs = re.search(r"stat::number_of_executed_units: *(\d+)", told)
    edges = re.findall(r"\bft: (\d+)", told)
    return [
        BenchmarkRow(f"{name}: inputs", int(runs[1]) if runs else 0, ""),
        BenchmarkRow(f"{name}: features reached", int(edges[-1]) if edges else 0, ""),
        BenchmarkRow(f"{name}: found", len(found) + (ended.returncode != 0 and not found), "", 0),
    ]


def _last_words(told: str) -> list[str]:
    """Return the traceback that Python printed, without the fuzzer's own bookkeeping."""
    lines = told.splitlines()
    at = next((n for n, line in enumerate(lines) if "Uncaught Python exception" in line), -20)
    return lines[at:][:40]
