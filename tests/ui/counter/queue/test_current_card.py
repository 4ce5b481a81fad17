"""The visitor at the counter: his priority and its ground, as long as that is known."""

import pytest

from tests.ui.counter import samples
from tests.ui.counter.conftest import OpenCounter
from ult_desktop.core.queue.ticket import Help, PriorityReason, Ticket

SEALED = f"s1:1:{'A' * 80}"  # by keys that nobody here has
ELDERLY = (PriorityReason.ELDERLY, PriorityReason.DISABILITY)


@pytest.mark.parametrize(
    ("visitor", "priority", "wanted"),
    [
        (
            samples.serving(priority=True, grounds=ELDERLY, help=(Help.CANE,)),
            "Prioritas · lansia, penyandang disabilitas",
            "Bantuan: tongkat",
        ),
        (samples.serving(priority=True), "Prioritas", ""),
        (samples.serving(priority=True, grounds=(SEALED,)), "Prioritas", ""),
        (samples.serving(), "", ""),
    ],
)
def test_priority_is_told_with_its_ground_until_that_is_forgotten(
    open_counter: OpenCounter, visitor: Ticket, priority: str, wanted: str
) -> None:
    card = open_counter(samples.board(current=visitor)).workspace.queue.current.visit
    assert (card.priority.text(), card.help.text()) == (priority, wanted)


DEDI = ("Dedi Kurniawan", "SMPN 1 Tarakan")


@pytest.mark.parametrize(
    ("visitor", "guest", "shown"),
    [
        (samples.serving(), DEDI, "Dedi Kurniawan · SMPN 1 Tarakan"),
        (samples.serving(remark="Sudah lengkap"), DEDI[:1], "Dedi Kurniawan"),
        (samples.serving(), (), None),
        (samples.serving(priority=True, help=(Help.CANE,), remark="Sudah lengkap"), DEDI, None),
    ],
)
def test_who_it_is_stands_beside_the_number(
    open_counter: OpenCounter, visitor: Ticket, guest: tuple[str, ...], shown: str | None
) -> None:
    """Whatever tab is open below; where the card has no room left, help and remark come first."""
    card = open_counter(samples.board(current=visitor, guest=guest)).workspace.queue.current.visit
    assert (card.guest.text() if card.guest.isVisible() else None) == shown
