"""A call by mouth that a counter notes while it is cut off, as it happened."""

import msgspec

from ult_desktop.core.command import Command
from ult_desktop.core.queue.ticket import Ticket

LONGEST_LABEL = 20


class NoteCall(Command[Ticket], frozen=True, kw_only=True):
    """Put a call by mouth into the books that was made while the counter was cut off.

    Times UTC ms. `label` as it stands on the paper. `arrived_at` and `ended_at` tell when the visitor was
    served; without them he did not come.
    """

    counter: int
    label: str
    called_at: int
    arrived_at: int | None = None
    ended_at: int | None = None

    @property
    def came(self) -> bool:
        return self.arrived_at is not None


class CallNote(msgspec.Struct, frozen=True, kw_only=True):
    """A note in the station's own journal, by an officer's id; `why` the office could not take it."""

    request: str
    command: NoteCall
    officer_id: int | None = None
    why: str = ""


class CallNotes(msgspec.Struct, frozen=True):
    """What a counter noted: what is still to be handed in, and what nobody could."""

    waiting: tuple[CallNote, ...] = ()
    refused: tuple[CallNote, ...] = ()


def times_in_order(command: NoteCall) -> bool:
    """Called, then served from, then to; both or none of the last two."""
    if command.arrived_at is None or command.ended_at is None:
        return command.arrived_at is command.ended_at
    return command.called_at <= command.arrived_at <= command.ended_at


def clamp_to_now(command: NoteCall, now: int) -> NoteCall:
    """The clock of the PC where it was noted may run ahead: all of it is over by `now` (UTC ms)."""

    def by_now(at: int | None) -> int | None:
        return None if at is None else min(at, now)

    return msgspec.structs.replace(
        command,
        called_at=min(command.called_at, now),
        arrived_at=by_now(command.arrived_at),
        ended_at=by_now(command.ended_at),
    )
