"""The round trips that acts and a station at rest ask of a share, and the time a link makes of them.

SQLite runs as on a Windows PC to which the server grants no lease (`survival/share_model.py`). A round trip
is counted for each call that such a PC sends; a link's time is their number times its length. Over one that
is long, uneven and loses packets the counts are played, and a kiosk and a counter work.
"""

import contextlib
import random
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.actors.reporter import report
from benchmarks.bare import issue
from benchmarks.place import free_port, make_office, open_office, seat
from benchmarks.process import acting
from benchmarks.rows import BenchmarkRow, BenchmarkRun, percentile
from benchmarks.survival.share_model import ShareModel, SlowLink
from benchmarks.survival.slow_office import at_work, wait
from ult_desktop.base.config import SyncConfig
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Answer, Command
from ult_desktop.core.queue import commands
from ult_desktop.db.store.watcher import HINT_LATE_S
from ult_desktop.devices.lan_hint import LOOPBACK, HintSender
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup

LINKS_MS = (2, 5, 10, 20)
AT_REST = 20.0  # round trips a second that a station among ten may cost an old NAS without LAN hints
HINTED = 8.0  # and with them
MEDIAN_S, P95_S, CHANGES = 3.0, 8.0, 1.0  # of an act each five seconds over such a link; changes a minute
UNEVEN = "20 ms ± 10, 1 % lost"
REST_S, QUICK_REST_S = 60, 20
WORK_S, QUICK_WORK_S = 300, 30
SETTLED_S = 30.0
"""The seconds after its start in which a station has also had its first look of the upkeep."""

PLAYED = 1000
ACTS = ("number, another PC wrote before", "call", "arrival", "end")
OTHER = "size, opened, closed"
_KINDS = {
    "lock": "locks",
    "unlock": "locks",
    "is reserved": "locks",
    "read": "pages and headers read",
    "write": "pages and headers written",
    "sync": "syncs",
    "truncate": "truncated",
    "stat": "whether the path leads to it",
}


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    folder, seconds = bench.folder / "share", bench.pick(REST_S, QUICK_REST_S)
    folder.mkdir()
    path = make_office(folder)
    model, uneven = ShareModel(path.parent), SlowLink(0.02, 0.01, 0.01, random.Random(bench.seed))  # noqa: S311
    with model.at_work():
        asked = _acts(path, model)
        alone, beside, hinted = _at_rest(path, model, seconds)
        worked = _worked(path, model, uneven, bench.pick(WORK_S, QUICK_WORK_S))
    rows = [row for act, count in asked.items() for row in _rows(f"{act}: round trips", count)]
    trips = asked[ACTS[0]].total()
    rows += [BenchmarkRow(f"such a number on a link of {ms} ms", trips * ms, "ms") for ms in LINKS_MS]
    acts = [count.total() for name, count in asked.items() if name in ACTS]
    played = [uneven.seconds(trips) for trips in acts for _time in range(PLAYED)]
    rows += _times(f"number, call, arrival, end: {UNEVEN}, played", played)
    rows += worked
    rows += _rows("a kiosk at rest, alone: round trips", alone, "/s", seconds)
    rows += _rows("a kiosk at rest, nine others report: round trips", beside, "/s", seconds, AT_REST)
    return [*rows, *_rows("the same where hints come: round trips", hinted, "/s", seconds, HINTED)]


def _rows(
    what: str, asked: Counter[str], unit: str = "", seconds: float = 1.0, goal: float | None = None
) -> Iterator[BenchmarkRow]:
    """Yield the row of all round trips, and one for each kind of them."""
    kinds: Counter[str] = Counter()
    for name, count in asked.items():
        file, _space, call = name.partition(" ")
        own = file.removeprefix("office.db") in ("", "-journal")
        kinds[f"{file}, {_KINDS.get(call, OTHER)}" if own else "beside it, small files and names"] += count
    yield BenchmarkRow(what, asked.total() / seconds, unit, goal)
    for kind, count in kinds.most_common():
        yield BenchmarkRow(f"    {kind}", count / seconds, unit)


def _times(what: str, seconds: list[float]) -> list[BenchmarkRow]:
    return [
        BenchmarkRow(f"{what}: median", percentile(seconds, 0.5), "s", MEDIAN_S),
        BenchmarkRow(f"{what}: p95", percentile(seconds, 0.95), "s", P95_S),
    ]


def _worked(path: Path, model: ShareModel, link: SlowLink, seconds: int) -> list[BenchmarkRow]:
    """Let a kiosk and a counter work over the link, an act each five seconds in turn."""
    stations = at_work(path, seconds, partial(setattr, model, "link", link))
    model.link = None
    what = f"an act each 5 s over {UNEVEN}"
    changes = max(len(each.states) for each in stations) * 60 / seconds
    return [
        *_times(what, [took for each in stations for took in each.took]),
        BenchmarkRow(f"{what}: refused", sum(len(each.refused) for each in stations), "", 0),
        BenchmarkRow(f"{what}: a station's changes of state", changes, "/min", CHANGES),
    ]


def _acts(path: Path, model: ShareModel) -> dict[str, Counter[str]]:
    asked: dict[str, Counter[str]] = {}
    pcs = path.parent.parent
    kiosk, desk = (open_office(path, name, pcs / f"{name}.db") for name in ("kios-1", "loket-1"))
    visitor = Actor(station="kios-1")

    def count(name: str, act: Callable[[], object]) -> None:
        model.asked.clear()
        act()
        asked[name] = Counter(model.asked)

    def ask(name: str, office: Office, by: Actor, command: Command[Answer]) -> None:
        count(name, lambda: office.perform(command, by))

    with contextlib.closing(kiosk), contextlib.closing(desk):
        kiosk.perform(commands.IssueTicket(service_id=1), visitor)
        officer = seat(desk, 1)
        for name in (ACTS[0], "number"):
            ask(name, kiosk, visitor, commands.IssueTicket(service_id=1))
        ask("call", desk, officer, commands.CallNext(counter=1))
        ask("arrival", desk, officer, commands.Arrive(counter=1))
        ask("end", desk, officer, commands.Finish(counter=1))
        count("kiosk's board", kiosk.kiosk_board)
        count("counter's board", lambda: desk.counter_board(1))
        report(kiosk)
        count("report", partial(report, kiosk))
    return asked


def _at_rest(path: Path, model: ShareModel, seconds: int) -> list[Counter[str]]:
    """Return what a kiosk's link asked in so many seconds: alone, beside nine that report, with hints too."""
    sync = SyncConfig(hint_address=LOOPBACK, hint_port=free_port())
    link = OfficeLink(StationSetup(path, path.parent.parent / "rest.db", "kios-9", "kiosk", sync))
    link.changed.connect(partial(link.read_board, lambda _board: None))
    wait(SETTLED_S)
    asked = [_asked_in(model, seconds)]
    with acting("reporter", path, "loket-2") as others:
        others.wait_for("ready")
        asked.append(_asked_in(model, seconds))
        with contextlib.closing(open_office(path, "loket-1", path.parent.parent / "hint.db")) as office:
            issue(office)
            sender = HintSender(office.uid, sync.hint_address, sync.hint_port)
            sender.send()
            sender.close()
        wait(HINT_LATE_S)
        asked.append(_asked_in(model, seconds))
    link.close()
    return asked


def _asked_in(model: ShareModel, seconds: int) -> Counter[str]:
    model.asked.clear()
    wait(seconds)
    return Counter(model.asked)
