"""The results of a soak: calls missed or doubled, anything lost or reported as a bug, memory that grows."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from statistics import median
from typing import Any

from benchmarks.place import open_office
from benchmarks.survival.soak_place import Sample, SoakFolder


def missed_calls(place: SoakFolder) -> tuple[list[int], list[int]]:
    """List the calls of the log that the display should have shown and did not, and those it showed twice."""
    with closing(sqlite3.connect(f"file:{place.database}?mode=ro", uri=True)) as link:
        rows = link.execute(
            "SELECT seq FROM event WHERE kind IN ('ticket.called', 'ticket.recalled')"
            " AND NOT coalesce(json_extract(data, '$.by_mouth'), 0)"
        )
        logged = [seq for (seq,) in rows]
    missed: list[int] = []
    twice: list[int] = []
    for listens, shown, last in lives(place.told("display")):
        until = max(logged, default=0) if last else max(shown, default=0)
        missed += [seq for seq in logged if listens < seq <= until and seq not in shown]
        twice += [seq for seq, count in Counter(shown).items() if count > 1]
    return missed, twice


def lives(told: Sequence[dict[str, Any]]) -> list[tuple[int, list[int], bool]]:
    """Return each run of the display: after which event it listened, its calls, whether it is the last."""
    starts = [index for index, line in enumerate(told) if line["kind"] == "listens"]
    lives = []
    for index, end in zip(starts, [*starts[1:], len(told)], strict=True):
        shown = [line["seq"] for line in told[index:end] if line["kind"] == "call"]
        lives.append((told[index]["seq"], shown, end == len(told)))
    return lives


def judge(place: SoakFolder) -> list[str]:
    with closing(open_office(place.database, "after")) as office:
        wrong = [f"{finding.check}: {finding.detail}" for finding in office.verify().findings]
    with closing(sqlite3.connect(place.database)) as link:
        labels = Counter(link.execute("SELECT day, label FROM ticket").fetchall())
        requests = {request for (request,) in link.execute("SELECT request FROM event")}
    shown = Counter(line["label"] for line in place.told("kiosk") if line["kind"] == "number")
    known = Counter(label for _day, label in labels)
    wrong += [
        f"shown {n} times, stands {known[label]}: {label}" for label, n in shown.items() if known[label] < n
    ]
    for name in place.names:
        told = place.told(name)
        wrong += [f"{name} is stuck" for line in told if line["kind"] == "stuck"]
        lost = [line for line in told if line["kind"] == "done" and line["request"] not in requests]
        wrong += [f"lost: {line}" for line in lost]
    return [*wrong, *bugs(place)]


def bugs(place: SoakFolder) -> list[str]:
    """List tracebacks in any log of any station, and what was written to standard error."""
    logs = [*(place.folder / "logs").iterdir(), *place.folder.parent.glob("xdg_state_home/**/*.log*")]
    return [f"a bug is told in {log.name}" for log in logs if b"Traceback" in log.read_bytes()]


def growth(samples: Sequence[Sample], value: Callable[[Sample], float]) -> float:
    """Return the growth per minute, after warm-up.

    It goes from the middle third of the longest life of a process to its last third. Medians are compared,
    for a password takes 64 MiB for a moment.
    """
    lives: dict[int, list[Sample]] = {}
    for sample in samples:
        lives.setdefault(sample.pid, []).append(sample)
    life = max(lives.values(), key=len)
    third = len(life) // 3
    middle, last = life[third : 2 * third], life[2 * third :]
    apart = (last[0].at - middle[0].at) / 60
    return (median(map(value, last)) - median(map(value, middle))) / apart


def alone(place: SoakFolder) -> int:
    return sum(bool(line.get("alone")) for line in place.told("kiosk"))


def days(place: SoakFolder) -> int:
    with closing(sqlite3.connect(place.database)) as link:
        return int(link.execute("SELECT count(DISTINCT day) FROM ticket").fetchone()[0])
