"""The tasks of a visitor who only hears: a number, a priority number, guest book and survey with six keys.

The kiosk is a process with a real office file; the visitor (`benchmarks/actors/blind.py`) knows only the
clips that it plays. The office's rows show what they did.
"""

import contextlib
import sys
from dataclasses import dataclass
from pathlib import Path

from typing_extensions import override

from benchmarks.place import free_port, make_office, open_office, seat, settings
from benchmarks.process import acting
from benchmarks.rows import BenchmarkRow, BenchmarkRun
from ult_desktop.base.i18n import languages
from ult_desktop.core.queue.commands import Finish, WalkIn

PRESSES, SECONDS, BOOK_PRESSES, PRIORITY_PRESSES = 8, 30, 30, 17
_GOALS = {"number": (PRESSES, SECONDS), "priority": (PRIORITY_PRESSES, None), "book": (BOOK_PRESSES, None)}
LONGEST_S = 900
_TASKS = ("number", "priority", "book", "survey")
_QUICK = ("number", "priority")
# The rows of the office file when all went well.
_PROOFS = {
    "number": "SELECT count(*) FROM ticket WHERE series = 'B' AND number = 1",
    "priority": "SELECT count(*) FROM ticket WHERE priority = 1",
    "book": "SELECT count(*) FROM guest",
    "survey": "SELECT count(*) FROM survey_response WHERE mode = 'kiosk'",
}


@dataclass(frozen=True)
class Errand:
    """A task in a language."""

    task: str
    language: str

    @override
    def __str__(self) -> str:
        return f"{self.task}, {self.language}"


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    tasks = _QUICK if bench.quick else _TASKS
    errands = [Errand(task, language) for language in languages() for task in tasks]
    return [row for errand in errands for row in run_errand(bench.folder, errand)]


def run_errand(folder: Path, errand: Errand, pace: float = 1) -> list[BenchmarkRow]:
    """Run a task in an office of its own, in which nobody was before."""
    place = folder / f"{errand.task}-{errand.language}"
    place.mkdir()
    path = make_office(place)
    if errand.task == "survey":
        _serve_somebody(path)
    station = settings(place, "kiosk", free_port())
    station.write_text(f'language = "{errand.language}"\n{station.read_text("utf-8")}', "utf-8")
    with acting("blind", path, station, errand.task, pace) as visitor:
        done = visitor.wait_for("done", LONGEST_S)
    wrong = [f"{errand}: {done['lost']}"] if done["lost"] else []
    with contextlib.closing(open_office(path, "judge")) as office:
        if not office.read(lambda tx: tx.number(_PROOFS[errand.task])):
            wrong.append(f"{errand}: the office knows nothing of it; heard last: {done['heard']}")
    presses, seconds = _GOALS.get(errand.task, (None, None))
    sys.stdout.writelines(f"! {line}\n" for line in wrong)
    return [
        BenchmarkRow(f"{errand}: not done", len(wrong), "", 0),
        BenchmarkRow(f"{errand}: keys pressed", done["presses"], "", presses),
        BenchmarkRow(f"{errand}: from the first key to the last word", done["seconds"], "s", seconds),
    ]


def _serve_somebody(path: Path) -> None:
    """Serve a visitor, number B001, who can then answer the survey."""
    with contextlib.closing(open_office(path, "desk")) as office:
        officer = seat(office, 1)
        office.perform(WalkIn(counter=1, service_id=2), officer)
        office.perform(Finish(counter=1), officer)
