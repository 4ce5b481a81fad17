"""The delay from a call committed at a counter to its display on the lobby TV, another process.

It runs from COMMIT having returned to the end of the first frame in which the call can be seen.
"""

import random
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.place import free_port, make_office, open_office, seat, settings
from benchmarks.process import ActorProcess as Process, acting
from benchmarks.rows import BenchmarkRow, BenchmarkRun, percentile
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import CallTicket, IssueTicket, NoShow
from ult_desktop.db.office import office as office_rows
from ult_desktop.devices.lan_hint import LOOPBACK, HintSender
from ult_desktop.operations.office.office import Office

POLL_MS = 500
QUIET = ["[display]", 'voice = "off"', "chime = false"]


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    hinted = _delays(bench, hint=True, calls=bench.pick(120, 20))
    polled = _delays(bench, hint=False, calls=bench.pick(40, 8))
    return [
        *rows_of(f"hint ({len(hinted)} calls)", hinted, 150),
        *rows_of(f"poll of {POLL_MS} ms only ({len(polled)} calls)", polled, POLL_MS + 150),
    ]


def rows_of(way: str, delays: Sequence[float], goal: float | None) -> list[BenchmarkRow]:
    return [
        BenchmarkRow(f"{way}: call to be seen, median", median(delays), "ms"),
        BenchmarkRow(f"{way}: call to be seen, p99", percentile(delays, 0.99), "ms", goal),
    ]


def _delays(bench: BenchmarkRun, *, hint: bool, calls: int) -> list[float]:
    folder = bench.folder / ("hint" if hint else "poll")
    folder.mkdir()
    return delays_at(make_office(folder), folder, hint=hint, calls=calls)


def delays_at(path: Path, folder: Path, *, hint: bool, calls: int) -> list[float]:
    """Return the milliseconds of calls at counter 1 of that office.

    The display's settings lie in `folder`.
    """
    port = free_port()
    station = settings(folder, f"tv-{folder.name}", port, QUIET)
    office = open_office(path, "counter")
    sender = HintSender(office.read(office_rows.load).uid, LOOPBACK, port) if hint else None
    try:
        with acting("lobby", path, station) as display:
            display.wait_for("ready")
            return _call(office, sender, display, calls)
    finally:
        office.close()
        if sender is not None:
            sender.close()


def _call(office: Office, sender: HintSender | None, display: Process, calls: int) -> list[float]:
    officer, kiosk = seat(office, 1), Actor(station="kiosk")
    committed, delays = [0.0], list[float]()

    def on_commit() -> None:
        committed[0] = time.monotonic()
        if sender is not None:
            sender.send()

    office.committed = on_commit
    for _n in range(calls):
        ticket = office.perform(IssueTicket(service_id=1), kiosk).ticket
        _pause(0.6 if sender is None else 0.1)
        office.perform(CallTicket(counter=1, ticket_id=ticket.id), officer)
        delays.append((_seen_at(display, ticket.label) - committed[0]) * 1000)
        office.perform(NoShow(counter=1), officer)
    return delays


def _seen_at(display: Process, label: str) -> float:
    """Return when the call could be seen.

    A busy machine may come to the end of a call before it was painted: then that end is when it was seen.
    """
    seen_at = 0.0
    while (told := display.hear())["kind"] != "over":
        if told.get("label") != label:
            raise RuntimeError(f"{told} instead of {label}")
        seen_at = told["at"]
    return seen_at or told["at"]


def _pause(most: float) -> None:
    """Sleep for a random time: visitors keep no step with the poll."""
    time.sleep(random.uniform(0.05, most))  # noqa: S311
