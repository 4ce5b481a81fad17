"""The words for why an action is closed to the officer now; "" when it is open."""

from dataclasses import dataclass
from functools import partial

from ult_desktop.base import _, counted
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.queue import boards, ticket as queue_ticket
from ult_desktop.ui.counter.care.seat_strip import seat_target


@dataclass(frozen=True)
class Situation:
    """The situation at a counter, which decides what an officer can do there.

    `board` is the last one that was read, `selected` the chosen row. `busy`: a request takes long, by now
    `waited_s` seconds. `prints`: this counter has a ticket printer. `armed`: the counter calls the next
    ticket as soon as one comes.
    """

    board: boards.CounterBoard
    actor: Actor
    selected: queue_ticket.Ticket | None = None
    online: bool = True
    busy: bool = False
    waited_s: int = 0
    prints: bool = False
    armed: bool = False

    @property
    def current(self) -> queue_ticket.Ticket | None:
        return self.board.mine.current

    @property
    def counter(self) -> int:
        return self.board.mine.number

    @property
    def is_open(self) -> bool:
        return self.board.mine.state is boards.CounterState.OPEN

    @property
    def is_mine(self) -> bool:
        """True if the signed-in officer sits here. Somebody else may have taken the counter over."""
        return self.board.mine.officer_id == self.actor.officer_id

    @property
    def calls_left(self) -> int:
        calls = self.current.calls if self.current else 0
        return self.board.calling.max_calls - calls

    @property
    def walks_until(self) -> int:
        """The time until which the office gives a called visitor to walk to the counter (UTC ms)."""
        calling, priority = self.board.calling, self.current is not None and self.current.priority
        seconds = calling.walking_seconds_priority if priority else calling.walking_seconds
        return (self.board.last_call_at or 0) + seconds * 1000

    def target(self, act: queue_ticket.Act) -> queue_ticket.Ticket | None:
        """Return the ticket that `act` would be done to: the visitor at the counter, else the chosen row.

        Cancelling prefers the row: Del in a list means its row, and the act asks first.
        """
        tickets = [self.current, self.selected]
        if act is queue_ticket.Act.CANCEL:
            tickets.reverse()
        for ticket in tickets:
            if ticket is not None and ticket.state in queue_ticket.FROM_STATES[act]:
                return ticket
        return None


def cannot_act(s: Situation) -> str:
    """Return the reason that closes every action now."""
    if not s.online:
        return _(
            "Sambungan terputus. Tindakan terbuka lagi begitu tersambung; panggilan manual dicatat (F5)."
        )
    if s.busy and s.waited_s < 2:
        return _("Tunggu, tindakan sebelumnya sedang disimpan.")
    if s.busy:
        return _("Tunggu, tindakan sebelumnya sedang disimpan, sudah {n} detik.").format(n=s.waited_s)
    if not s.actor.may(Permission.SERVE):
        return _("Peran Anda tidak melayani di loket.")
    return ""


def not_free(s: Situation) -> str:
    """Return the reason why this counter cannot take a further visitor."""
    if not s.is_mine and s.board.mine.officer_id is not None:
        return _("Loket ini sekarang dijaga {officer}.").format(officer=s.board.mine.officer)
    if s.current is not None:
        return _("{label} masih di loket ini ({state}).").format(
            label=s.current.label, state=s.current.state.word
        )
    if s.board.mine.state is boards.CounterState.PAUSED:
        return _("Loket dijeda. Buka dulu dengan F11.")
    return "" if s.is_open else _("Loket tutup. Buka dulu dengan F11.")


def current_is_not(act: queue_ticket.Act, s: Situation) -> str:
    """Return the reason why `act` cannot be done to the visitor at the counter."""
    if s.current is None:
        return _("Belum ada pengunjung di loket ini.")
    if s.current.state in queue_ticket.FROM_STATES[act]:
        return ""
    if act is queue_ticket.Act.ARRIVE:
        return _("{label} sudah dilayani.").format(label=s.current.label)
    return _("{label} {state}; tidak dapat {act}.").format(
        label=s.current.label, state=s.current.state.word, act=act.word
    )


arrive = partial(current_is_not, queue_ticket.Act.ARRIVE)
finish = partial(current_is_not, queue_ticket.Act.FINISH)
no_show = partial(current_is_not, queue_ticket.Act.NO_SHOW)
transfer = partial(current_is_not, queue_ticket.Act.TRANSFER)


def answer(s: Situation) -> str:
    if not s.actor.may(Permission.WORK_CASES):
        return _("Peran Anda tidak mengerjakan permohonan.")
    return finish(s)


def recall(s: Situation) -> str:
    closed = current_is_not(queue_ticket.Act.RECALL, s)
    if not closed and s.calls_left <= 0:
        return counted("Sudah dipanggil {n} kali. Tandai tidak hadir (F8).", s.board.calling.max_calls)
    return closed


def manual_call(s: Situation) -> str:
    if s.current is not None:
        return recall(s)
    return not_free(s) or ("" if s.board.next_up else _("Tidak ada yang menunggu untuk loket ini."))


def hold(s: Situation) -> str:
    if s.target(queue_ticket.Act.HOLD):
        return ""
    if not s.current:
        return _("Pilih nomor yang menunggu, atau panggil dulu.")
    return current_is_not(queue_ticket.Act.HOLD, s)


def cancel(s: Situation) -> str:
    if s.target(queue_ticket.Act.CANCEL):
        return ""
    return _("Pilih nomor di daftar.") if not s.current else current_is_not(queue_ticket.Act.CANCEL, s)


def undo(s: Situation) -> str:
    """Return the reason why nothing can be undone. The board has only what the officer who sits here did."""
    return "" if s.board.undoable and s.is_mine else _("Tidak ada yang dapat diurungkan.")


def reprint(s: Situation) -> str:
    if not s.prints:
        return _("Loket ini tidak punya printer karcis.")
    ticket = s.selected or s.current
    if ticket is None:
        return _("Pilih nomor di daftar.")
    return "" if ticket.is_open else _("Nomor ini sudah {state}.").format(state=ticket.state.word)


def call_selected(s: Situation) -> str:
    if s.selected is None or s.selected.state is not queue_ticket.TicketState.WAITING:
        return _("Pilih nomor di daftar Menunggu.")
    return not_free(s)


def _selected_is_not(act: queue_ticket.Act, s: Situation) -> str:
    """Return the reason why `act` cannot be done to the chosen row."""
    is_fit = s.selected is not None and s.selected.state in queue_ticket.FROM_STATES[act]
    return "" if is_fit else _("Pilih nomor di daftar.")


come_back = partial(_selected_is_not, queue_ticket.Act.COME_BACK)
resume = partial(_selected_is_not, queue_ticket.Act.RESUME)
hold_row = partial(_selected_is_not, queue_ticket.Act.HOLD)


def seat(s: Situation) -> str:
    if seat_target(s.board.seats, s.selected) is None:
        return _("Tidak ada tamu prioritas yang menunggu.")
    return ""


def switch_counter(_s: Situation) -> str:
    """Return "": a counter can be paused and opened at any time. A visitor who is there stays there."""
    return ""
