"""A month of a busy office played again, its cheapest plans, and the forecast held against chance.

Seconds are the processor's, so that other work on the machine does not count.
"""

import random
import time
from statistics import fmean

from benchmarks.rows import BenchmarkRow, BenchmarkRun
from tests.core.queue.test_backtest import simulated
from tests.core.staffing.test_forecast import office
from tests.core.staffing.test_replay import all_day
from ult_desktop.core.queue.calling_order import CounterScope
from ult_desktop.core.staffing.forecast import kept_share
from ult_desktop.core.staffing.replay import USUAL_LIMIT, Staffing, replay_days
from ult_desktop.core.staffing.search import USUAL_SHARE, search_plans
from ult_desktop.core.stamps import DAY_MS

DAYS, COUNTERS, LOAD = 22, 4, 0.85
MONTH_S, SEARCH_S = 2, 10
WEEKS, MEANS = 40, (1.0, 3.0, 8.0)


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    days = simulated(COUNTERS, LOAD, bench.pick(DAYS, 4), bench.seed)
    known = [CounterScope(number=n + 1, services=frozenset({1, 2})) for n in range(COUNTERS)]
    dated = [(day, day.shifts[0].begin // DAY_MS * DAY_MS) for day in days]
    began = time.process_time()
    staffing = Staffing(dated, known, {"A": 1, "B": 2}, random.Random(bench.seed).random)  # noqa: S311  (visits that are played)
    found = replay_days(staffing, "", all_day(COUNTERS + 1), USUAL_LIMIT)
    played = time.process_time() - began
    began = time.process_time()
    plans = search_plans(staffing, "", USUAL_LIMIT, USUAL_SHARE).plans
    return [
        BenchmarkRow("visitors of the month", found.recorded.visitors, ""),
        BenchmarkRow("runs of each plan", staffing.runs, ""),
        BenchmarkRow("played as it was and with another plan", played, "s", MONTH_S),
        BenchmarkRow("cheapest plans looked for", time.process_time() - began, "s", SEARCH_S),
        BenchmarkRow("plans found", len(plans), ""),
        *(_kept(mean, bench.pick(20, 2), bench.seed) for mean in MEANS),
    ]


def _kept(mean: float, offices: int, seed: int) -> BenchmarkRow:
    """Return the share of hours whose range kept what came, over offices of so many visitors an hour."""
    shares = [kept_share(office(WEEKS, mean, seed + n)) for n in range(offices)]
    kept = 100 * fmean(share for share in shares if share is not None)
    return BenchmarkRow(f"hours within their range of 80 %, about {mean:g} visitors an hour", kept, "%")
