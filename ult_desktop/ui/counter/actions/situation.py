"""All that decides which action is open to the officer now."""

from dataclasses import dataclass

from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import boards, ticket


@dataclass(frozen=True)
class Situation:
    """The board as last read, who acts, which row is chosen, and whether anything can be done at all.

    `busy`: an operation is on its way. `prints`: this counter has a ticket printer.
    """

    board: boards.CounterBoard
    actor: Actor
    selected: ticket.Ticket | None = None
    online: bool = True
    busy: bool = False
    prints: bool = False

    @property
    def current(self) -> ticket.Ticket | None:
        return self.board.mine.current

    @property
    def counter(self) -> int:
        return self.board.mine.number

    @property
    def is_open(self) -> bool:
        return self.board.mine.state is boards.CounterState.OPEN

    @property
    def is_mine(self) -> bool:
        """Whether the signed-in officer sits here; somebody else may have taken the counter over."""
        return self.board.mine.officer_id == self.actor.officer_id

    @property
    def calls_left(self) -> int:
        made = self.current.calls if self.current else 0
        return self.board.calling.max_calls - made

    def target(self, act: ticket.Act) -> ticket.Ticket | None:
        """The ticket `act` would be done to: the visitor at the counter, else the chosen row.

        Withdrawing is about the row first: it is what Del means in a list, and it asks before.
        """
        order = (self.current, self.selected)
        both = reversed(order) if act is ticket.Act.CANCEL else order
        return next((t for t in both if t and t.state in ticket.FROM_STATES[act]), None)
