"""Every act from every state: the allowed ones happen, all others are refused and change nothing."""

from collections.abc import Callable

import pytest

from tests.operations.scene import Scene
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import FROM_STATES, Act, Ticket, TicketState


def waiting(scene: Scene) -> Ticket:
    return scene.take()


def called(scene: Scene) -> Ticket:
    scene.take()
    return scene.call()


def serving(scene: Scene) -> Ticket:
    scene.take()
    return scene.serve()


def held(scene: Scene) -> Ticket:
    return scene.do(commands.Hold(ticket_id=scene.take().id))


def done(scene: Scene) -> Ticket:
    scene.take()
    return scene.visit()


def no_show(scene: Scene) -> Ticket:
    scene.take()
    return scene.miss()


def cancelled(scene: Scene) -> Ticket:
    return scene.do(commands.Cancel(ticket_id=scene.take().id))


BRING_TO: dict[TicketState, Callable[[Scene], Ticket]] = {
    TicketState.WAITING: waiting,
    TicketState.CALLED: called,
    TicketState.SERVING: serving,
    TicketState.HELD: held,
    TicketState.DONE: done,
    TicketState.NO_SHOW: no_show,
    TicketState.CANCELLED: cancelled,
}
# Calls come from counter 2, so that not the visitor at counter 1 but the ticket's state decides.
ASK_FOR: dict[Act, Callable[[int], Command]] = {
    Act.CALL: lambda ticket: commands.CallTicket(counter=2, ticket_id=ticket),
    Act.RECALL: lambda _ticket: commands.Recall(counter=1),
    Act.ARRIVE: lambda _ticket: commands.Arrive(counter=1),
    Act.FINISH: lambda _ticket: commands.Finish(counter=1),
    Act.NO_SHOW: lambda _ticket: commands.NoShow(counter=1),
    Act.COME_BACK: lambda ticket: commands.ComeBack(ticket_id=ticket),
    Act.HOLD: lambda ticket: commands.Hold(ticket_id=ticket),
    Act.RESUME: lambda ticket: commands.Resume(ticket_id=ticket),
    Act.TRANSFER: lambda _ticket: commands.Transfer(counter=1, to_service=2),
    Act.CANCEL: lambda ticket: commands.Cancel(ticket_id=ticket),
    Act.UNDO: lambda _ticket: commands.Undo(counter=1),
}
LEADS_TO = {
    Act.CALL: TicketState.CALLED,
    Act.RECALL: TicketState.CALLED,
    Act.ARRIVE: TicketState.SERVING,
    Act.FINISH: TicketState.DONE,
    Act.NO_SHOW: TicketState.NO_SHOW,
    Act.COME_BACK: TicketState.WAITING,
    Act.HOLD: TicketState.HELD,
    Act.RESUME: TicketState.WAITING,
    Act.TRANSFER: TicketState.WAITING,
    Act.CANCEL: TicketState.CANCELLED,
}
UNDONE = {TicketState.DONE: TicketState.SERVING, TicketState.NO_SHOW: TicketState.CALLED}
EVERY = [(act, state) for act in Act for state in TicketState]


def test_the_table_knows_every_act_and_state() -> None:
    assert set(ASK_FOR) == set(Act) == set(FROM_STATES)
    assert set(BRING_TO) == set(TicketState)


@pytest.mark.parametrize(("act", "state"), EVERY, ids=str)
def test_every_act_from_every_state(scene: Scene, act: Act, state: TicketState) -> None:
    scene.sit(2)
    ticket = BRING_TO[state](scene)
    assert ticket.state is state
    command = ASK_FOR[act](ticket.id)
    never_at_the_counter = act is Act.UNDO and ticket.is_open
    if state not in FROM_STATES[act] or never_at_the_counter:
        scene.refused(command)
        return
    before = scene.events()
    assert scene.do(command).state is LEADS_TO.get(act, UNDONE.get(state))
    assert len(scene.events()) == len(before) + 1


def test_a_ticket_that_is_not_there(scene: Scene) -> None:
    scene.refused(commands.Hold(ticket_id=99), words="Nomor antrean itu tidak ada")
    scene.refused(commands.ReportPaper(ticket_id=99, paper="printed"), words="tidak ada")  # type: ignore[arg-type]


def test_a_counter_that_is_not_there(scene: Scene) -> None:
    scene.refused(commands.CallNext(counter=9), counter=1, words="Loket 9 tidak ada")
