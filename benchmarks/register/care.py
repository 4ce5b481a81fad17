"""Vulnerable visitors where POS DKI is run: accompanied in and out, the result at once or days later."""

from dataclasses import dataclass

from benchmarks.register.desk import FRONT
from benchmarks.register.hours import working_days_after
from benchmarks.register.story import NOBODY, Chance, Story, Turn

PROCEDURE = "dki-kelompok-rentan"


def comes(story: Story, chance: Chance) -> Turn:
    story.act("door", "welcome", without="")
    story.act("door", "declare")
    if chance.happens("a visitor who wishes to go alone", 0.08):
        story.act("door", "go alone", leg="in")
    else:
        _accompanied(story, chance, Way(2, "door", "in", 5))
    if chance.received:
        _received(story, chance)
    else:
        story.act("door", "priority number")
        story.leave_out(4, because=NOBODY)
    counter = yield FRONT
    officer = f"{FRONT}{counter}"
    story.act(officer, "call", counter=counter)
    _asked(story, chance, officer, counter)
    yield from _result(story, chance, officer, counter)


def _received(story: Story, chance: Chance) -> None:
    story.step(3, chance.pace(5))
    story.act("reception", "guest book")
    story.act("reception", "priority number")
    if chance.happens("nobody brings them to the counter", 0.06):
        story.leave_out(4)
        return
    story.wait(chance.between(0, 10))
    _accompanied(story, chance, Way(4, "reception", "to_counter", 2, begins_late=False))


def _asked(story: Story, chance: Chance, officer: str, counter: int) -> None:
    walk = chance.brisk(1)
    story.act_at(story.at + walk, officer, "arrive", counter=counter)
    if not chance.received:  # the desk's own step begins with what the reception would have written
        story.wait(walk)
        story.act(officer, "guest book")
        walk = 0
    story.step(5, walk + (chance.pace_after(2, 10) if story.owes(4) else chance.pace(9)))
    story.act(officer, "case")
    story.act(officer, "requirements")
    story.act(officer, "outcome", outcome="tersedia")


@dataclass(frozen=True)
class Way:
    """A way that somebody goes with the visitor; `begins_late`: its step's time runs before they set out."""

    step: int
    who: str
    leg: str
    standard: float
    begins_late: bool = True


def _accompanied(story: Story, chance: Chance, way: Way) -> None:
    minutes = chance.pace(way.standard)
    begins = story.at + (minutes * chance.between(0, 0.5) if way.begins_late else 0)
    story.act_at(begins, way.who, "set out", leg=way.leg)
    story.step(way.step, minutes)
    story.act(way.who, "set down")


def _result(story: Story, chance: Chance, officer: str, counter: int) -> Turn:
    late = chance.happens("a result that comes too late", 0.12)
    days = 4 if late else int(chance.between(0, 3.999))
    if days:
        story.act(officer, "ask ppid", where="fetches")
        story.get_up()
        story.step_until(6, chance.moment_of(working_days_after(story.day, days)))
        story.act("ppid", "answer front")
        story.wait(chance.between(10, 60))
        story.act("reception", "come again")
        story.act("reception", "priority number")
        counter = yield FRONT
        officer = f"{FRONT}{counter}"
        story.act(officer, "call", counter=counter)
        story.wait(chance.between(0.2, 2))
        story.act(officer, "arrive", counter=counter)
    else:
        story.act(officer, "ask ppid", where="desk")
        story.step(6, chance.between(2, 40))
        story.act("ppid", "answer front")
    _handed_over(story, chance, officer, counter)


def _handed_over(story: Story, chance: Chance, officer: str, counter: int) -> None:
    story.step(7, chance.pace(5))
    receipt = not chance.happens("no receipt", 0.08)
    story.act(officer, "tell", way="langsung", receipt=receipt)
    if not receipt:
        story.leave_out(7)
    if chance.happens("a survey refused", 0.1):
        story.act(officer, "refuse survey")
    else:
        story.step(8, chance.pace(5))
        story.act(officer, "survey", assisted=True)
    story.step(9, chance.pace(5))
    story.act(officer, "call security")
    story.act(officer, "close")
    if chance.happens("nobody brings them out", 0.06):
        story.leave_out(10)
    else:
        _accompanied(story, chance, Way(10, "door", "out", 5))
    story.act(officer, "finish", counter=counter)
