"""A past period of the office, ready to be played with any plan of its counters."""

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


def staffing_of(office: Office, period: Period, runs: int | None = None) -> Staffing:
    """Read the days of a period.

    Raises UserError where nobody was called in it.
    """
    known = [row.desk for row in office.read(counters.all_counters)]
    prefixes = office.read(_prefixes)
    chance = random.Random(_SEED)  # noqa: S311  (visits are simulated, nothing is secret)
    staffing = Staffing(_days(office, period), known, prefixes, chance.random, runs)
    if not staffing.days:
        raise UserError(
            _("Tidak ada yang dipanggil dalam {period}.").format(period=period.words),
            _("Tidak ada yang berubah."),
            _("Pilih bulan yang lalu, yang nomornya dipanggil di loket."),
        )
    return staffing


def _prefixes(tx: Transaction) -> dict[str, int]:
    return {row.definition.prefix: row.id for row in services.active(tx)}


def _days(office: Office, period: Period) -> Iterator[tuple[PastDay, int]]:
    """Yield the days with a call; each is read in a transaction of its own."""
    now, zone = office.clock(), office.read(office_rows.zone)
    days = office.read(partial(past_days.days_between, first=period.iso_ends[0], last=period.iso_ends[1]))
    if not days:
        return
    acts = office.read(partial(past_days.counter_acts, since_day=days[0], until_day=days[-1]))
    for name in days:
        day = office.read(partial(past_days.read_day, day=name, now=now, acts=acts))
        yield day, day_begins(name, zone)


def require_known(office: Office, plan: StaffingPlan) -> None:
    """Check a plan. Raises UserError for a service or counter that the office does not have."""
    prefixes = office.read(_prefixes)
    numbers = {row.number for row in office.read(counters.all_counters)}
    for each in plan.counters:
        if unknown := [letter for letter in each.serves if letter not in prefixes]:
            what, known = _("Layanan “{text}” tidak ada.").format(text=unknown[0]), sorted(prefixes)
        elif each.number not in numbers and not each.serves:
            what = _("Loket {n} tidak ada; loket baru menyebut layanannya.").format(n=each.number)
            known = [str(number) for number in sorted(numbers)]
        else:
            continue
        raise UserError(
            what, _("Tidak ada yang berubah."), _("Yang ada: {names}.").format(names=", ".join(known))
        )


def replay(office: Office, period: Period, plan: StaffingPlan, limit: int) -> StaffingReplay:
    """Play a period as it was and with a plan; `limit` in minutes is how long a visitor should wait at most.

    Raises UserError where nobody was called, and for a plan that names what the office does not have.
    """
    require_known(office, plan)
    return replay_days(staffing_of(office, period), period.name, plan, limit)


def search(
    office: Office, period: Period, limit: int, share: int, report_progress: Progress = lambda _part: True
) -> StaffingSearch:
    """Look for the cheapest plans with which `share` of a hundred visitors are called within `limit` minutes.

    Raises UserError where nobody was called in the period.
    """
    return search_plans(staffing_of(office, period), period.name, limit, share, report_progress)
