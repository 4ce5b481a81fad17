"""Random days on a real office file: an act ends in its state, or is refused and changes nothing."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from typing_extensions import override

from tests.examples import examples
from tests.office import make_office, open_office, sign_in
from ult_desktop.base.errors import UserError
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import FROM_STATES, Act, PriorityReason, TicketState
from ult_desktop.db.queue import tickets
from ult_desktop.db.visits import visits

COUNTERS = st.sampled_from((1, 2))
NUMBERS = st.integers(0, 7)
AT_COUNTER: dict[Act, tuple[type[Any], TicketState]] = {
    Act.RECALL: (commands.Recall, TicketState.CALLED),
    Act.ARRIVE: (commands.Arrive, TicketState.SERVING),
    Act.FINISH: (commands.Finish, TicketState.DONE),
    Act.NO_SHOW: (commands.NoShow, TicketState.NO_SHOW),
}
IN_QUEUE: dict[Act, tuple[type[Any], TicketState]] = {
    Act.HOLD: (commands.Hold, TicketState.HELD),
    Act.RESUME: (commands.Resume, TicketState.WAITING),
    Act.COME_BACK: (commands.ComeBack, TicketState.WAITING),
    Act.CANCEL: (commands.Cancel, TicketState.CANCELLED),
}


class RandomDay(RuleBasedStateMachine):
    """Two counters and a few visitors; `model` is the state each ticket should be in."""

    @initialize()
    def open_the_office(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.office = open_office(make_office(Path(self.folder.name)))
        self.actor = {number: sign_in(self.office, number) for number in (1, 2)}
        self.model: dict[int, TicketState] = {}
        self.at: dict[int, int | None] = {1: None, 2: None}
        self.calls: dict[int, int] = {}
        for number in (1, 2):
            self.office.perform(commands.StaffCounter(counter=number), self.actor[number])

    def try_it(self, command: Command, counter: int, allowed: bool) -> Any:  # noqa: ANN401  (each ask has its own answer)
        if allowed:
            return self.office.perform(command, self.actor[counter])
        before = self.office.last_seq()
        with pytest.raises(UserError):
            self.office.perform(command, self.actor[counter])
        assert self.office.last_seq() == before
        return None

    @rule(priority=st.sampled_from((None, PriorityReason.ELDERLY)))
    def take_a_number(self, priority: PriorityReason | None) -> None:
        taken = self.office.perform(commands.IssueTicket(service_id=1, priority=priority), self.actor[1])
        self.model[taken.ticket.id] = TicketState.WAITING

    @rule(counter=COUNTERS)
    def call_next(self, counter: int) -> None:
        allowed = self.at[counter] is None and TicketState.WAITING in self.model.values()
        called = self.try_it(commands.CallNext(counter=counter), counter, allowed)
        if called is not None:
            self.model[called.id], self.at[counter], self.calls[counter] = TicketState.CALLED, called.id, 1

    @rule(counter=COUNTERS, act=st.sampled_from(list(AT_COUNTER)))
    def act_at_the_counter(self, counter: int, act: Act) -> None:
        command, becomes = AT_COUNTER[act]
        visitor = self.at[counter]
        allowed = visitor is not None and self.model[visitor] in FROM_STATES[act]
        if act is Act.RECALL and allowed:
            self.calls[counter] += 1
            allowed = self.calls[counter] <= 3
        self.try_it(command(counter=counter), counter, allowed)
        if allowed and visitor is not None:
            self.model[visitor] = becomes
            self.at[counter] = visitor if becomes in (TicketState.CALLED, TicketState.SERVING) else None

    @rule(ticket_id=NUMBERS, act=st.sampled_from(list(IN_QUEUE)))
    def act_in_the_queue(self, ticket_id: int, act: Act) -> None:
        command, becomes = IN_QUEUE[act]
        allowed = self.model.get(ticket_id) in FROM_STATES[act]
        if act is Act.RESUME and allowed:  # the day's end has ended the visits too
            visit = self.office.read(lambda tx: visits.of_ticket(tx, ticket_id))
            allowed = visit is None or visit.is_open
        self.try_it(command(ticket_id=ticket_id), 1, allowed)
        if allowed:
            self.model[ticket_id] = becomes
            self.at = {number: None if at == ticket_id else at for number, at in self.at.items()}

    @rule(counter=COUNTERS)
    def send_to_the_other_counter(self, counter: int) -> None:
        visitor = self.at[counter]
        allowed = visitor is not None and self.model[visitor] in FROM_STATES[Act.TRANSFER]
        self.try_it(commands.Transfer(counter=counter, to_service=2), counter, allowed)
        if allowed and visitor is not None:
            self.model[visitor], self.at[counter] = TicketState.WAITING, None

    @rule()
    def end_the_day(self) -> None:
        self.office.perform(commands.CloseDay(reason="Tutup"), self.actor[1])
        closed = {TicketState.SERVING: TicketState.DONE}
        for ticket_id, state in self.model.items():
            if state not in (TicketState.DONE, TicketState.NO_SHOW):
                self.model[ticket_id] = closed.get(state, TicketState.CANCELLED)
        self.at = {1: None, 2: None}

    @invariant()
    def every_ticket_stands_where_it_should(self) -> None:
        if hasattr(self, "model"):
            found = self.office.read(lambda tx: {n: tickets.get(tx, n).state for n in self.model})
            assert found == self.model

    @override
    def teardown(self) -> None:
        if hasattr(self, "office"):
            assert self.office.verify().findings == ()
            self.office.close()
            self.folder.cleanup()


RandomDay.TestCase.settings = settings(examples(24), stateful_step_count=30)
TestRandomDay = RandomDay.TestCase
