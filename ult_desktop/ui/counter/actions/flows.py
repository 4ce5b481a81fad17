"""Actions that ask something first: which service, which reason, really?"""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ult_desktop.base.i18n import _
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterBoard, CounterState, HallBoard
from ult_desktop.core.queue.ticket import Act, Ticket, TicketState
from ult_desktop.ui.counter.actions.actions import call_row, open_counter
from ult_desktop.ui.counter.actions.service_box import ServiceBox
from ult_desktop.ui.counter.actions.situation import Situation
from ult_desktop.ui.counter.actions.transfer_box import TransferBox
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.theme import Theme

Send = Callable[[Command], object]


class ActionDialogs:
    """Opens the dialog of an action over `parent`; its answer goes out as a request through `send`."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        self._parent, self._theme = parent, theme
        self._by_name: dict[str, Callable[[Situation, Send], None]] = {
            "transfer": self._transfer,
            "walk_in": self._walk_in,
            "cancel": self._cancel,
            "call_selected": self._call_selected,
            "switch_counter": self._switch_counter,
            "switch_kiosks": self._switch_kiosks,
            "close_day": self._close_day,
        }

    def start(self, name: str, s: Situation, send: Send) -> None:
        self._by_name[name](s, send)

    def _transfer(self, s: Situation, send: Send) -> None:
        if s.current is not None:
            TransferBox(self._parent, self._theme, s.board, s.current, send).open()

    def _walk_in(self, s: Situation, send: Send) -> None:
        serves = s.board.mine.serves
        services = [service for service in s.board.services if not serves or service.id in serves]

        def chosen(service_id: int) -> None:
            send(commands.WalkIn(counter=s.counter, service_id=service_id))

        ServiceBox(self._parent, self._theme, services, chosen).open()

    def _cancel(self, s: Situation, send: Send) -> None:
        ticket = s.target(Act.CANCEL)
        if ticket is None:
            return
        reasons = (_("Pengunjung tidak jadi"), _("Nomor ganda"), _("Salah layanan"))
        title = _("Batalkan {label} karena …").format(label=ticket.label)
        self._with_reason(
            title, reasons, lambda reason: send(commands.Cancel(ticket_id=ticket.id, reason=reason))
        )

    def _call_selected(self, s: Situation, send: Send) -> None:
        ticket = s.selected
        if ticket is None:
            return
        wish = call_row(s, ticket)
        if isinstance(wish, commands.CallNext):
            send(wish)
            return
        question = _("Panggil {label} di luar urutan?").format(label=ticket.label)
        yes = (_("Panggil {label}").format(label=ticket.label), lambda: send(wish))
        dialogs.ask(self._parent, self._theme, question, _whom_it_passes(s, ticket), yes)

    def _switch_counter(self, s: Situation, send: Send) -> None:
        if not s.is_mine or s.board.mine.state is CounterState.CLOSED:
            send(commands.StaffCounter(counter=s.counter))
        elif s.is_open:
            reasons = (_("Istirahat"), _("Salat"), _("Rapat"), _("Gangguan perangkat"))
            self._with_reason(_("Jeda loket karena …"), reasons, lambda reason: send(_pause(s, reason)))
        else:
            send(open_counter(s))

    def _switch_kiosks(self, s: Situation, send: Send) -> None:
        if s.board.kiosk_pause:
            send(commands.PauseKiosks())
            return
        title = _("Jeda semua kios karena …")
        self._with_reason(
            title, kiosk_pause_reasons(), lambda reason: send(commands.PauseKiosks(reason=reason))
        )

    def _close_day(self, s: Situation, send: Send) -> None:
        yes = (_("Tutup hari"), lambda: send(commands.CloseDay(reason=_("Jam layanan berakhir"))))
        dialogs.ask(self._parent, self._theme, _("Tutup antrean hari ini?"), what_is_left(s.board), yes)

    def _with_reason(self, title: str, reasons: tuple[str, ...], given: Callable[[str], object]) -> None:
        choose_reason(self._parent, self._theme, title, reasons, given)


def choose_reason(
    parent: QWidget, theme: Theme, title: str, reasons: tuple[str, ...], given: Callable[[str], object]
) -> None:
    """One touch for the usual reasons; the last one opens a line to type in."""

    def chosen(reason: object) -> None:
        if reason:
            given(str(reason))
            return
        dialogs.ask_text(parent, theme, title, _("Alasan ini tercatat."), (_("Simpan"), given))

    options = [*((reason, reason) for reason in reasons), (_("Alasan lain …"), "")]
    dialogs.choose(parent, theme, title, options, chosen)


def kiosk_pause_reasons() -> tuple[str, ...]:
    return _("Istirahat"), _("Antrean penuh"), _("Gangguan perangkat")


def _pause(s: Situation, reason: str) -> Command:
    return commands.SetCounter(counter=s.counter, state=CounterState.PAUSED, reason=reason)


def _whom_it_passes(s: Situation, ticket: Ticket) -> str:
    before = sum(other.queued_at < ticket.queued_at for other in s.board.waiting)
    parts = [
        _("Ada {n} nomor yang menunggu lebih lama.").format(n=before) if before else "",
        _("Menurut urutan, berikutnya {label}.").format(label=s.board.next_up.label)
        if s.board.next_up
        else "",
    ]
    return " ".join(part for part in parts if part)


def what_is_left(board: CounterBoard | HallBoard) -> str:
    """What closing the day would close, in one sentence."""
    here = [line.current for line in board.counters if line.current is not None]
    counts = (
        (_("{n} menunggu"), len(board.waiting)),
        (_("{n} ditunda"), len(board.held)),
        (_("{n} dipanggil"), sum(t.state is TicketState.CALLED for t in here)),
        (_("{n} sedang dilayani"), sum(t.state is TicketState.SERVING for t in here)),
    )
    left = ", ".join(text.format(n=n) for text, n in counts if n)
    told = _("Masih terbuka: {left}. Semuanya ditutup dengan alasan; tidak ada yang dihapus.").format(
        left=left
    )
    words = told if left else _("Tidak ada nomor yang masih terbuka.")
    cards = _("{n} kartu identitas masih dipegang: kembalikan dulu.").format(n=board.cards_held)
    return f"{words} {cards}" if board.cards_held else words
