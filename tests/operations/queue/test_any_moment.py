"""Whatever happened before: kiosk, code page, lobby TV and counter tell the same line, and it comes true."""

import random

import pytest

from tests.operations.queue.test_one_place import by_code, in_lobby
from tests.operations.scene import ELDERLY, KIOSK, Scene
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterState, IssuedTicket
from ult_desktop.core.queue.ticket import Ticket, TicketState

COUNTERS = (1, 2, 3, 4)
SERVICES = "ABLUMZ"


class Moments:
    """A hall in which anything happens that chance wants."""

    def __init__(self, scene: Scene, seed: int) -> None:
        self.scene, self.chance = scene, random.Random(seed)
        self.tickets: dict[int, Ticket] = {}
        scene.sit(*COUNTERS)
        self.open = set(COUNTERS)

    def at(self, counter: int) -> Ticket | None:
        return self.scene.office.counter_board(counter).mine.current

    def waiting(self) -> list[Ticket]:
        now = [self.scene.ticket(each) for each in self.tickets.values()]
        return [each for each in now if each.state is TicketState.WAITING]

    def go_on(self) -> None:
        """Let the next thing happen."""
        self.scene.later(self.chance.uniform(0.1, 3))
        act = self.chance.choice(
            (*(self.come,) * 3, self.serve, self.serve, self.set_aside, self.take_back, self.rest)
        )
        act()

    def come(self) -> None:
        priority = ELDERLY if self.chance.random() < 0.2 else None
        service = self.scene.service[self.chance.choice(SERVICES)]
        board = self.scene.office.kiosk_board()
        issued: IssuedTicket = self.scene.office.perform(
            commands.IssueTicket(service_id=service, priority=priority), KIOSK
        )
        if priority is None:
            (line,) = [each for each in board.lines if each.service.id == service]
            assert (line.waiting, line.wait) == (issued.ahead, issued.ticket.shown_wait), (
                "the card before, the number after"
            )
        self.tickets[issued.ticket.id] = issued.ticket

    def serve(self) -> None:
        counter = self.chance.choice(COUNTERS)
        there = self.at(counter)
        if there is None:
            if counter in self.open and self.scene.office.counter_board(counter).next_up is not None:
                self.scene.call(counter)
        elif there.state is TicketState.CALLED:
            self.scene.do(self.chance.choice((commands.Arrive, commands.NoShow))(counter=counter))
        elif self.chance.random() < 0.3:
            to = self.chance.choice([each for each in COUNTERS if each != counter])
            self.scene.do(commands.Transfer(counter=counter, to_counter=to))
        else:
            self.scene.do(commands.Finish(counter=counter))

    def set_aside(self) -> None:
        each = self.scene.ticket(self.chance.choice([*self.tickets.values()])) if self.tickets else None
        if each is None:
            return
        if each.state is TicketState.WAITING:
            self.scene.do(commands.Hold(ticket_id=each.id))
        elif each.state is TicketState.SERVING and each.counter:
            self.scene.do(commands.Hold(ticket_id=each.id, away=True), each.counter)
        elif each.state is TicketState.HELD:
            self.scene.do(commands.Resume(ticket_id=each.id))
        elif each.state is TicketState.NO_SHOW:
            self.scene.do(commands.ComeBack(ticket_id=each.id))

    def take_back(self) -> None:
        counter = self.chance.choice(COUNTERS)
        if self.scene.office.counter_board(counter).undoable is not None:
            self.scene.do(commands.Undo(counter=counter))

    def rest(self) -> None:
        counter = self.chance.choice(COUNTERS)
        if counter in self.open and len(self.open) > 1:
            self.scene.do(commands.SetCounter(counter=counter, state=CounterState.PAUSED, reason="Istirahat"))
            self.open.remove(counter)
        else:
            self.scene.do(commands.SetCounter(counter=counter, state=CounterState.OPEN))
            self.open.add(counter)

    def compare(self) -> None:
        """Hold every window's line against the others."""
        kiosk, lobby = self.scene.office.kiosk_board(), self.scene.office.lobby_board()
        assert lobby.lines == kiosk.lines
        told = {each.label: by_code(self.scene, each).ahead for each in self.waiting()}
        for counter in self.open:
            board = self.scene.office.counter_board(counter)
            mine = [each.label for each in board.waiting if board.mine.scope.may_call(each)]
            assert in_lobby(self.scene, counter) == mine[:3]
            assert (board.next_up is None) == (not mine)
            # Whom fewer counters may call has fewer before them than their neighbours in this line.
            alike: dict[tuple[int, int | None], list[int]] = {}
            for each in board.waiting:
                if each.label in mine:
                    alike.setdefault((each.service_id, each.target_counter), []).append(told[each.label] or 0)
            assert all(line == sorted(line) for line in alike.values())

    def play_on(self) -> None:
        """Let the open counters call until nobody waits: each is called after as many as were told."""
        line = self.waiting()
        told = {each.id: by_code(self.scene, each).ahead for each in line}
        callers = {
            each.id: frozenset(
                counter
                for counter in self.open
                if self.scene.office.counter_board(counter).mine.scope.may_call(each)
            )
            for each in line
        }
        busy = {counter: there for counter in self.open if (there := self.at(counter)) is not None}
        turns = sorted(
            self.open,
            key=lambda counter: (counter in busy, busy[counter].called_at if counter in busy else counter),
        )
        called: list[int] = []
        while any(callers[each.id] for each in self.waiting()):
            for counter in turns:
                there = self.at(counter)
                if there is not None and there.state is TicketState.CALLED:
                    self.scene.do(commands.Arrive(counter=counter))
                if there is not None:
                    self.scene.do(commands.Finish(counter=counter))
                if any(counter in callers[each.id] for each in self.waiting()):
                    called.append(self.scene.call(counter).id)
        for place, each in enumerate(called):
            before = [other for other in called[:place] if callers[other] & callers[each]]
            assert told[each] == len(before)


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(n, marks=pytest.mark.slow) for n in (3, 4))])
def test_at_any_moment_every_window_tells_one_line_and_it_comes_true(scene: Scene, seed: int) -> None:
    hall = Moments(scene, seed)
    for _line in range(5):
        for _moment in range(20):
            hall.go_on()
        hall.compare()
        hall.play_on()
