"""The office now: the visitors at the counters, the steps that are nearly late, faulty stations."""

import msgspec

from ult_desktop.core.procedures.procedure import Step
from ult_desktop.core.procedures.progress import AMBER, StepProgress, share_of_standard
from ult_desktop.core.queue.boards import CounterStatus, HallBoard
from ult_desktop.db.store import stations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.boards import hall_board
from ult_desktop.operations.health.check_result import CheckResult
from ult_desktop.operations.health.stations import check_stations


class PressingStep(msgspec.Struct, frozen=True, kw_only=True):
    """The next step of a visitor at a counter, when most of its standard time is used up."""

    counter: CounterStatus
    step: Step
    progress: StepProgress


class LiveBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The state of the office now.

    `pressing` has the most urgent step first. `troubled` are the stations whose check is not "ok".
    """

    hall: HallBoard
    pressing: tuple[PressingStep, ...]
    troubled: tuple[CheckResult, ...]


def live_board(tx: Transaction, now: int) -> LiveBoard:
    """Return the board as it is at `now` (UTC ms)."""
    hall = hall_board(tx, now)

    def used_share(step: PressingStep) -> float:
        return share_of_standard(step.progress, now)

    steps = (_next_step(tx, counter, now) for counter in hall.counters)
    pressing = [step for step in steps if step is not None and used_share(step) >= AMBER]
    results = check_stations(stations.all_seen(tx), now)
    return LiveBoard(
        hall=hall,
        pressing=tuple(sorted(pressing, key=used_share, reverse=True)),
        troubled=tuple(result for result in results if result.level != "ok"),
    )


def _next_step(tx: Transaction, counter: CounterStatus, now: int) -> PressingStep | None:
    visit = None if counter.current is None else visits.of_ticket(tx, counter.current.id)
    steps = None if visit is None else visit_steps(tx, visit.id, now)
    step = None if steps is None else steps.next_step
    if steps is None or step is None:
        return None
    return PressingStep(counter=counter, step=step, progress=steps.progress.of_step(step.step))
