"""Simulated days of an office: visitors come by chance, counters call them by the office's own rule.

The office gives numbers from 08.00 to 14.00. Half of its visitors come in the first third of these hours, a
sixth in the last. They want one of two services, every tenth is a priority visitor, and one of twenty is not
there when called. Being served takes twelve minutes on average, with a standard deviation of six (lognormal),
and its settings say so.
"""

import math
from collections.abc import Callable, Iterator
from statistics import NormalDist

import msgspec

from ult_desktop.core.office.template import Calling
from ult_desktop.core.queue.backtest import PastDay, PastWait, Shift
from ult_desktop.core.queue.calling_order import CounterScope, WaitingTicket
from ult_desktop.core.queue.hall import Arrival, Hall
from ult_desktop.core.stamps import DAY_MS, MINUTE_MS

Draw = Callable[[], float]  # the next of evenly spread numbers from 0 to 1
SERVICES = (1, 2)
_SECOND_SERVICE, _PRIORITY, _ABSENT = 0.3, 0.1, 0.05  # shares of the visitors
_WALK_MS = 40_000  # from the call to the arrival at the counter
_ABSENCE_MS = 2 * MINUTE_MS  # from the call until an absent visitor is given up
_BETWEEN_MS = 30_000  # from the end of a serving to the counter's next call
_SERVING_MS = 12 * MINUTE_MS  # the mean
_SPREAD = 0.5  # the standard deviation of the serving, as a part of its mean
_OPENS_MS = 8 * 60 * MINUTE_MS  # after midnight
_THIRD_MS = 2 * 60 * MINUTE_MS  # a third of the hours
_RUSH = (1.5, 1.0, 0.5)  # how many come in each third, as a multiple of the mean
CYCLE_MS = round((1 - _ABSENT) * (_WALK_MS + _SERVING_MS) + _ABSENT * _ABSENCE_MS + _BETWEEN_MS)
"""The mean time from a counter's call to its next, while somebody waits."""


class SimulatedOffice(msgspec.Struct, frozen=True, kw_only=True):
    """A simulated office: how many counters it has, and their load, which is 1.0 if they are always busy."""

    counters: int
    load: float


class _Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """A simulated visitor; `serving_ms` None: they are gone when called."""

    ticket: WaitingTicket
    serving_ms: int | None


def simulated_day(office: SimulatedOffice, begins: int, draw: Draw) -> PastDay:
    """Simulate one day; `begins` is its midnight, UTC ms."""
    visitors = {visitor.ticket.id: visitor for visitor in _visitors(office, begins, draw)}
    scopes = [
        CounterScope(number=number, services=frozenset(SERVICES)) for number in range(1, office.counters + 1)
    ]
    policy = Calling()
    hall = Hall(scopes, (), policy)
    visits = []

    def call(ticket: WaitingTicket, counter: int, at: int) -> int:
        serving = visitors[ticket.id].serving_ms
        if serving is None:
            arrived, ended = None, at + _ABSENCE_MS
        else:
            arrived, ended = at + _WALK_MS, at + _WALK_MS + serving
        visits.append(
            PastWait(
                ticket=ticket,
                since=ticket.queued_at,
                counter=scopes[counter].number,
                called_at=at,
                arrived_at=arrived,
                ended_at=ended,
            )
        )
        return ended + _BETWEEN_MS

    hall.begin([begins + _OPENS_MS] * len(scopes), [()] * len(scopes))
    # A list in the order of time is a heap.
    arrivals = [
        Arrival(visitor.ticket.queued_at, number, visitor.ticket) for number, visitor in visitors.items()
    ]
    hall.run_with_arrivals(arrivals, call)
    return PastDay(
        visits=tuple(visits),
        shifts=tuple(Shift(scope=scope, begin=begins + _OPENS_MS, end=begins + DAY_MS) for scope in scopes),
        policy=policy,
        hours=((begins + _OPENS_MS, begins + _OPENS_MS + len(_RUSH) * _THIRD_MS),),
        minutes=dict.fromkeys(SERVICES, _SERVING_MS // MINUTE_MS),
    )


def _visitors(office: SimulatedOffice, begins: int, draw: Draw) -> Iterator[_Visitor]:
    """Yield the visitors in the order in which they come."""
    for number, at in enumerate(_arrivals(office, draw), 1):
        service = SERVICES[1] if draw() < _SECOND_SERVICE else SERVICES[0]
        moment = begins + _OPENS_MS + at
        ticket = WaitingTicket(id=number, service_id=service, queued_at=moment, priority=draw() < _PRIORITY)
        absent = draw() < _ABSENT
        serving = _serving_ms(draw())  # drawn for the absent too, so that each visitor takes as many draws
        yield _Visitor(ticket=ticket, serving_ms=None if absent else serving)


def _arrivals(office: SimulatedOffice, draw: Draw) -> Iterator[int]:
    """Yield when visitors come, in ms after the opening: a Poisson process, denser in the morning."""
    for third, rush in enumerate(_RUSH):
        mean = CYCLE_MS / (office.load * office.counters * rush)
        at = third * _THIRD_MS + _exponential(mean, draw())
        while at < (third + 1) * _THIRD_MS:
            yield round(at)
            at += _exponential(mean, draw())


def _exponential(mean: float, drawn: float) -> float:
    """Return an exponentially distributed value; `drawn` is from 0 to less than 1."""
    return -mean * math.log(1 - drawn)


def _serving_ms(drawn: float) -> int:
    """Return a lognormal serving time, in ms; `drawn` is from 0 to less than 1."""
    sigma = math.sqrt(math.log(1 + _SPREAD**2))
    spread = NormalDist(math.log(_SERVING_MS) - sigma**2 / 2, sigma)
    return round(math.exp(spread.inv_cdf(max(drawn, 2**-53))))  # `inv_cdf` refuses 0
