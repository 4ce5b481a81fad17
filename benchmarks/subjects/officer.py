"""The commonest tasks of an officer: keys and clicks, and how long the program works for each.

Each task is done at a real counter window in an office of its own (`benchmarks/actors/officer.py`); the rows
of the file show that it was done. Letters that are typed as words are not counted as acts. The time is CPU
time: what else runs on the PC does not lengthen it.
"""

from benchmarks.place import free_port, make_office, settings
from benchmarks.process import acting
from benchmarks.rows import BenchmarkRow, BenchmarkRun

LONGEST_S = 120
OWN_MS = 500
# Keys and clicks at most: the best that a fresh reader found, and the goal of the one box for an answer.
GOALS = {
    "call": 1,
    "page": 1,
    "finish": 3,
    "transfer": 3,
    "guest book": 4,
    "reception": 6,
    "case": 3,
    "escalate": 4,
    "back office": 4,
    "answer": 6,
    "phone": 6,
}
_QUICK = ("call", "finish", "answer")


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    return [row for task in (_QUICK if bench.quick else GOALS) for row in run_task(bench, task)]


def run_task(bench: BenchmarkRun, task: str) -> list[BenchmarkRow]:
    """Run a task in an office of its own, in which nobody was before."""
    place = bench.folder / task.replace(" ", "-")
    place.mkdir()
    path = make_office(place)
    with acting("officer", path, settings(place, "counter", free_port()), task) as officer:
        done = officer.wait_for("done", LONGEST_S)
    wrong = [f"{task}: {done['lost']}"] if done["lost"] else []
    if not done["done"]:
        wrong.append(f"{task}: the office knows nothing of it")
    return [
        bench.wrong_row(f"{task}: not done", wrong),
        BenchmarkRow(f"{task}: keys and clicks", done["acts"], "", GOALS[task]),
        BenchmarkRow(
            f"{task}: the slowest of them, CPU until it shows", max(done["spent"], default=0), "ms", OWN_MS
        ),
    ]
