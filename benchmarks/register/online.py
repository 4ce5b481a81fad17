"""Requests from afar where POS Kepri is run: answered by the front office, or with the back office's help."""

from benchmarks.register.hours import working_days_after
from benchmarks.register.story import Chance, Story, Turn

PROCEDURE = "kepri-daring"
OFFICER = "front1"


def writes(story: Story, chance: Chance) -> Turn:
    story.act(OFFICER, "request", number=story.name)
    late = chance.happens("a request answered too late", 0.1)
    came, until = story.at, working_days_after(0, 3 if late else int(chance.between(0, 2.999)))
    if chance.is_so(0.05) and not late:
        story.come_again(until, chance)
        story.at = max(story.at, came + 1)
        story.act(OFFICER, "close request", remark="Salah alamat")
        return
    if chance.is_so(0.4):
        story.act(OFFICER, "escalate", where="left")
    story.step_until(2, max(chance.moment_of(until), came + 30))
    if story.acts[-1].what == "escalate":
        story.act_at(story.at - 10, "back", "answer front")
    story.act(OFFICER, "reply")
    if chance.is_so(0.5):
        story.wait(chance.between(1, 60))
        story.act(OFFICER, "evaluated")
    story.wait(chance.between(1, 10))
    story.act(OFFICER, "close request")
    yield from ()
