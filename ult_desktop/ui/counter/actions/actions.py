"""The table of the queue's actions: name, words, key, icon, rule and request."""

from collections.abc import Callable
from dataclasses import dataclass

from ult_desktop.base import _
from ult_desktop.core.command import Command
from ult_desktop.core.queue import boards, commands, ticket as queue_ticket
from ult_desktop.core.queue.commands import GiveSeatBack, TakeSeat
from ult_desktop.ui.counter.actions import reasons
from ult_desktop.ui.counter.actions.reasons import Situation
from ult_desktop.ui.counter.care.seat_strip import seat_target


@dataclass(frozen=True)
class Action:
    """An action that the officer can do.

    `command` makes the request; None: a dialog asks something first (`flows.py`). `message` is shown
    afterwards, with "{label}" (the ticket's) and "{where}" (where it was sent), and with the button
    "Urungkan" if the act is `undoable` and the ticket was at this counter. For a ticket of a list,
    `make_undo` makes the command behind that button.
    """

    name: str
    text: str
    key: str
    icon: str
    rule: Callable[[Situation], str]
    command: Callable[[Situation], Command] | None = None
    message: str = ""
    undoable: bool = False
    make_undo: Callable[[queue_ticket.Ticket], Command] | None = None

    def closed_because(self, situation: Situation) -> str:
        """Return why the action cannot be done now, in words; "" when it can."""
        return reasons.cannot_act(situation) or self.rule(situation)


def action_table() -> dict[str, Action]:
    """Return the actions by name, in the language in force now."""
    return {action.name: action for action in (*_serving_cycle(), *_occasional_actions(), *_row_actions())}


def _serving_cycle() -> tuple[Action, ...]:
    """Return the serving cycle, in the order of a visit."""
    return (
        Action(
            "call_next",
            _("Panggil berikutnya"),
            "F2",
            "megaphone",
            reasons.not_free,
            _for_counter(commands.CallNext),
        ),
        Action(
            "recall", _("Panggil ulang"), "F3", "bell-ring", reasons.recall, _for_counter(commands.Recall)
        ),
        Action("arrive", _("Mulai layani"), "F4", "play", reasons.arrive, _for_counter(commands.Arrive)),
        Action(
            "finish",
            _("Selesai"),
            "F9",
            "check",
            reasons.finish,
            message=_("{label} selesai."),
            undoable=True,
        ),
        Action("answer", _("Jawab"), "Ctrl+J", "message-circle", reasons.answer),
        Action(
            "hold",
            _("Tunda"),
            "F6",
            "hourglass",
            reasons.hold,
            message=_("{label} ditunda."),
            undoable=True,
            make_undo=_put_back,
        ),
        Action(
            "transfer",
            _("Alihkan"),
            "F7",
            "arrow-right-left",
            reasons.transfer,
            message=_("{label} dialihkan ke {where}."),
            undoable=True,
        ),
        Action(
            "no_show",
            _("Tidak hadir"),
            "F8",
            "user-x",
            reasons.no_show,
            message=_("{label} tidak hadir; nomornya ada di Terlewat."),
            undoable=True,
        ),
    )


def _occasional_actions() -> tuple[Action, ...]:
    """Return the actions that are needed now and then."""
    return (
        Action(
            "undo", _("Urungkan"), "Ctrl+Z", "undo-2", reasons.undo, _undo, message=_("{label} diurungkan.")
        ),
        Action("switch_counter", _("Jeda atau buka loket"), "F11", "coffee", reasons.switch_counter),
        Action(
            "mismatch",
            _("Karcis tidak cocok"),
            "",
            "ticket",
            reasons.arrive,
            message=_("{label} {state}. Yang dipanggil kembali ke urutan pertama."),
        ),
        Action("walk_in", _("Layani tanpa karcis"), "F10", "user-plus", reasons.not_free),
        Action(
            "by_mouth",
            _("Panggil tanpa alat"),
            "F5",
            "volume-x",
            reasons.manual_call,
            _by_mouth,
            message=_("{label} dicatat dipanggil tanpa alat."),
        ),
        Action(
            "cancel",
            _("Batalkan"),
            "Del",
            "circle-x",
            reasons.cancel,
            message=_("{label} dibatalkan."),
            make_undo=_put_back,
        ),
        Action(
            "reprint",
            _("Cetak ulang"),
            "Ctrl+P",
            "printer",
            reasons.reprint,
            message=_("{label} dicetak ulang."),
        ),
    )


def _row_actions() -> tuple[Action, ...]:
    """Return the actions on the chosen row of a list, and the other actions that have no key."""
    return (
        Action("call_selected", _("Panggil"), "", "megaphone", reasons.call_selected),
        Action(
            "come_back",
            _("Datang kembali"),
            "",
            "rotate-ccw",
            reasons.come_back,
            _for_selected(commands.ComeBack),
            message=_("{label} masuk antrean lagi."),
        ),
        Action(
            "resume",
            _("Lanjutkan"),
            "",
            "play",
            reasons.resume,
            _for_selected(commands.Resume),
            message=_("{label} menunggu lagi."),
        ),
        Action(
            "hold_row",
            _("Tunda"),
            "",
            "hourglass",
            reasons.hold_row,
            _for_selected(commands.Hold),
            message=_("{label} ditunda."),
            make_undo=_put_back,
        ),
        Action("survey", _("Tawarkan survei"), "", "message-circle", reasons.finish),
        Action("seat", _("Kursi prioritas"), "", "armchair", reasons.seat, _seat),
    )


def _for_counter(kind: Callable[..., Command]) -> Callable[[Situation], Command]:
    """Return a function that makes a command about the situation's counter."""
    return lambda s: kind(counter=s.counter)


def _for_selected(kind: Callable[..., Command]) -> Callable[[Situation], Command]:
    """Return a function that makes a command about the chosen row."""
    return lambda s: kind(ticket_id=_require(s.selected).id)


def _undo(s: Situation) -> Command:
    return commands.Undo(counter=s.counter, ticket_id=_require(s.board.undoable).id)


def _put_back(ticket: queue_ticket.Ticket) -> Command:
    return commands.Resume(ticket_id=ticket.id)


def _seat(s: Situation) -> Command:
    guest = seat_target(s.board.seats, s.selected)
    assert guest is not None  # noqa: S101  (the rule closes the action without one)
    return (GiveSeatBack if guest.sits else TakeSeat)(visit_id=guest.visit_id)


def _by_mouth(s: Situation) -> Command:
    if s.current is not None:
        return commands.Recall(counter=s.counter, by_mouth=True)
    return commands.CallTicket(counter=s.counter, ticket_id=_require(s.board.next_up).id, by_mouth=True)


def call_command(s: Situation, ticket: queue_ticket.Ticket) -> Command:
    """Make the call for a row: `CallNext` if it is the next one, else `CallTicket` (out of order)."""
    if s.board.next_up is not None and s.board.next_up.id == ticket.id:
        return commands.CallNext(counter=s.counter)
    return commands.CallTicket(counter=s.counter, ticket_id=ticket.id)


def open_counter_command(s: Situation) -> Command:
    return commands.SetCounter(counter=s.counter, state=boards.CounterState.OPEN)


def _require(ticket: queue_ticket.Ticket | None) -> queue_ticket.Ticket:
    """Return the ticket, which is there: without one the rule closes the action."""
    assert ticket is not None  # noqa: S101
    return ticket
