"""Which actions are open in which state: exactly those that the ticket's states allow."""

from dataclasses import replace

import pytest

from tests.ui.counter import samples
from ult_desktop.core.access.roles import Role
from ult_desktop.core.queue.boards import CounterState
from ult_desktop.core.queue.ticket import FROM_STATES, Act, TicketState
from ult_desktop.ui.counter.actions.actions import action_table
from ult_desktop.ui.counter.actions.reasons import Situation

AT_COUNTER = {TicketState.CALLED: samples.called(), TicketState.SERVING: samples.serving()}
OF_ACT = {
    "recall": Act.RECALL,
    "arrive": Act.ARRIVE,
    "finish": Act.FINISH,
    "hold": Act.HOLD,
    "transfer": Act.TRANSFER,
    "no_show": Act.NO_SHOW,
    "cancel": Act.CANCEL,
}


def closed(name: str, situation: Situation) -> str:
    return action_table()[name].closed_because(situation)


def situation(**changes: object) -> Situation:
    return Situation(samples.board(**changes), samples.SITI, prints=True)


@pytest.mark.parametrize("state", AT_COUNTER)
@pytest.mark.parametrize("name", OF_ACT)
def test_a_visitor_at_the_counter_opens_what_the_state_allows(name: str, state: TicketState) -> None:
    reason = closed(name, situation(current=AT_COUNTER[state]))
    assert (reason == "") is (state in FROM_STATES[OF_ACT[name]])


@pytest.mark.parametrize("name", OF_ACT)
def test_without_a_visitor_nothing_can_be_done_to_one(name: str) -> None:
    assert closed(name, situation())


def test_an_idle_open_counter_can_call_and_take_a_walk_in() -> None:
    idle = situation()
    assert [name for name in ("call_next", "walk_in", "by_mouth") if closed(name, idle)] == []


def test_nobody_waiting_closes_calling_and_says_so() -> None:
    nobody = situation(waiting=())
    assert closed("call_next", nobody) == "", "the counter is armed for who comes next"
    assert closed("by_mouth", nobody) == "Tidak ada yang menunggu untuk loket ini."


def test_after_the_last_call_only_no_show_is_left() -> None:
    last = situation(current=samples.called(3))
    assert closed("recall", last) == "Sudah dipanggil 3 kali. Tandai tidak hadir (F8)."
    assert closed("by_mouth", last)
    assert closed("no_show", last) == ""


@pytest.mark.parametrize("name", ["call_next", "walk_in", "by_mouth"])
@pytest.mark.parametrize("state", [CounterState.PAUSED, CounterState.CLOSED])
def test_a_counter_that_is_not_open_takes_nobody(name: str, state: CounterState) -> None:
    shut = situation(mine=samples.counter(2, state=state), undoable=samples.MISSED[0])
    assert "F11" in closed(name, shut)


def test_undo_is_open_while_there_is_something_to_undo() -> None:
    assert closed("undo", situation())
    assert closed("undo", situation(undoable=samples.MISSED[0])) == ""
    assert closed("undo", situation(undoable=samples.MISSED[0], current=samples.called())) == ""
    assert closed("undo", situation(undoable=samples.MISSED[0], mine=samples.counter(2, officer_id=99)))


def test_the_chosen_row_can_be_held_and_cancelled() -> None:
    chosen = replace(situation(), selected=samples.waiting()[1])
    assert closed("hold", chosen) == closed("cancel", chosen) == closed("call_selected", chosen) == ""


def test_the_visitor_at_the_counter_is_held_before_a_chosen_row() -> None:
    both = replace(situation(current=samples.called()), selected=samples.waiting()[1])
    assert both.target(Act.HOLD) == samples.called()
    assert both.target(Act.CANCEL) == samples.waiting()[1]


@pytest.mark.parametrize(("name", "row"), [("come_back", samples.MISSED[0]), ("resume", samples.HELD[0])])
def test_rows_of_the_lower_lists(name: str, row: object) -> None:
    assert closed(name, situation())
    assert closed(name, replace(situation(), selected=row)) == ""  # type: ignore[arg-type]


@pytest.mark.parametrize("name", action_table())
def test_everything_waits_while_cut_off_or_busy(name: str) -> None:
    ready = replace(situation(current=samples.called()), selected=samples.waiting()[0])
    assert "terputus" in closed(name, replace(ready, online=False))
    assert "disimpan" in closed(name, replace(ready, busy=True))


def test_roles_decide() -> None:
    guard = samples.SITI.__class__(station="X", officer_id=2, name="Joko", roles=frozenset({Role.SECURITY}))
    assert closed("call_next", replace(situation(), actor=guard)) == "Peran Anda tidak melayani di loket."


def test_a_counter_taken_over_by_somebody_else_says_by_whom() -> None:
    taken = situation(mine=samples.counter(2, officer_id=3, officer="Rina Marlina"))
    assert closed("call_next", taken) == "Loket ini sekarang dijaga Rina Marlina."


def test_reprint_needs_a_printer_and_an_open_ticket() -> None:
    assert closed("reprint", situation(current=samples.serving())) == ""
    assert "printer" in closed("reprint", replace(situation(), prints=False))
    assert "tidak hadir" in closed("reprint", replace(situation(), selected=samples.MISSED[0]))


def test_no_two_actions_share_a_key() -> None:
    keys = [action.key for action in action_table().values() if action.key]
    assert len(keys) == len(set(keys))
