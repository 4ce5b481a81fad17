"""Visitors in person where POS Sumut tatap muka is run: from the kiosk or reception to the survey."""

from collections.abc import Callable, Generator

from benchmarks.register import matters
from benchmarks.register.story import NO_CASE, NO_DATA, NOBODY, Chance, Story, Turn

PROCEDURE = "sumut-tatap-muka"
FRONT = "front"
PAUSE_MINUTES = 30  # for which the office lets a clock stand while papers are fetched


def from_the_kiosk(story: Story, chance: Chance) -> Turn:
    """Let the visitor write their line at the kiosk, which then takes the part of door and reception.

    Without that line nobody has the visitor's data.
    """
    story.act("kiosk", "number", at_kiosk=True)
    written = not chance.happens("a number without a guest book", 0.1)
    if written:
        story.wait(chance.between(0.5, 4))
        story.act("kiosk", "guest book", purpose="informasi")
    if chance.happens("a number that nobody comes with", 0.04):
        yield from _nobody_comes(story, chance)
        return
    if not written:
        story.leave_out(1, 2, 3, 4, because=NO_DATA)
    yield from _served(story, chance, has_data=written)


def from_the_reception(story: Story, chance: Chance) -> Turn:
    """Welcome a visitor at the door, ask them, write them down, and give them a number and a seat."""
    without = chance.happens("a welcome without a greeting", 0.03)
    story.act("door", "welcome", without="salam" if without else "")
    if without:
        story.leave_out(1)
    if not chance.received:
        story.leave_out(2, 4, because=NOBODY)
        story.act("door", "number", visit=True)
        yield from _served(story, chance, has_data=False)
        return
    story.step(2, chance.pace(3))
    story.act("reception", "purpose")
    story.step(3, chance.pace(3))
    written = not chance.happens("no guest data", 0.05)
    if written:
        story.act("reception", "guest book")
    if chance.is_so(0.7):
        story.act("reception", "lend card")
    story.act("reception", "number", visit=True)
    if not written:
        story.leave_out(3, because=NO_DATA)
    if chance.happens("nobody asked to be seated", 0.05):
        story.leave_out(4)
    else:
        story.step(4, chance.pace(3))
        story.act("reception", "seated")
    yield from _served(story, chance, has_data=written)


def _nobody_comes(story: Story, chance: Chance) -> Turn:
    counter = yield FRONT
    story.act(f"front{counter}", "call", counter=counter)
    story.wait(chance.between(1, 3))
    story.act(f"front{counter}", "no show", counter=counter)


def _served(story: Story, chance: Chance, *, has_data: bool) -> Turn:
    counter = yield FRONT
    officer = f"front{counter}"
    story.act(officer, "call", counter=counter)
    story.step(6, chance.pace(3))
    story.act(officer, "arrive", counter=counter)
    if not chance.received and not has_data and not story.owes(3):
        has_data = True
        story.act(officer, "guest book")
    if chance.happens("nothing written down of a visit", 0.03):
        story.wait(chance.between(1, 2.5))
        story.act(officer, "finish", counter=counter)
        story.leave_out(7, because="" if has_data else NO_DATA)
        story.leave_out(8, 9, 15, 16, because=NO_CASE)
        story.is_left_open = True
        return
    if chance.happens("somebody else's errand without a letter", 0.03):
        yield from _turned_away(story, chance, officer, counter)
        return
    _identified(story, chance, officer, has_data=has_data)
    if chance.happens("a number sent on", 0.06):
        counter = yield from _sent_on(story, chance, counter)
    yield from _asked(story, chance, f"{FRONT}{counter}", counter)


def _sent_on(story: Story, chance: Chance, counter: int) -> Generator[str, int, int]:
    """Send the visitor on to another counter.

    They wait again, and are called where a counter is free next; the wait is the queue's time.
    """
    story.wait(matters.MOMENT)
    story.act(f"{FRONT}{counter}", "transfer", counter=counter)
    story.get_up()
    story.wait(chance.between(0.5, 6))
    other = yield FRONT
    story.act(f"{FRONT}{other}", "call", counter=other)
    story.wait(matters.MOMENT)
    story.act(f"{FRONT}{other}", "arrive", counter=other)
    return other


def _turned_away(story: Story, chance: Chance, officer: str, counter: int) -> Turn:
    """Turn a visitor away: one who goes is owed no further step."""
    story.step(7, chance.pace(3))
    story.act(officer, "identity", for_other=True)
    story.wait(1)
    story.act(officer, "finish", counter=counter)
    yield from ()


def _identified(story: Story, chance: Chance, officer: str, *, has_data: bool) -> None:
    if has_data and chance.happens("identity never verified", 0.03):
        story.leave_out(7)
        story.step_after(8, 3, chance.pace_after(3, 3))
    else:
        story.step(7, chance.pace(3))
        story.act(officer, "identity")
        if not has_data:
            story.leave_out(7, because=NO_DATA)
        if chance.happens("a visitor fetches papers", 0.05):
            fetches_papers(story, chance, officer)
        story.step(8, chance.pace(3))
    story.act(officer, "case")


def fetches_papers(story: Story, chance: Chance, officer: str) -> None:
    """Let the visitor fetch papers: their absence is nobody's time, for as long as that usually takes."""
    story.act(officer, "pause")
    if chance.happens("an officer forgets a pause", 0.4):
        story.wait(PAUSE_MINUTES)
        return
    story.wait(chance.between(4, 25))
    story.act(officer, "resume")


def _asked(story: Story, chance: Chance, officer: str, counter: int) -> Turn:
    if chance.happens("a further matter by the way", 0.05):
        matters.taken_up_again(story, chance, officer)
        story.act(officer, "finish", counter=counter)
        return
    if chance.happens("a further matter in between", 0.05):
        matters.at_once(story, chance, officer)
    story.step(9, chance.pace(3))
    if chance.happens("an applicant withdraws", 0.04):
        story.act(officer, "withdraw")
        story.act(officer, "finish", counter=counter)
        return
    if chance.is_so(0.65):
        story.act(officer, "outcome", outcome="tersedia")
        story.act(officer, "answer")
        _told_with_more(story, chance, officer)
        story.act(officer, "finish", counter=counter)
        return
    story.act(officer, "outcome", outcome="tidak_tersedia")
    yield from _asked_of_others(story, chance, officer, counter)


def _asked_of_others(story: Story, chance: Chance, officer: str, counter: int) -> Turn:
    where = "desk" if chance.is_so(0.3) else "hall" if chance.is_so(0.6) else "left"
    story.step(10, chance.pace(5))
    story.act(officer, "escalate", where=where)
    if where != "desk":
        story.get_up()
    behind_the_desk(story, chance)
    ready = story.at if where == "hall" else None  # the office owes it to whoever sits in the hall
    if where == "hall":
        story.wait(chance.between(0.1, 5))
        counter = yield FRONT
        officer = f"front{counter}"
        story.act(officer, "back into the queue")
        story.act(officer, "call", counter=counter)
        story.wait(chance.between(0.2, 2))
        story.act(officer, "arrive", counter=counter)
    if where == "left":
        story.wait(chance.between(1, 30))
        story.act(officer, "tell", way="telepon")
        matters.closed(story, chance, officer)
        story.is_left_open = story.owes(16)
        return
    matters.told(story, chance, officer, ready)
    story.act(officer, "finish", counter=counter)


def behind_the_desk(story: Story, chance: Chance, reason: Callable[[], str] = str) -> None:
    """Do the back office's part: the time is its own, wherever the visitor is.

    `reason` is what an officer says who hands the case on late.
    """
    story.step(11, _slow(chance, 3))
    story.act("back", "receive")
    if chance.is_so(0.7):
        begin = story.at
        story.step(12, _slow(chance, 3))
        if chance.is_so(0.5):
            story.act_at(chance.between(begin, story.at), "back", "can solve")
        story.act("back", "answer front", reason=reason())
        return
    story.step(12, _slow(chance, 3))
    story.act("back", "cannot solve")
    story.step(13, _slow(chance, 5))
    story.act("back", "refer", reason=reason())
    begin = story.at
    story.step(14, _slow(chance, 5))
    story.act_at(chance.between(begin, story.at), "unit", "direct", reason=reason())
    story.act("back", "answer front", reason=reason())


def _slow(chance: Chance, standard: float) -> float:
    if chance.happens("a back office that takes its time", 0.08):
        return chance.between(standard + 5, 70)
    return chance.pace(standard)


def _told_with_more(story: Story, chance: Chance, officer: str) -> None:
    """Give the answer to a visitor.

    Some have another matter, which is sent to the back office before, or asked at the end.
    """
    if chance.happens("a further matter for the back office", 0.06):
        second = matters.behind_the_desk(story, chance, officer, behind_the_desk)
        matters.told(story, chance, officer)
        matters.told_at_last(story, second, chance, officer)
        return
    matters.told(story, chance, officer)
    if chance.happens("a further matter at the end", 0.06):
        matters.at_once(story, chance, officer)
