"""A random office day as a script: who comes when, who serves them, what goes wrong on purpose."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from benchmarks.register import calls, care, desk, helpdesk, online, plain
from benchmarks.register.hours import DAY, Hours
from benchmarks.register.matters import MOMENT
from benchmarks.register.story import Act, Chance, Story, Turn

DESKS = {desk.FRONT: 12, calls.PHONE: 4, calls.LINE: 1}
Teller = Callable[[Story, Chance], Turn]


@dataclass(frozen=True)
class Sort:
    """A sort of visit: how many of a hundred, under which procedure, and the function for its story."""

    name: str
    share: int
    procedure: str
    tell: Teller


KIOSK = Sort("kiosk", 35, desk.PROCEDURE, desk.from_the_kiosk)
RECEPTION = Sort("reception", 30, desk.PROCEDURE, desk.from_the_reception)
HELPDESK = Sort("helpdesk", 65, helpdesk.PROCEDURE, helpdesk.asks)
CALL = Sort("call", 17, calls.PROCEDURE, calls.calls)
ONLINE = Sort("online", 10, online.PROCEDURE, online.writes)
CARE = Sort("vulnerable", 8, care.PROCEDURE, care.comes)
_AFAR = (CALL, ONLINE, CARE)
OFFICES: dict[str, tuple[Sort, ...]] = {
    "bpmp-sumut": (KIOSK, RECEPTION, *_AFAR),
    "bpmp-kepri": (KIOSK, RECEPTION, *_AFAR),
    "bpmp-dki": (KIOSK, RECEPTION, *_AFAR),
    "bpmp-kaltara": (HELPDESK, *_AFAR),
}
PLAIN = (Sort("plain", 85, desk.PROCEDURE, plain.comes), Sort("plain call", 15, calls.PROCEDURE, plain.rings))
PLAIN_OFFICES = tuple(name for name, sorts in OFFICES.items() if KIOSK in sorts)


@dataclass(frozen=True)
class OfficeDay:
    """A day of an office, and the later days on which what began on it went on.

    `said_at`: when somebody answered that the day goes without a receptionist.
    """

    office: str
    hours: Hours
    stories: tuple[Story, ...]
    received: bool
    said_at: float | None
    on_purpose: Counter[str]
    acts: tuple[tuple[Act, Story], ...] = field(repr=False)

    @property
    def days(self) -> range:
        return range(int(self.acts[-1][0].at // DAY) + 1)


def office_day(office: str, seed: int, visits: int, *, is_plain: bool = False) -> OfficeDay:
    """Make a random day; the same seed gives the same day. A plain one is as offices live it (`plain`)."""
    hours = Hours(((480, 720), (780, 960)), ((480, 690), (780, 960))) if office == "bpmp-kepri" else Hours()
    chance = Chance(f"{office} {seed}", hours, always_received=is_plain)
    sorts = PLAIN if is_plain else OFFICES[office]
    told = [_begun(sort, number, chance) for sort, number in _who_comes(sorts, visits)]
    stories = tuple(_told(told, chance))
    acts = sorted(
        ((act, story) for story in stories for act in _in_order(story)), key=lambda each: each[0].at
    )
    said_at = hours.opening(0) + 35 if chance.is_said else None
    return OfficeDay(office, hours, stories, chance.received, said_at, chance.on_purpose, tuple(acts))


def _in_order(story: Story) -> list[Act]:
    return sorted(story.acts, key=lambda act: act.at)


def _who_comes(sorts: Iterable[Sort], visits: int) -> Iterator[tuple[Sort, int]]:
    for sort in sorts:
        yield from ((sort, number) for number in range(1, round(visits * sort.share / 100) + 1))


def _begun(sort: Sort, number: int, chance: Chance) -> tuple[Story, Sort]:
    return Story(f"{sort.name} {number}", sort.procedure, chance.hours, chance.moment_of(0)), sort


def _told(begun: list[tuple[Story, Sort]], chance: Chance) -> Iterator[Story]:
    """Yield the stories. Each goes on until it asks for a desk; the first to ask gets the first free desk."""
    free = {kind: dict.fromkeys(range(1, count + 1), 0.0) for kind, count in DESKS.items()}
    held: dict[str, tuple[str, int]] = {}
    asking: list[tuple[float, str, Story, Turn, str]] = []
    for story, sort in begun:
        turn = sort.tell(story, chance)
        asking.append((story.at, story.name, story, turn, ""))
    heapify(asking)
    while asking:
        _at, _name, story, turn, kind = heappop(asking)
        number = 0
        if kind:
            number = min(free[kind], key=lambda desk: (free[kind][desk], desk))
            story.at = max(story.at, free[kind][number] + MOMENT)
            held[story.name] = kind, number
        try:
            wanted = turn.send(number) if kind else next(turn)
        except StopIteration:
            wanted = ""
        if story.name in held:
            before, seat = held.pop(story.name)
            free[before][seat] = story.at if story.got_up is None else story.got_up
            story.got_up = None
        if wanted:
            heappush(asking, (story.at, story.name, story, turn, wanted))
        else:
            yield from (story, *story.further)
