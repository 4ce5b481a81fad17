"""Five years of five hundred offices, read by the real command: its seconds, and its memory at its most.

Seconds with a goal are the processor's, so that other work on the machine does not count; the program's
start is among them.
"""

import os
import random
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import msgspec
import psutil

from benchmarks.process import ROOT
from benchmarks.rows import BenchmarkRow, BenchmarkRun
from benchmarks.vitals import cpu_seconds, memory_mib
from tests.core.summary.test_summary import file_of, summary
from ult_desktop.core.figures.figures import Spread
from ult_desktop.core.summary.collecting import TrustedKey
from ult_desktop.core.summary.provinces import provinces
from ult_desktop.core.summary.signing import read_signed
from ult_desktop.core.summary.summary import ServiceNumbers, SummaryElement, rows_of, services_of, times_of
from ult_desktop.operations.summary import folder

OFFICES, MONTHS, FIRST_YEAR = 500, 60, 2021
READ_S, MEMORY_MIB = 10, 200
_LOOK_S = 0.02


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    offices, place = bench.pick(OFFICES, 20), bench.folder / "rekap"
    size = write_summaries(place, offices, random.Random(bench.seed))  # noqa: S311  (invented)
    files = offices * MONTHS
    rows = [BenchmarkRow("files", files, ""), BenchmarkRow("files, together", size / 2**20, "MiB")]
    for what, options in (("read", ("--json",)), ("read, and its page written", ("--html", "rekap.html"))):
        by_clock, seconds, most = _run(bench.folder, place, options)
        rows.append(BenchmarkRow(what, seconds, "s", READ_S))
        rows.append(BenchmarkRow(f"{what}: by the clock", by_clock, "s"))
        rows.append(BenchmarkRow(f"{what}: most memory", most, "MiB", MEMORY_MIB))
    return rows


def write_summaries(place: Path, offices: int, chance: random.Random) -> int:
    """Write the files of all months, and confirm their keys; return their size in bytes."""
    months = [f"{FIRST_YEAR + n // 12}-{n % 12 + 1:02}" for n in range(MONTHS)]
    size, keys, content = 0, dict[str, TrustedKey](), b""
    for number in range(offices):
        code, heads = f"K{number:03}", dict[str, str]()
        province = provinces()[number % len(provinces())].code
        (place / code).mkdir(parents=True)
        for at, month in enumerate(months):
            heads[month] = f"{1000 * at}:{chance.getrandbits(256):064x}"
            visits = chance.randint(100, 900)
            regencies = ((f"{province}.{n:02}", f"Kab. {n}", chance.randint(5, 90)) for n in range(12))
            made = summary(
                code,
                month,
                visits=visits,
                province=province,
                services=services_of([_service(n, number % 7, chance) for n in range(8)]),
                regencies=rows_of(regencies),
                waits=times_of(Spread.of([chance.randint(0, 6_000_000) for _ in range(visits // 4)])),
                elements=_elements(visits // 5),
                heads=dict(heads),
            )
            content = file_of(made)
            size += (place / code / f"{month}.ultrekap").write_bytes(content)
        keys[code] = TrustedKey(name=f"Kantor {code}", key=read_signed(content).key)
    folder.keys_path().parent.mkdir(parents=True, exist_ok=True)
    folder.keys_path().write_bytes(msgspec.json.encode(keys))
    return size


def _service(place: int, variant: int, chance: random.Random) -> ServiceNumbers:
    visits = chance.randint(5, 90)
    return ServiceNumbers(
        key=chr(65 + place),
        name=f"Layanan {place} {variant}",
        visits=visits,
        waits=Spread.of([chance.randint(0, 6_000_000) for _ in range(visits)]),
        respondents=visits,
        elements=_elements(visits),
    )


def _elements(answers: int) -> tuple[SummaryElement, ...]:
    return tuple(SummaryElement(element=f"u{n}", answers=answers, total=3 * answers) for n in range(9))


def _run(here: Path, place: Path, options: tuple[str, ...]) -> tuple[float, float, float]:
    """Return the seconds by the clock and of the processor, and the most memory (MiB), of the command."""
    command = [sys.executable, "-m", "ult_desktop", "summary", "collect", str(place), *options]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    began, spent, most = time.monotonic(), 0.0, 0.0
    with (here / "told.txt").open("wb") as told:
        process = subprocess.Popen(command, cwd=here, env=environment, stdout=told)  # noqa: S603
        while process.poll() is None:
            with suppress(psutil.Error):  # it has just ended
                most = max(most, memory_mib(process.pid))
                spent = cpu_seconds(process.pid)
            time.sleep(_LOOK_S)
    if process.returncode:
        raise RuntimeError(f"summary collect ended with {process.returncode}")
    return time.monotonic() - began, spent, most
