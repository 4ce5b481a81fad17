"""The round trips that acts and a station at rest ask of a share, and the time a link makes of them.

SQLite runs as on a Windows PC to which the server grants no lease (`survival/share_model.py`). A round trip
is counted for each call that such a PC sends; a link's time is their number times its length.
"""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from benchmarks.place import make_office, open_office, seat
from benchmarks.rows import BenchmarkRow, BenchmarkRun
from benchmarks.survival.share_model import ShareModel
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Answer, Command
from ult_desktop.core.queue import commands
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.store.watcher import Watcher
from ult_desktop.operations.office.office import Office

POLL_S = 0.5
LINKS_MS = (2, 5, 10, 20)


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    folder = bench.folder / "share"
    folder.mkdir()
    path = make_office(folder)
    model = ShareModel(path.parent)
    with model.at_work():
        asked = _acts(path, model)
        rest = _at_rest(path, model, bench.pick(20, 5))
    rows = [BenchmarkRow(f"{act}: round trips", count, "") for act, count in asked.items()]
    issue = asked["number, another PC wrote before"]
    rows += [BenchmarkRow(f"such a number on a link of {ms} ms", issue * ms, "ms") for ms in LINKS_MS]
    return [*rows, BenchmarkRow("the watcher's looks, nobody writes: round trips", rest, "/s")]


def _acts(path: Path, model: ShareModel) -> dict[str, int]:
    asked: dict[str, int] = {}
    pcs = path.parent.parent
    kiosk, desk = (open_office(path, name, pcs / f"{name}.db") for name in ("kios-1", "loket-1"))
    visitor = Actor(station="kios-1")

    def count(name: str, act: Callable[[], object]) -> None:
        model.asked.clear()
        act()
        asked[name] = model.asked.total()

    def ask(name: str, office: Office, by: Actor, command: Command[Answer]) -> None:
        count(name, lambda: office.perform(command, by))

    with contextlib.closing(kiosk), contextlib.closing(desk):
        kiosk.perform(commands.IssueTicket(service_id=1), visitor)
        officer = seat(desk, 1)
        for name in ("number, another PC wrote before", "number"):
            ask(name, kiosk, visitor, commands.IssueTicket(service_id=1))
        ask("call", desk, officer, commands.CallNext(counter=1))
        ask("arrival", desk, officer, commands.Arrive(counter=1))
        ask("end", desk, officer, commands.Finish(counter=1))
        count("kiosk's board", kiosk.kiosk_board)
        count("counter's board", lambda: desk.counter_board(1))
        here = Presence(name="kios-1", mode="kiosk", version="1", boot="b", seen_at=kiosk.clock())
        kiosk.report_presence(here)
        count("report", lambda: kiosk.report_presence(msgspec.structs.replace(here, seen_at=kiosk.clock())))
    return asked


def _at_rest(path: Path, model: ShareModel, seconds: int) -> float:
    """Return the round trips a second of a watcher while nobody writes."""
    watcher = Watcher(path, POLL_S, lambda: None, lambda _reached: None)
    watcher.start()
    time.sleep(1)
    model.asked.clear()
    time.sleep(seconds)
    asked = model.asked.total()
    watcher.close()
    return asked / seconds
