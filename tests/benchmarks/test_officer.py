"""An officer's tasks in few keys and clicks; all of them, with their waits: `benchmarks officer`."""

from pathlib import Path

import pytest

from benchmarks.rows import BenchmarkRun
from benchmarks.subjects.officer import run_task

pytestmark = pytest.mark.usefixtures("own_home")


@pytest.mark.slow
@pytest.mark.parametrize("task", ["reception", "answer", "phone"])
def test_a_task_is_done_in_few_acts(tmp_path: Path, task: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    done, acts, _slowest = run_task(BenchmarkRun(tmp_path), task)
    assert done.value == 0
    assert acts.met
