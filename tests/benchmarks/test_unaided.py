"""Each errand by ear and six keys, heard eight times as fast; at people's own pace: `benchmarks unaided`."""

from pathlib import Path

import pytest

from benchmarks.subjects.unaided import Errand, run_errand
from ult_desktop.base.i18n import languages

pytestmark = pytest.mark.usefixtures("own_home")


@pytest.mark.slow
@pytest.mark.parametrize("task", ["number", "priority", "book", "survey"])
@pytest.mark.parametrize(
    "language",
    [pytest.param(each, marks=pytest.mark.slow_night if each != "id" else ()) for each in languages()],
)
def test_what_is_heard_is_enough(
    tmp_path: Path, language: str, task: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    done, presses, _seconds = run_errand(tmp_path, Errand(task, language), pace=8)
    assert done.value == 0
    assert presses.goal is None or presses.value <= presses.goal
