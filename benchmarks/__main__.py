"""The command `python -m benchmarks [name …] [--quick]`: run, show the table, keep it in `bench-output/`.

The status is 1 when a goal was missed.
"""

import argparse
import importlib
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.report import Result, machine, missed, table, write
from benchmarks.rows import DEFAULT_SEED, BenchmarkRow, BenchmarkRun, number_of_seed

SUBJECTS = {
    "issuing": "Issuing a ticket against bare sqlite3",
    "repaint": "Call committed → display repainted, in another process",
    "crowd": "Processes issuing and calling at once",
    "history": "A full file against an empty one",
    "start": "Cold start and memory",
    "ticker": "Running text at 1920×1080",
    "touch": "Touch → ticket on paper",
    "officer": "The commonest tasks of an officer: keys, clicks and waits",
    "unaided": "Six keys and a headset: what a visitor who does not see the screen gets done",
    "crash": "kill -9 among several processes",
    "soak": "An office day at 60 times the speed",
    "hostile": "A hostile week: clocks, sleepers, old programs, older copies, poison",
    "simulation": "Simulated office days: every fault in every order, one seed each",
    "large": "A large file: verified and backed up at work, lost and rebuilt",
    "fuzz": "Readers of outside bytes under coverage-guided fuzzing",
    "reports": "Ten years of an office, told",
    "staffing": "A month with another plan, the cheapest plans, and next week's visitors",
    "summaries": "The months of five hundred offices, read and added up",
    "twins": "Random office days on SQLite and PostgreSQL, compared",
    "engines": "SQLite on this disk and PostgreSQL on this computer, side by side",
    "server": "Clients killed, the server crashed and gone",
    "share": "The round trips that acts and a station at rest ask of a share",
    "lists": "A list of requests understood and written, in a file and on a server",
    "register": "The register of deviations against the truth of simulated days",
}
# Named to run: they prove rather than measure, and take as long as they are given.
ON_REQUEST = {
    "crash",
    "soak",
    "hostile",
    "simulation",
    "large",
    "fuzz",
    "reports",
    "staffing",
    "summaries",
    "twins",
    "engines",
    "server",
    "lists",
}
OUTPUT = Path(__file__).resolve().parents[1] / "bench-output"


def measure(name: str, bench: BenchmarkRun) -> Result:
    """Run one subject in a folder of its own."""
    bench = replace(bench, folder=bench.folder / name)
    bench.folder.mkdir()
    began = time.monotonic()
    rows: Sequence[BenchmarkRow] = importlib.import_module(f"benchmarks.subjects.{name}").measure(bench)
    return Result(SUBJECTS[name], tuple(rows), time.monotonic() - began)


def keep_to_folder(folder: Path) -> None:
    """Keep journals, logs and settings of the stations under `folder`, not among this PC's own."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(folder / name.lower())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(SUBJECTS))
    parser.add_argument("--quick", action="store_true", help="fewer rounds, a smaller history")
    found = "repeats what crash, server, hostile, fuzz, register or twins has found"
    parser.add_argument(
        "--seed", default=str(DEFAULT_SEED), help=f"{found}; a day of simulation is VERSION.SEED[,…]"
    )
    rounds = "cuts or kills; seconds of soak, of fuzz for each reader; days of register, twins"
    parser.add_argument("--rounds", "--days", type=int, help=rounds)
    parser.add_argument("--minutes", type=float, help="of hostile, simulation (which goes on where it ended)")
    parser.add_argument(
        "--mutants", action="store_true", help="of simulation, hostile: find errors put in on purpose"
    )
    parser.add_argument(
        "--engine", choices=("postgres",), default="", help="of simulation: the office lies on a server"
    )
    parser.add_argument("--office", help="the ready-made one of register, twins, else all")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder of the results")
    options = parser.parse_args(arguments)
    output = options.output.absolute()
    try:
        seed = number_of_seed(options.seed)
    except ValueError as error:
        parser.error(str(error))
    unknown = set(options.names) - SUBJECTS.keys()
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    where, results = machine(), []
    output.mkdir(parents=True, exist_ok=True)
    # Next to the results, not in the system's temporary folder: that one may be in memory.
    # A station that hangs in a slow share is left behind, and may write there until this process ends.
    with tempfile.TemporaryDirectory(dir=output, prefix="work-", ignore_cleanup_errors=True) as work:
        keep_to_folder(Path(work))
        bench = BenchmarkRun(Path(work), options.quick, seed, options.rounds, options.minutes, options.office)
        if options.names in (["simulation"], ["hostile"]):
            plan = options.seed if "." in options.seed else ""
            bench = replace(bench, output=output, plan=plan, mutants=options.mutants, engine=options.engine)
        for name in options.names or [each for each in SUBJECTS if each not in ON_REQUEST]:
            result = measure(name, bench)
            sys.stdout.write(f"\n{result.subject}  ({result.seconds:.0f} s)\n{table(result.rows)}")
            sys.stdout.flush()
            results.append(result)
    write(results, where | {"quick": int(options.quick)}, output)
    lacking = missed(results)
    sys.stdout.write(f"\n{len(lacking)} goals missed. {output / 'results.md'}\n")
    sys.stdout.writelines(f"{line}\n" for line in bench.endings)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
