"""The results as a table to read and as JSON to compare."""

import os
import platform
import sqlite3
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec
from PySide6 import __version__ as qt_version

from benchmarks.rows import BenchmarkRow
from benchmarks.vitals import busy_percent

HEAD = ("what", "figure", "goal", "met")


@dataclass(frozen=True)
class Result:
    """The result of a subject: its rows and how long they took, in seconds."""

    subject: str
    rows: tuple[BenchmarkRow, ...]
    seconds: float


def machine() -> dict[str, str | float | int]:
    """Return the facts of the computer on which the figures were measured."""
    return {
        "when": time.strftime("%Y-%m-%d %H:%M:%S %z"),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count() or 1,
        "busy_percent_before": busy_percent(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "qt": qt_version,
    }


def table(rows: Sequence[BenchmarkRow]) -> str:
    """Return the rows as columns under each other, for a terminal."""
    cells = [HEAD, *((row.what, row.figure, row.goal_text, row.verdict) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    return "\n".join(_line(line, widths) for line in cells) + "\n"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    what, figure, goal, met = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"{what}  {figure.strip().rjust(len(figure))}  {goal}  {met}".rstrip()


def markdown(results: Iterable[Result], where: dict[str, str | float | int]) -> str:
    lines = ["# Benchmarks", "", ", ".join(f"{name} {value}" for name, value in where.items()), ""]
    for result in results:
        lines += [f"## {result.subject}", "", "| what | figure | goal | met |", "|---|--:|---|---|"]
        lines += [f"| {r.what} | {r.figure} | {r.goal_text} | {r.verdict} |" for r in result.rows]
        lines.append("")
    return "\n".join(lines)


def missed(results: Iterable[Result]) -> list[str]:
    """List the figures that are not within their goal."""
    return [row.what for result in results for row in result.rows if row.met is False]


def write(results: Sequence[Result], where: dict[str, str | float | int], folder: Path) -> None:
    """Write `results.md` and `results.json` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.md").write_text(markdown(results, where), encoding="utf-8")
    subjects = [
        {
            "subject": result.subject,
            "seconds": round(result.seconds, 1),
            "rows": [{**asdict(row), "met": row.met} for row in result.rows],
        }
        for result in results
    ]
    document = msgspec.json.format(msgspec.json.encode({"machine": where, "subjects": subjects}))
    (folder / "results.json").write_bytes(document)
