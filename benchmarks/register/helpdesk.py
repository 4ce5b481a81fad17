"""Visitors in person where POS Kaltara is run: from the kiosk to the helpdesk, and again by appointment."""

from benchmarks.register.desk import FRONT
from benchmarks.register.hours import DAY, working_days_after
from benchmarks.register.story import NO_CASE, NO_DATA, Chance, Story, Turn

PROCEDURE = "kaltara-helpdesk"
HELPER = "helper"


def asks(story: Story, chance: Chance) -> Turn:
    story.act("kiosk", "number", at_kiosk=True)
    if chance.happens("a number without a guest book", 0.07):
        story.leave_out(1, because=NO_DATA)
    else:
        story.step(1, chance.brisk(10))
        story.act("kiosk", "guest book")
    counter = yield FRONT
    officer = f"{FRONT}{counter}"
    story.act(officer, "call", counter=counter)
    walk = chance.brisk(1)
    if chance.happens("identity never verified", 0.04):
        story.leave_out(2)
        story.act_at(story.at + walk, officer, "arrive", counter=counter)
        story.step(3, walk + chance.pace_after(20 if story.owes(1) else 10, 10))
    else:
        story.act_at(story.at + walk, officer, "arrive", counter=counter)
        story.step(2, walk + (chance.pace_after(10, 10) if story.owes(1) else chance.pace(9)))
        story.act(officer, "identity")
        story.step(3, chance.pace(10))
    if chance.happens("a visitor without a letter", 0.2):
        story.without_letter = () if story.owes(1) else (1,)
    else:
        story.act(officer, "letter")
    story.act(officer, "hand over")
    story.act(officer, "finish", counter=counter)
    story.get_up()
    yield from _at_the_helpdesk(story, chance)


def _at_the_helpdesk(story: Story, chance: Chance) -> Turn:
    if chance.happens("a helpdesk that sees nobody", 0.04):
        story.leave_out(4, 5, 6, because=NO_CASE)
        return
    story.step(4, chance.between(2, 40))
    story.act(HELPER, "take over")
    story.act(HELPER, "case")
    if chance.happens("an applicant withdraws", 0.04):
        story.wait(3)
        story.act(HELPER, "withdraw")
        return
    if chance.happens("scheduled again", 0.12):
        yield from _by_appointment(story, chance)
    _solved(story, chance)


def _by_appointment(story: Story, chance: Chance) -> Turn:
    story.step(5, chance.between(2, 30))
    to = chance.half_hour_of(working_days_after(story.day, int(chance.between(1, 3.999))))
    story.act(HELPER, "reschedule", to=to)
    story.at = max(to - chance.between(0, 20), chance.hours.opening(int(to // DAY)))
    story.act("kiosk", "check in")
    counter = yield FRONT
    officer = f"{FRONT}{counter}"
    story.act(officer, "call", counter=counter)
    story.wait(1)
    story.act(officer, "arrive", counter=counter)
    story.step(4, chance.between(1, 20))
    story.act(HELPER, "ask")
    story.act(officer, "finish", counter=counter)
    story.get_up()


def _solved(story: Story, chance: Chance) -> None:
    if chance.happens("a solution that comes too late", 0.07):
        story.step_until(5, chance.moment_of(working_days_after(story.day, 2)))
    elif chance.is_so(0.15):
        story.step_until(5, chance.moment_of(working_days_after(story.day, 1)))
    else:
        story.step(5, chance.between(3, 45))
    story.act(HELPER, "outcome", outcome="tersedia")
    story.act(HELPER, "answer")
    story.act(HELPER, "tell", way="langsung")
    story.act(HELPER, "close")
    if chance.happens("a survey neither filled in nor refused", 0.1):
        story.leave_out(6)
        return
    story.step(6, chance.pace(10))
    refused = chance.happens("a survey refused", 0.1)
    story.act("front1" if refused else "kiosk", "refuse survey" if refused else "survey")
