"""What is written down of a visit for its procedure: what completes its steps, and when its clock stood."""

from enum import StrEnum

import msgspec

from ult_desktop.core.procedures.procedure import StepEvent


class MarkKind(StrEnum):
    """What a mark is: an event of the program, an officer's tick, or a step waived with its reason."""

    EVENT = "event"
    TICK = "tick"
    WAIVE = "waive"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What completes a step. `at` UTC ms; a tick and a waiver name their `step`, an event its `event`.

    An event that completes several steps of a procedure names the one that it is meant for in `step`.

    `branch` is the way that the outcome takes; `for_officer_id` the absent officer for whom it was done
    (a.n., by surat penugasan).
    """

    at: int
    kind: MarkKind = MarkKind.EVENT
    event: StepEvent | None = None
    branch: str = ""
    step: int | None = None
    officer_id: int | None = None
    for_officer_id: int | None = None
    reason: str = ""


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    """A stopped clock: the visitor is away. UTC ms; `to_at` None while it lasts."""

    from_at: int
    to_at: int | None = None
    reason: str = ""
