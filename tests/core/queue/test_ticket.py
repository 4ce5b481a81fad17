"""A ticket's states in words, and the acts each of them allows."""

import pytest

from tests.office import sign_in
from ult_desktop.base.errors import UserError
from ult_desktop.core.queue.commands import Cancel, IssueTicket
from ult_desktop.core.queue.ticket import (
    FROM_STATES,
    OPEN_STATES,
    Act,
    TicketState,
    label_of,
    require_allowed,
)
from ult_desktop.operations.office.office import Office

EVERY_PAIR = [(act, state) for act in Act for state in TicketState]


def test_every_act_and_state_has_its_own_words() -> None:
    assert len({state.word for state in TicketState}) == len(TicketState)
    assert all(act.word for act in Act)
    assert set(FROM_STATES) == set(Act)


@pytest.mark.parametrize(("act", "state"), EVERY_PAIR)
def test_an_act_is_carried_out_or_refused_with_the_state(act: Act, state: TicketState) -> None:
    if state in FROM_STATES[act]:
        require_allowed(act, "A012", state)
        return
    with pytest.raises(UserError, match=f"A012.*{state.word}") as refused:
        require_allowed(act, "A012", state)
    assert refused.value.safe == "Tidak ada yang berubah."
    assert refused.value.todo


def test_what_is_finished_is_only_undone_or_comes_back() -> None:
    ends = set(TicketState) - OPEN_STATES
    acts = {act for act in Act if FROM_STATES[act] & ends}
    assert acts == {Act.UNDO, Act.COME_BACK, Act.RESUME}


def test_a_ticket_is_open_until_it_ends(office: Office) -> None:
    actor = sign_in(office)
    taken = office.perform(IssueTicket(service_id=1), actor).ticket
    assert taken.is_open
    assert not office.perform(Cancel(ticket_id=taken.id), actor).is_open


@pytest.mark.parametrize(
    ("number", "digits", "label"), [(1, 3, "A001"), (999, 3, "A999"), (1000, 3, "A1000"), (7, 2, "A07")]
)
def test_labels_grow_rather_than_wrap(number: int, digits: int, label: str) -> None:
    assert label_of("A", number, digits) == label
