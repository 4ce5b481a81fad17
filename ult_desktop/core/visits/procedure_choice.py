"""Which of the office's procedures a visit runs under."""

from collections.abc import Sequence

import msgspec

from ult_desktop.core.visits.visit import VisitChannel


class ProcedureInForce(msgspec.Struct, frozen=True, kw_only=True):
    """A procedure the office runs, as far as the choice depends on it."""

    id: str
    version: int
    channel: VisitChannel
    for_vulnerable: bool


def choose_procedure(
    in_force: Sequence[ProcedureInForce],
    channel: VisitChannel,
    preferred: str = "",
    *,
    vulnerable: bool = False,
) -> ProcedureInForce | None:
    """The procedure for a visit: the vulnerable groups' own first, then the service's, then the channel's.

    `in_force` stands in the office's order. None: the office runs no procedure for that channel.
    """
    here = [each for each in in_force if each.channel is channel]
    cared = [each for each in here if each.for_vulnerable and vulnerable]
    named = [each for each in here if each.id == preferred]
    usual = [each for each in here if not each.for_vulnerable]
    return next(iter([*cared, *named, *usual]), None)
