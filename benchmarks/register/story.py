"""The truth of a visit: the acts by their minute, what each step took, and what was owed and never done."""

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from random import Random

from benchmarks.register.hours import DAY, Hours

OVER = 1.2  # minutes that a late step is over at least: one, and more than two stations' clocks differ by
LATE_RATE = 0.05
NO_DATA, NO_CASE, NOBODY = "no guest data", "no case", "nobody at the reception"
LAST_ARRIVAL = 75  # minutes before closing: who has come by then is served the same day


@dataclass(frozen=True)
class Act:
    """An act of a person: minutes since the first midnight; `who` is their station, `said` the other data."""

    at: float
    who: str
    what: str
    said: dict[str, object]


@dataclass(frozen=True)
class Spent:
    """A step's own time: minutes of the office, and the days from its beginning to its end."""

    step: int
    minutes: float
    from_day: int = 0
    to_day: int = 0


@dataclass(frozen=True)
class Owed:
    """The steps that were owed and never done; those of one `because` had one reason."""

    step: int
    because: str = ""


Turn = Generator[str, int, None]  # asks for a free desk of a kind, gets its number; the driver moves time


class Chance:
    """The day's dice, and how often they made what happen."""

    def __init__(self, seed: str, hours: Hours, *, always_received: bool = False) -> None:
        self.hours = hours
        self._random = Random(seed)  # noqa: S311  (to be repeated)
        self.on_purpose: Counter[str] = Counter()
        self._booked: set[float] = set()
        self.received = always_received or not self.happens("a day without a receptionist", 0.3)
        self.is_said = not self.received and self.happens("said in the morning", 0.5)

    def happens(self, what: str, rate: float) -> bool:
        """Return whether something goes wrong, or not the plain way, at this rate."""
        if self._random.random() >= rate:
            return False
        self.on_purpose[what] += 1
        return True

    def is_so(self, rate: float) -> bool:
        return self._random.random() < rate

    def between(self, least: float, most: float) -> float:
        return self._random.uniform(least, most)

    def moment_of(self, day: int) -> float:
        """Return a moment of a day when the office is open, early enough to be done by the evening."""
        hours = self.hours
        while not hours.is_open(at := self.between(hours.opening(day), hours.closing(day) - LAST_ARRIVAL)):
            pass
        return at

    def half_hour_of(self, day: int) -> float:
        """Return a half-hour that nobody was promised yet."""
        while (at := self.moment_of(day) // 30 * 30) in self._booked:
            pass
        self._booked.add(at)
        return at

    def pace(self, standard: float) -> float:
        """Return the minutes of a step: within its standard, now and then over it."""
        if self.happens("a step over its minutes", LATE_RATE):
            return standard * self.between(1, 5) + OVER
        return self.brisk(standard)

    def pace_after(self, left_out: float, standard: float) -> float:
        """Return the minutes of a step after one that was left out.

        An observer cannot see where the minutes of the left-out step would have ended.
        """
        if self.happens("a step over its minutes", LATE_RATE):
            return (left_out + standard) * self.between(1, 3) + OVER
        return self.brisk(min(left_out, standard))

    def brisk(self, standard: float) -> float:
        return standard * self.between(0.1, 0.9)


@dataclass
class Story:
    """A visit while its story is made; `at` is its time now, in minutes since the first midnight.

    `further` are the visitor's other matters, each a story of its own, which `is_further`. A visit that
    `is_left_open` ends with the day: nothing informs the office that it is over. `has_data`: the guest book
    is signed; `without_data` are the steps that need it. `without_letter` are those done without the letter
    that they ask for. `ran_over` are steps that were late by another measure than their own minutes.
    """

    name: str
    procedure: str
    hours: Hours
    at: float
    acts: list[Act] = field(default_factory=list)
    spent: list[Spent] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)
    got_up: float | None = None
    is_left_open: bool = False
    is_further: bool = False
    further: list["Story"] = field(default_factory=list)
    has_data: bool = True
    without_data: tuple[int, ...] = ()
    without_letter: tuple[int, ...] = ()
    ran_over: list[int] = field(default_factory=list)

    def act(self, who: str, what: str, **said: object) -> None:
        self.act_at(self.at, who, what, **said)

    def act_at(self, at: float, who: str, what: str, **said: object) -> None:
        """Add an act at a time that the story has passed already."""
        self.acts.append(Act(at, who, what, said))

    def get_up(self) -> None:
        """Free the desk for others, though the story goes on."""
        self.got_up = self.at

    def wait(self, minutes: float) -> None:
        """Let time pass that is nobody's: the queue, or the visitor is away."""
        self.at += minutes

    def step(self, number: int, minutes: float) -> None:
        """Let the step take `minutes`; what is done at its end follows."""
        self.step_until(number, self.at + minutes)

    def step_after(self, number: int, left_out: float, minutes: float) -> None:
        """Let the step take `minutes` after one that was left out, whose standard is `left_out`.

        What is beyond that standard is the step's own, also where a break cuts the minutes shorter than they
        were drawn.
        """
        self.step(number, minutes)
        whole = self.spent.pop()
        self.spent.append(replace(whole, minutes=whole.minutes - left_out))

    def late(self, number: int) -> None:
        """Note that a step was late though no minutes of its own say so."""
        self.ran_over.append(number)

    def step_until(self, number: int, at: float) -> None:
        begin, self.at = self.at, at
        self.spent.append(
            Spent(number, self.hours.open_minutes(begin, at), int(begin // DAY), int(at // DAY))
        )

    def step_since(self, number: int, begin: float) -> None:
        """Count the time since `begin`, whose acts are in the story already, for a step."""
        self.spent.append(Spent(number, self.hours.open_minutes(begin, self.at), int(begin // DAY), self.day))

    def come_again(self, day: int, chance: Chance) -> None:
        """Come again on another day, at some moment that leaves time for what follows."""
        self.at = chance.moment_of(day)

    @property
    def ends_at(self) -> float:
        last = max(act.at for act in self.acts)
        return max(last, self.hours.closing(self.day)) if self.is_left_open else last

    @property
    def day(self) -> int:
        return int(self.at // DAY)

    def owes(self, number: int) -> bool:
        return any(owed.step == number for owed in self.owed)

    def leave_out(self, *numbers: int, because: str = "") -> None:
        self.owed += [Owed(number, because) for number in numbers]
