"""A further matter of a visitor who is at the desk (POS Sumut tatap muka 8 to 16), besides the first one.

It has a story of its own, for it has times and outputs of its own. While the desk works on one of the two the
other waits, and that is nobody's time; the back office's part is its own time meanwhile.
"""

from collections.abc import Callable

from benchmarks.register.story import Chance, Story

PROCEDURE = "sumut-tatap-muka"
MOMENT = 0.01  # minutes from one act to the next
Behind = Callable[[Story, Chance], None]


def at_once(first: Story, chance: Chance, officer: str) -> None:
    """Ask, answer and close a further matter while the first one waits."""
    second = _opened(first, officer)
    second.step(9, chance.pace(3))
    if chance.happens("an applicant withdraws", 0.04):
        second.act(officer, "withdraw")
    else:
        second.act(officer, "outcome", outcome="tersedia")
        second.act(officer, "answer")
        told(second, chance, officer)
    first.at = second.at + MOMENT


def behind_the_desk(first: Story, chance: Chance, officer: str, behind: Behind) -> Story:
    """Send a further matter to the back office at once; the first matter goes on meanwhile.

    Its story ends with the answer.
    """
    second = _opened(first, officer)
    second.step(9, chance.pace(3))
    second.act(officer, "outcome", outcome="tidak_tersedia")
    second.step(10, chance.pace(5))
    second.act(officer, "escalate", where="desk")
    first.at = second.at + MOMENT
    behind(second, chance)
    return second


def told_at_last(first: Story, second: Story, chance: Chance, officer: str) -> None:
    """Close the first matter; answer the second as soon as its answer is there."""
    second.at = max(second.at, first.at)
    told(second, chance, officer)
    first.at = second.at + MOMENT


def taken_up_again(first: Story, chance: Chance, officer: str) -> None:
    """Open a second matter, turn back to the first one, and answer the second at the end."""
    second = _opened(first, officer)
    first.at = second.at + MOMENT
    first.act(officer, "take up")
    first.step(9, chance.pace(3))
    first.act(officer, "outcome", outcome="tersedia")
    first.act(officer, "answer")
    told(first, chance, officer)
    second.at = first.at
    second.step(9, chance.pace(3))
    second.act(officer, "outcome", outcome="tersedia")
    second.act(officer, "answer")
    told(second, chance, officer)
    first.at = second.at + MOMENT


def _opened(first: Story, officer: str) -> Story:
    second = Story(f"{first.name} lagi", PROCEDURE, first.hours, first.at + MOMENT, is_further=True)
    first.further.append(second)
    second.act(officer, "another", beside=first.name)
    return second


def told(story: Story, chance: Chance, officer: str, since: float | None = None) -> None:
    """Give the answer and close the matter; with `since` the answer lay ready from then on."""
    if since is None:
        story.step(15, chance.pace(5))
    else:
        story.wait(chance.brisk(5))
        story.step_since(15, since)
    story.act(officer, "tell", way="langsung")
    closed(story, chance, officer)


def closed(story: Story, chance: Chance, officer: str) -> None:
    """Close the matter and point the visitor to the survey, which they give once for all their matters."""
    if not story.is_further and chance.happens("nobody pointed to the survey", 0.05):
        story.wait(chance.brisk(5))
        story.act(officer, "close")
        story.leave_out(16)
        return
    story.step(16, chance.pace(5))
    story.act(officer, "close")
    if not story.is_further:
        # A further matter is at hand as soon as this one is closed: what the survey takes is its time then.
        story.wait(MOMENT if story.further else chance.between(MOMENT, 4))
        story.act(officer, "refuse survey" if chance.is_so(0.1) else "offer survey")
