"""The visitor at the counter: his priority and its ground, as long as that is known."""

import pytest

from tests.ui.counter import samples
from tests.ui.counter.conftest import OpenCounter
from ult_desktop.core.ticket import Help, PriorityGround, Ticket

ELDERLY = (PriorityGround.ELDERLY, PriorityGround.DISABILITY)


@pytest.mark.parametrize(
    ("visitor", "priority", "wanted"),
    [
        (
            samples.serving(priority=True, grounds=ELDERLY, help=(Help.CANE,)),
            "Prioritas · lansia, penyandang disabilitas",
            "Bantuan: tongkat",
        ),
        (samples.serving(priority=True), "Prioritas", ""),
        (samples.serving(), "", ""),
    ],
)
def test_priority_is_told_with_its_ground_until_that_is_forgotten(
    open_counter: OpenCounter, visitor: Ticket, priority: str, wanted: str
) -> None:
    card = open_counter(samples.board(current=visitor)).workspace.queue.current.visit
    assert (card.priority.text(), card.help.text()) == (priority, wanted)
