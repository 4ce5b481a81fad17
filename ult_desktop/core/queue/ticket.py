"""A ticket (karcis antrean): its states, which act may follow which, and why it goes first."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from ult_desktop.base import UserError, WordEnum, _
from ult_desktop.core.access.sealing import is_sealed
from ult_desktop.core.personal import PriorityReasonText
from ult_desktop.core.queue.wait_range import WaitRange


class TicketState(WordEnum):
    """The state of a ticket. A transferred ticket waits again, at another service or counter.

    For the words see docs/domain.md, "Words on the screen".
    """

    WAITING = "waiting", "menunggu"
    CALLED = "called", "dipanggil"
    SERVING = "serving", "sedang dilayani"
    HELD = "held", "ditunda"
    DONE = "done", "selesai"
    NO_SHOW = "no_show", "tidak hadir"
    CANCELLED = "cancelled", "dibatalkan"


_TWIN_MARK = "/"  # between the series on paper and the number of the ticket among its twins
OPEN_STATES = frozenset({TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.HELD})


class Act(WordEnum):
    """The acts on a ticket after it was issued."""

    CALL = "call", "dipanggil"
    RECALL = "recall", "dipanggil ulang"
    ARRIVE = "arrive", "mulai dilayani"
    FINISH = "finish", "diselesaikan"
    NO_SHOW = "no_show", "ditandai tidak hadir"
    COME_BACK = "come_back", "dimasukkan kembali"
    HOLD = "hold", "ditunda"
    RESUME = "resume", "dilanjutkan"
    TRANSFER = "transfer", "dialihkan"
    CANCEL = "cancel", "dibatalkan"
    UNDO = "undo", "diurungkan"


STATE_AFTER = {
    "done": TicketState.DONE,
    "no_show": TicketState.NO_SHOW,
    "held": TicketState.HELD,
    "transferred": TicketState.WAITING,
}
"""The ticket's state after each end of a serving that can be undone, by the name of that end in the log."""

FROM_STATES: dict[Act, frozenset[TicketState]] = {
    Act.CALL: frozenset({TicketState.WAITING}),
    Act.RECALL: frozenset({TicketState.CALLED}),
    Act.ARRIVE: frozenset({TicketState.CALLED}),
    Act.FINISH: frozenset({TicketState.SERVING}),
    Act.NO_SHOW: frozenset({TicketState.CALLED}),
    Act.COME_BACK: frozenset({TicketState.NO_SHOW}),
    Act.HOLD: frozenset({TicketState.WAITING, TicketState.CALLED, TicketState.SERVING}),
    Act.RESUME: frozenset({TicketState.HELD, TicketState.CANCELLED}),
    Act.TRANSFER: frozenset({TicketState.SERVING}),
    Act.CANCEL: frozenset({TicketState.WAITING, TicketState.CALLED, TicketState.HELD}),
    Act.UNDO: frozenset(STATE_AFTER.values()),
}
"""The states in which a ticket may be when an act is done with it."""


class PriorityReason(WordEnum):
    """The reason for priority that a visitor declares (PermenPANRB 11/2024); no diagnosis."""

    ELDERLY = "lansia", "lansia"
    DISABILITY = "disabilitas", "penyandang disabilitas"
    PREGNANT = "hamil", "ibu hamil"
    NURSING = "menyusui", "ibu menyusui"
    WITH_CHILD = "anak", "membawa anak"
    DISASTER = "bencana", "korban bencana"


def readable_reasons(grounds: Iterable[str]) -> list[PriorityReason]:
    """Return the reasons that `grounds` has in clear, each once; sealed ones are left out."""
    declared = set(grounds)
    return [ground for ground in PriorityReason if ground in declared]


def require_known_reasons(grounds: Iterable[str]) -> None:
    """Check that each reason is a `PriorityReason`; a sealed one was checked before it was sealed.

    Raises:
        UserError: one is not; it lists those that there are.
    """
    known = set(PriorityReason)
    unknown = [ground for ground in grounds if not is_sealed(ground) and ground not in known]
    if unknown:
        raise UserError(
            _("“{ground}” bukan alasan prioritas.").format(ground=unknown[0]),
            todo=_("Yang ada: {grounds}.").format(grounds=", ".join(PriorityReason)),
        )


class Help(WordEnum):
    """The kinds of help that a priority visitor asks for; the desk and the security post are notified."""

    WHEELCHAIR = "kursi_roda", "kursi roda"
    CANE = "tongkat", "tongkat"
    ESCORT = "pendamping", "pendamping"
    SIGNS = "juru_isyarat", "juru isyarat"
    READING = "dibacakan", "dibacakan"
    UMBRELLA = "payung", "payung"


class QueuePosition(StrEnum):
    """The way in which a ticket came to its place in the queue.

    FRESH: by its issue. RETURNED: its visitor missed the call and came back.
    """

    FRESH = "fresh"
    RETURNED = "returned"
    TRANSFERRED = "transferred"
    APPOINTMENT = "appointment"


class PaperState(StrEnum):
    """The state of the printed ticket."""

    NONE = "none"
    QUEUED = "queued"
    PRINTED = "printed"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"
    REPRINTED = "reprinted"


class Ticket(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket. Times are UTC milliseconds; `day` is the office's own date.

    `code` is what the printed QR holds; it cannot be guessed from the number. `queued_at` decides the place
    in the queue: the time of issue, the appointment's time, or the time of the ticket behind which a
    returning visitor was put. `priority`: the visitor goes before others; `grounds` and `help` are what they
    declared for that, until it is erased (UU 27/2022). `calls` counts the calls; `counter` is where the
    visitor was called last. `target_counter` and `target_officer_id` are where the visitor was sent,
    `sender_counter` is the counter that sent them. `target_officer` is the name of the officer to whom they
    were sent, "" while this officer sits at no counter. `remark` is an officer's note. `origin` names the
    kiosk that gave the number while it was cut off, and when. `outcome` is what became of a visitor without a
    case. `resumed`: the visitor was put on hold while being served and is back, so they are first in the
    queue. `told_ahead`, `wait_low` and `wait_high` were shown with the number: how many are called before,
    the wait in minutes.
    """

    id: int
    code: str
    day: str
    series: str
    number: int
    label: str
    service_id: int
    service: str
    service_en: str
    state: TicketState
    place: QueuePosition
    priority: bool
    grounds: tuple[PriorityReasonText, ...]
    help: tuple[Help, ...]
    issued_at: int
    queued_at: int
    called_at: int | None
    arrived_at: int | None
    finished_at: int | None
    calls: int
    counter: int | None
    target_counter: int | None
    sender_counter: int | None
    remark: str
    paper: PaperState
    origin: str = ""
    target_officer_id: int | None = None
    target_officer: str = ""
    outcome: str = ""
    resumed: bool = False
    told_ahead: int | None = None
    wait_low: int | None = None
    wait_high: int | None = None

    @property
    def shown_wait(self) -> WaitRange | None:
        """The wait that the visitor was shown with the number; None where none was shown."""
        if self.wait_low is None or self.wait_high is None:
            return None
        return WaitRange(self.wait_low, self.wait_high)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


def twin_series(series: str, nth: int) -> str:
    """Return the series of the nth ticket with the same number on paper: "AK/2".

    Two kiosks that were cut off with the same letter give the same numbers; the store needs two series.
    """
    return f"{series}{_TWIN_MARK}{nth}"


def paper_series(series: str) -> str:
    """Return the series as the paper shows it: "AK" for "AK/2"."""
    return series.partition(_TWIN_MARK)[0]


def is_twin(series: str) -> bool:
    """Return whether another ticket has the same number on paper, so that people need the origin as well."""
    return _TWIN_MARK in series


def require_allowed(act: Act, label: str, state: TicketState) -> None:
    """Refuse an act that the ticket's state does not allow.

    Raises:
        UserError: with the ticket's present state in words.
    """
    if state not in FROM_STATES[act]:
        raise UserError(
            _("Nomor {label} tidak dapat {act}: nomor ini {state}.").format(
                label=label, act=act.word, state=state.word
            ),
            _("Tidak ada yang berubah."),
            _("Periksa daftar antrean, mungkin loket lain sudah menanganinya."),
        )


def label_of(series: str, number: int, digits: int = 3) -> str:
    """Return the number as people read it: "A012"; a large number has more than `digits` digits."""
    return f"{series}{number:0{digits}d}"
