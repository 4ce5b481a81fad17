"""A visit (kunjungan): one coming, call or message; its guest, and the choice of its procedure."""

from collections.abc import Iterable, Sequence

import msgspec

from ult_desktop.base import WordEnum
from ult_desktop.core.person import GuestFields


class VisitChannel(WordEnum):
    """The channel by which somebody reaches the office."""

    FACE_TO_FACE = "tatap_muka", "Tatap muka"
    PHONE = "telepon", "Telepon"
    ONLINE = "daring", "Daring"


def channel_words(channels: Iterable[str]) -> str:
    """Return the names of channels in a sentence: "tatap muka, telepon"."""
    return ", ".join(VisitChannel(channel).word.lower() for channel in channels)


class Ending(WordEnum):
    """The way in which a visit ended. REFUSED: by a rule. MERGED: joined to another visit."""

    DONE = "done", "selesai"
    LEFT = "left", "pulang sebelum selesai"
    REFUSED = "refused", "tidak dapat dilanjutkan"
    MERGED = "merged", "digabung"
    DAY_END = "day_end", "ditutup pada akhir hari"


class Courtesy(WordEnum):
    """The courtesies at the entrance (POS Sumut tatap muka 1): senyum, salam, sapa, the way in."""

    SMILE = "senyum", "Senyum"
    GREETING = "salam", "Salam"
    ADDRESS = "sapa", "Sapa"
    DIRECTED = "diarahkan", "Diarahkan ke resepsionis"


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit. Times UTC ms; `day` is the office's own date.

    `purpose` is a key of the procedure's list, or words. `ending` is an `Ending`, "" while the visit is open.
    `follows` is the id of the earlier visit that this one continues (a second coming for the result).
    `belated` (susulan): it was written on paper, from which its times are, and `typed_by` typed it in at
    `typed_at`. `beside` is the id of the visitor's first visit of this coming, if this one is a further
    matter.
    """

    id: int
    day: str
    channel: VisitChannel
    began_at: int
    ended_at: int | None
    ending: str
    remark: str
    ticket_id: int | None
    label: str | None
    service_id: int | None
    purpose: str
    vulnerable: bool
    procedure_id: str | None
    procedure_version: int | None
    follows: int | None
    belated: bool
    served_at: int | None = None
    typed_at: int | None = None
    typed_by: str = ""
    beside: int | None = None

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def first_visit_id(self) -> int:
        """The id of the first visit of this coming, which has number, guest book, cards and survey."""
        return self.id if self.beside is None else self.beside


class Guest(GuestFields, frozen=True, kw_only=True):
    """A line of the guest book (buku tamu, POS Kaltara 1): personal data, kept by the office's schedule.

    `notice` is the version of the privacy notice that was shown next to the form; empty where none was shown.
    A line that is not `finished` was written at a kiosk until the visitor was called, and is not signed yet.
    `phone_index` finds a returning visitor (see `operations/visits/returning_visitors.py`).
    """

    visit_id: int
    entered_by: str
    at: int
    notice: str = ""
    phone_index: str = ""
    finished: bool = True


class ProcedureInForce(msgspec.Struct, frozen=True, kw_only=True):
    """A procedure that the office runs, with the facts on which the choice for a visit depends."""

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
    """Return the procedure for a visit; None where the office runs none for that channel.

    For a vulnerable visitor the one for vulnerable groups comes first; then the one of the service
    (`preferred`), then the first of the channel in the office's order, which is that of `in_force`.
    """
    of_channel = [procedure for procedure in in_force if procedure.channel is channel]
    for_care = [procedure for procedure in of_channel if procedure.for_vulnerable and vulnerable]
    of_service = [procedure for procedure in of_channel if procedure.id == preferred]
    usual = [procedure for procedure in of_channel if not procedure.for_vulnerable]
    return next(iter([*for_care, *of_service, *usual]), None)
