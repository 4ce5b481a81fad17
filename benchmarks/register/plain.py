"""A plain day where POS Sumut tatap muka is run, as offices live it: F9 F9, and what its box offers.

Officers write little down while they serve. They press F9, mend some of what the box names, give a reason for
the rest by a digit, and finish. How often they do each is said at the top.
"""

from collections.abc import Callable, Generator
from functools import partial

from benchmarks.register import calls, desk, matters
from benchmarks.register.desk import FRONT
from benchmarks.register.hours import working_days_after
from benchmarks.register.story import NO_DATA, Chance, Story, Turn

SIGNS_AT_THE_KIOSK = 0.55
FIRST_OF_ALL = 0.7  # of the identities are checked before anything else; the others are left to the box
MENDED = {"guest book": 0.75, "identity": 0.75, "offer survey": 0.85}
REASON_GIVEN = 0.9
GIVEN = (8, 9, 15, 16)
STANDARD = {7: 3, 8: 3, 9: 3, 15: 5, 16: 5}
REASONS = ("Antrean sedang ramai", "Pengunjung tergesa-gesa")


def comes(story: Story, chance: Chance) -> Turn:
    has_data = _arrives(story, chance)
    counter = yield from _called(story, chance)
    ways: tuple[tuple[float, Callable[[Story, Chance, int], Turn]], ...] = (
        (0.50, _is_given),
        (0.32, _is_answered),
        (0.06, _waits_in_the_hall),
        (0.07, _comes_for_the_result),
        (0.05, _asks_the_ppid),
    )
    dice = chance.between(0, 1)
    for share, way in ways:
        dice -= share
        if dice < 0:
            story.has_data = has_data
            yield from way(story, chance, counter)
            return


def rings(story: Story, chance: Chance) -> Turn:
    """Ring up, and be called back: before the promised time, after it, or at the second attempt."""
    line = yield calls.PHONE
    officer = f"{calls.PHONE}{line}"
    story.act(officer, "pick up")
    story.step(1, chance.pace(1))
    story.act(officer, "greet")
    story.step(2, chance.pace(3))
    story.act(officer, "caller")
    story.step(3, chance.pace(5))
    if chance.is_so(0.5):
        story.act(officer, "answer caller")
        story.step(7, chance.pace(2))
        story.act(officer, "hang up", reason=_reason(chance))
        return
    story.act(officer, "weigh")
    story.step(4, chance.pace(2))
    yield from _promised(story, chance, officer)


def _promised(story: Story, chance: Chance, officer: str) -> Turn:
    due = story.at + chance.between(20, 60)
    story.act(officer, "forward", promised=due)
    story.get_up()
    story.step(5, chance.pace(10))
    story.act("back", "answer front")
    while True:
        broken = chance.happens("a promise to call back that is broken", 0.2)
        story.wait(chance.between(35, 120) if broken else chance.between(0.5, 3))
        line = yield calls.PHONE
        officer = f"{calls.PHONE}{line}"
        story.act(officer, "dial")
        if not chance.happens("a call back that nobody takes", 0.2):
            break
        story.wait(chance.between(0.3, 1))
        story.act(officer, "no answer")
    past = story.hours.open_minutes(due, story.at) if story.at > due else 0
    dialled = story.at
    story.at += chance.brisk(5)
    story.late(6) if past >= 1 else story.step_since(6, dialled)
    story.act(officer, "tell caller")
    story.step(7, chance.pace(2))
    story.act(officer, "hang up", reason=_reason(chance))


def _arrives(story: Story, chance: Chance) -> bool:
    """Come in; return whether the visitor's data is written down before the call."""
    dice = chance.between(0, 1)
    if dice < 0.55:
        story.act("kiosk", "number", at_kiosk=True)
        written = chance.is_so(SIGNS_AT_THE_KIOSK)
        if written:
            story.wait(chance.between(0.5, 4))
            story.act("kiosk", "guest book", purpose="informasi")
        story.without_data = (1, 2, 3, 4, 7)
        return written
    without = chance.happens("a welcome without a greeting", 0.05)
    story.act("door", "welcome", without="salam" if without else "")
    if without:
        story.leave_out(1)
    story.step(2, chance.brisk(3))
    story.act("reception", "purpose")
    story.step(3, chance.brisk(3))
    # Whom the break overtook at the reception gets a number there: the kiosk gives none.
    joined = dice < 0.8 and story.hours.is_open(story.at)
    written = not chance.happens("no guest data", 0.08)
    if joined:
        story.act("kiosk", "number", at_kiosk=True)
        story.act("reception", "join")
    if written:
        story.act("reception", "guest book")
    if not joined:
        story.act("reception", "number", visit=True)
    if chance.happens("nobody asked to be seated", 0.1):
        story.leave_out(4)
    else:
        story.step(4, chance.brisk(3))
        story.act("reception", "seated")
    story.without_data = (3, 7)
    return written


def _called(story: Story, chance: Chance) -> Generator[str, int, int]:
    """Be called; who misses the call and comes back is called again, and only that call counts."""
    counter = yield FRONT
    story.act(f"{FRONT}{counter}", "call", counter=counter)
    if chance.happens("a visitor who misses the call and comes back", 0.08):
        story.wait(chance.between(1, 4))
        story.act(f"{FRONT}{counter}", "no show", counter=counter)
        story.get_up()
        story.wait(chance.between(3, 40))
        story.act("reception", "come back")
        counter = yield FRONT
        story.act(f"{FRONT}{counter}", "call", counter=counter)
    story.step(6, chance.pace(3))
    story.act(f"{FRONT}{counter}", "arrive", counter=counter)
    return counter


def _identified(story: Story, chance: Chance, officer: str) -> bool:
    """Check the identity first of all, or leave it to the box at the end."""
    if not chance.is_so(FIRST_OF_ALL):
        return False
    story.step(7, chance.pace(3))
    story.act(officer, "identity")
    return True


def _is_given(story: Story, chance: Chance, counter: int) -> Turn:
    """Give what was wanted without a request, and press F9: the office's list says what it was."""
    officer = f"{FRONT}{counter}"
    identified = _identified(story, chance, officer)
    steps = GIVEN if identified else (7, *GIVEN)
    budget, begin = sum(STANDARD[step] for step in steps), story.at
    over = chance.happens("a service given that takes too long", 0.05)
    # What is ticked in the last three minutes is taken for what the box asked for.
    story.wait(budget + chance.between(1.5, 15) if over else chance.between(3.2, budget * 0.9))
    spent = story.hours.open_minutes(begin, story.at)
    _ended(story, chance, counter, identified=identified, outcome="Informasi diberikan")
    if spent >= budget + 1:  # of what one act carried out the last has what the others had no time for
        story.late(16)
    yield from ()


def _is_answered(story: Story, chance: Chance, counter: int) -> Turn:
    """Answer in the one box at the desk, which knows when the question was written and the answer found."""
    officer = f"{FRONT}{counter}"
    identified = _identified(story, chance, officer)
    if identified and chance.happens("a visitor fetches papers", 0.08):
        desk.fetches_papers(story, chance, officer)
    if identified:
        story.step(8, chance.pace(3))
    else:
        story.step_after(8, 3, chance.pace_after(3, 3))
    asked = story.at
    story.step(9, chance.pace(3))
    found = story.at
    story.step(15, chance.pace(5))
    story.act(officer, "answer now", asked=asked, found=found)
    _ended(story, chance, counter, identified=identified)
    yield from ()


def _ended(story: Story, chance: Chance, counter: int, *, identified: bool, outcome: str = "") -> None:
    """Press F9, mend some of what the box names, give a reason for the rest."""
    officer = f"{FRONT}{counter}"

    def mends(what: str) -> bool:
        if not chance.is_so(MENDED[what]):
            return False
        story.wait(matters.MOMENT)
        story.act(officer, what)
        return True

    story.has_data = story.has_data or mends("guest book")
    identified = identified or mends("identity")
    if not story.has_data:
        story.leave_out(*story.without_data, because=NO_DATA)
    elif not identified:
        story.leave_out(7)
    if not mends("offer survey"):
        story.leave_out(16)
    story.wait(matters.MOMENT)
    said = {"leaves": True, "outcome": outcome, "reason": _reason(chance)}
    story.act(officer, "finish", counter=counter, **said)


def _reason(chance: Chance) -> str:
    """Return the reason that an officer gives by a digit for what is left, if they give one."""
    return REASONS[chance.is_so(0.5)] if chance.is_so(REASON_GIVEN) else ""


def _sent_on(story: Story, chance: Chance, counter: int) -> str:
    """Write a request down that the counter cannot answer; return the officer."""
    officer = f"{FRONT}{counter}"
    if not story.has_data:
        story.act(officer, "guest book")
        story.has_data = True
    story.step(7, chance.pace(3))
    story.act(officer, "identity")
    story.step(8, chance.pace(3))
    story.act(officer, "case")
    story.step(9, chance.pace(3))
    story.act(officer, "outcome", outcome="tidak_tersedia")
    story.step(10, chance.pace(5))
    return officer


def _waits_in_the_hall(story: Story, chance: Chance, counter: int) -> Turn:
    """Sit in the hall while the back office answers; some are forgotten there with the answer ready."""
    officer = _sent_on(story, chance, counter)
    story.act(officer, "escalate", where="hall", reason=_reason(chance))
    story.get_up()
    desk.behind_the_desk(story, chance, partial(_reason, chance))
    ready = story.at
    forgotten = chance.happens("a visitor forgotten in the hall", 0.4)
    story.wait(chance.between(8, 40) if forgotten else chance.between(0.1, 2))
    counter = yield FRONT
    officer = f"{FRONT}{counter}"
    story.act(officer, "back into the queue")
    story.act(officer, "call", counter=counter)
    story.wait(chance.between(0.2, 1))
    story.act(officer, "arrive", counter=counter)
    story.wait(chance.brisk(1))
    story.step_since(15, ready)
    _told(story, chance, counter)


def _comes_for_the_result(story: Story, chance: Chance, counter: int) -> Turn:
    """Go home, and come on a later day for what the back office answered."""
    officer = _sent_on(story, chance, counter)
    story.act(officer, "escalate", where="fetches", reason=_reason(chance))
    story.get_up()
    desk.behind_the_desk(story, chance, partial(_reason, chance))
    story.come_again(working_days_after(story.day, 1 + int(chance.between(0, 2.999))), chance)
    story.act("reception", "come again")
    story.act("reception", "number again")
    counter = yield FRONT
    officer = f"{FRONT}{counter}"
    story.act(officer, "call", counter=counter)
    story.wait(chance.between(0.2, 2))
    story.act(officer, "arrive", counter=counter)
    story.step(15, chance.pace(5))
    _told(story, chance, counter)


def _told(story: Story, chance: Chance, counter: int) -> None:
    """Hear the answer at the counter, and go."""
    officer = f"{FRONT}{counter}"
    story.act(officer, "tell", way="langsung")
    _closed(story, chance, officer)
    story.act(officer, "finish", counter=counter, leaves=True, reason=_reason(chance))


def _asks_the_ppid(story: Story, chance: Chance, counter: int) -> Turn:
    """Ask at the counter for what PPID decides on, within the days of the law."""
    officer = _sent_on(story, chance, counter)
    story.act(officer, "ask ppid", where="fetches", reason=_reason(chance))
    story.get_up()
    received = story.at + chance.between(5, 60)
    story.come_again(working_days_after(story.day, 1 + int(chance.between(0, 7.999))), chance)
    story.act_at(received, "ppid", "receive")
    story.act("ppid", "answer front")
    story.wait(chance.between(1, 30))
    story.act(officer, "tell", way="telepon")
    _closed(story, chance, officer)
    yield from ()


def _closed(story: Story, chance: Chance, officer: str) -> None:
    story.step(16, chance.pace(5))
    story.act(officer, "close")
    story.wait(matters.MOMENT)
    story.act(officer, "offer survey")
