"""The replay of a past period of the office with another plan of its counters, and the search for plans."""

import random
from collections.abc import Iterator
from functools import partial

from ult_desktop.base import UserError, _
from ult_desktop.core.figures.period import Period
from ult_desktop.core.queue.backtest import PastDay
from ult_desktop.core.staffing.plan import StaffingPlan
from ult_desktop.core.staffing.replay import Staffing, StaffingReplay, replay_days
from ult_desktop.core.staffing.search import Progress, StaffingSearch, search_plans
from ult_desktop.core.stamps import day_begins
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.queue import counters, past_days
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office

_SEED = 1  # the same question gets the same answer


def read_staffing(office: Office, period: Period, runs: int | None = None) -> Staffing:
    """Read the days of a period. Raises UserError if nobody was called in it."""
    scopes = [row.scope for row in office.read(counters.all_counters)]
    chance = random.Random(_SEED)  # noqa: S311  (visits are simulated, nothing is secret)
    service_by_prefix = office.read(_read_service_ids)
    staffing = Staffing(_read_days(office, period), scopes, service_by_prefix, chance.random, runs)
    if not staffing.days:
        raise UserError(
            _("Tidak ada yang dipanggil dalam {period}.").format(period=period.words),
            _("Tidak ada yang berubah."),
            _("Pilih bulan yang lalu, yang nomornya dipanggil di loket."),
        )
    return staffing


def _read_service_ids(tx: Transaction) -> dict[str, int]:
    """Return the ids of the services by their prefixes."""
    return {row.definition.prefix: row.id for row in services.active(tx)}


def _read_days(office: Office, period: Period) -> Iterator[tuple[PastDay, int]]:
    """Yield each day with a call, and its midnight (UTC ms). Each is read in a transaction of its own."""
    now, zone = office.clock(), office.read(office_rows.zone)
    days = office.read(partial(past_days.days_between, first=period.iso_ends[0], last=period.iso_ends[1]))
    if not days:
        return
    acts = office.read(partial(past_days.counter_acts, since_day=days[0], until_day=days[-1]))
    for day in days:
        past_day = office.read(partial(past_days.read_day, day=day, now=now, acts=acts))
        yield past_day, day_begins(day, zone)


def require_possible_plan(office: Office, plan: StaffingPlan) -> None:
    """Raise UserError if the plan names a service or counter that the office does not have."""
    service_ids = office.read(_read_service_ids)
    numbers = {row.number for row in office.read(counters.all_counters)}
    for counter in plan.counters:
        unknown = [prefix for prefix in counter.serves if prefix not in service_ids]
        if unknown:
            what, existing = _("Layanan “{text}” tidak ada.").format(text=unknown[0]), sorted(service_ids)
        # A counter that the office does not have yet is possible if the plan says what it serves.
        elif counter.number not in numbers and not counter.serves:
            what = _("Loket {n} tidak ada; loket baru menyebut layanannya.").format(n=counter.number)
            existing = [str(number) for number in sorted(numbers)]
        else:
            continue
        raise UserError(
            what, _("Tidak ada yang berubah."), _("Yang ada: {names}.").format(names=", ".join(existing))
        )


def replay(office: Office, period: Period, plan: StaffingPlan, limit: int) -> StaffingReplay:
    """Replay a period as it was and with a plan. Visitors should wait at most `limit` minutes.

    Raises UserError if nobody was called in the period, or if the plan is impossible.
    """
    require_possible_plan(office, plan)
    return replay_days(read_staffing(office, period), period.name, plan, limit)


def search(
    office: Office, period: Period, limit: int, share: int, report_progress: Progress = lambda _part: True
) -> StaffingSearch:
    """Search for the cheapest plans with which `share` percent of visitors are called within `limit` minutes.

    Raises UserError if nobody was called in the period.
    """
    return search_plans(read_staffing(office, period), period.name, limit, share, report_progress)
