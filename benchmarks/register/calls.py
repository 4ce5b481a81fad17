"""Callers where POS Sumut telepon is run: answered at once, called back, put through, or lost."""

from benchmarks.register.story import Chance, Story, Turn

PROCEDURE = "sumut-telepon"
PHONE, LINE = "phone", "line"


def calls(story: Story, chance: Chance) -> Turn:
    line = yield PHONE
    officer = f"{PHONE}{line}"
    story.act(officer, "pick up")
    if chance.happens("a call without a greeting", 0.04):
        story.leave_out(1)
        story.step(2, chance.pace_after(1, 3))
    else:
        story.step(1, chance.pace(1))
        story.act(officer, "greet")
        if chance.happens("a call that breaks off", 0.04):
            story.wait(chance.between(0.1, 2))
            story.act(officer, "hang up", lost=True)
            return
        story.step(2, chance.pace(3))
    story.act(officer, "caller")
    story.step(3, chance.pace(5))
    if chance.is_so(0.6):
        story.act(officer, "answer caller")
        _closed(story, chance, officer)
        return
    story.act(officer, "weigh")
    if chance.is_so(0.3):
        yield from _put_through(story, chance, officer)
    else:
        story.step(4, chance.pace(2))
        yield from _called_back(story, chance, officer)


def _closed(story: Story, chance: Chance, officer: str) -> None:
    story.step(7, chance.pace(2))
    story.act(officer, "hang up")


def _put_through(story: Story, chance: Chance, officer: str) -> Turn:
    """Put the caller through.

    Giving the answer takes until an officer of the back office has the caller on the line.
    """
    begin = story.at
    story.wait(chance.brisk(1))
    story.act(officer, "forward", live=True)
    yield LINE
    story.wait(chance.brisk(1))
    story.step_since(4, begin)
    story.act("back", "take call")
    story.step(5, chance.pace(10))
    story.act("back", "tell caller", answer="Mulai 15 Desember 2026.")
    story.step(7, chance.pace(2))
    story.act("back", "hang up")


def _called_back(story: Story, chance: Chance, officer: str) -> Turn:
    story.act(officer, "forward")
    story.get_up()
    story.step(5, chance.between(12, 60) if chance.happens("a slow coordination", 0.1) else chance.pace(10))
    story.act("back", "answer front")
    while True:
        story.wait(chance.between(1, 40))
        line = yield PHONE
        officer = f"{PHONE}{line}"
        story.act(officer, "dial")
        if not chance.happens("a call back that nobody takes", 0.2):
            break
        story.wait(chance.between(0.3, 1))
        story.act(officer, "no answer")
        if chance.happens("a call back that is given up", 0.15):
            story.act(officer, "hang up", lost=True)
            return
    story.step(6, chance.pace(5))
    story.act(officer, "tell caller")
    _closed(story, chance, officer)
