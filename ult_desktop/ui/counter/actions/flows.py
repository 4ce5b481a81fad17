"""The actions that ask something first: transfer, hold, no-show, closing the day and others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QLineEdit, QWidget

from ult_desktop.base import _, counted
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office.template import service_line
from ult_desktop.core.queue import boards, commands, ticket as queue_ticket
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.survey.commands import ConfirmSurvey, InviteSurvey, RefuseSurvey
from ult_desktop.operations import closings
from ult_desktop.ui.counter.actions.actions import next_step
from ult_desktop.ui.counter.words import counter_name
from ult_desktop.ui.kit import Theme, dialogs, forms
from ult_desktop.ui.kit.forms.choice_fields import Option

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ult_desktop.core.command import Command
    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.counter.actions.reasons import Situation
    from ult_desktop.ui.counter.pages import PageHost
    from ult_desktop.ui.kit import widgets


def ask_to_close(host: PageHost, board: boards.HallBoard) -> None:
    """Ask before the day is closed, with the hour at which the office closes. Before then Enter means no."""
    end = board.end
    if end.early:
        ask, reason = dialogs.ask_unusual, _("Ditutup lebih awal")
        question = _("Tutup hari sebelum pukul {time}?").format(time=end.closes)
        hour = _("Kantor buka sampai pukul {time}; kios masih memberi nomor sampai saat itu.")
    else:
        ask, reason = dialogs.ask, _("Jam layanan berakhir")
        question = _("Tutup antrean hari ini?")
        hour = _("Jam layanan berakhir pukul {time}.") if end.closes else ""
    command = commands.CloseDay(reason=reason)
    yes = (_("Tutup hari"), lambda: host.perform(command, partial(_show_closed, host)))
    words = "\n".join(filter(None, (hour.format(time=end.closes), boards.left_open_words(board))))
    ask(host.window, host.theme, question, words, yes)


def _show_closed(host: PageHost, count: int) -> None:
    """Show how many tickets the closing has ended, with the button that undoes it while that is possible."""
    message = _("Hari ditutup. Nomor yang ikut ditutup: {n}.").format(n=count)
    undo = partial(host.perform, commands.TakeBackDay(), message=_("Penutupan hari dibatalkan."))
    host.tell_undoable(message, undo, lambda office: _last_closing(office) is not None)


def switch_kiosks(host: PageHost, board: boards.HallBoard) -> None:
    """Open the kiosks that are paused, or pause them for a reason that visitors read."""
    if board.kiosk_pause:
        host.perform(commands.PauseKiosks(), message=_("Kios dibuka."))
        return

    def pause(reason: str, box: dialogs.Box | None) -> None:
        command, message = commands.PauseKiosks(reason=reason), _("Kios dijeda.")
        if box is None:
            host.perform(command, message=message)
        else:
            host.perform(command, lambda _kiosks: box.close_saved(), message, refused=box.show_refusal)

    reasons = (_("Istirahat"), _("Antrean penuh"), _("Gangguan perangkat"))
    choose_reason(host.window, host.theme, _("Jeda semua kios karena …"), reasons, pause)


def offer_day_back(host: PageHost) -> None:
    """Ask whether to take back a day that a wrong clock began, if the officer may close a day."""

    def show(closing: closings.Closing | None) -> None:
        if closing is not None and closing.by_clock:
            _ask_to_take_back(host, closing, _("Hari baru dimulai karena jam yang keliru. Batalkan?"))

    if host.actor.may(Permission.CLOSE_DAY):
        host.read(_last_closing, show)


def take_day_back(host: PageHost) -> None:
    """Show what the last closing of today ended, and take it back when the officer agrees."""

    def show(closing: closings.Closing | None) -> None:
        if closing is None:
            host.tell(_("Tidak ada penutupan hari ini yang dapat dibatalkan."))
        else:
            _ask_to_take_back(host, closing, _("Batalkan penutupan hari?"))

    host.read(_last_closing, show)


def _ask_to_take_back(host: PageHost, closing: closings.Closing, question: str) -> None:
    words = [_("Tidak ada nomor yang ikut ditutup.")]
    if closing.back:
        labels = ", ".join(closing.back)
        words = [_("Nomor yang ikut ditutup kembali ke tempatnya: {labels}.").format(labels=labels)]
    if closing.newer:
        words.append(
            _(
                "Nomor yang diberikan sesudahnya dibatalkan: {labels}. Pemegangnya mengambil nomor baru."
            ).format(labels=", ".join(closing.newer))
        )
    command = commands.TakeBackDay(cancel_newer=bool(closing.newer))
    message = _("Nomor yang kembali: {n}.").format(n=len(closing.back))
    yes = (_("Batalkan penutupan"), lambda: host.perform(command, message=message))
    dialogs.ask(host.window, host.theme, question, "\n".join(words), yes, _("Nanti"))


def _last_closing(office: Office) -> closings.Closing | None:
    return office.read(lambda tx: closings.last_closing(tx, office.clock()))


class WalkInBox(dialogs.Box):
    """The box to choose the service of a visitor without a ticket."""

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        services: Sequence[boards.Service],
        serve: Callable[[int], object],
    ) -> None:
        super().__init__(parent, theme, _("Layanan untuk pengunjung tanpa karcis"), ("user-plus", "blue"))
        self.say(_("Nomor dibuat dan langsung dilayani di loket ini."))
        self.service = _service_list(theme, services)
        self.service.setAccessibleName(_("Layanan"))
        self.words.addWidget(self.service)
        self.add_button(_("Batal"), "quiet", lambda: None)
        self.take_button = self.add_button(_("Layani"), "primary", lambda: serve(self.service.currentData()))
        self.take_button.setEnabled(bool(services))
        self.service.setFocus()


def _service_list(theme: Theme, services: Iterable[boards.Service]) -> forms.ComboBox:
    choice = forms.ComboBox(theme)
    for service in services:
        choice.addItem(service_line(service.prefix, service.name), service.id)
    return choice


class TransferBox(dialogs.Box):
    """The box for a transfer: exactly one destination, and a remark for the next officer."""

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        board: boards.CounterBoard,
        ticket: queue_ticket.Ticket,
        send: Callable[[commands.Transfer, dialogs.Box], object],
    ) -> None:
        title = _("Alihkan {label}").format(label=ticket.label)
        super().__init__(parent, theme, title, ("arrow-right-left", "blue"))
        self._own_number = board.mine.number
        others = (service for service in board.services if service.id != ticket.service_id)
        self.service = _service_list(theme, others)
        self.counter, self.officer = (forms.ComboBox(theme) for _n in range(2))
        self.remark = QLineEdit()
        self._fill_destinations(board)
        self.to_service = self._add_destination(_("Ke layanan lain"), self.service)
        self.to_counter = self._add_destination(_("Ke loket lain"), self.counter)
        self.to_officer = self._add_destination(_("Ke petugas"), self.officer)
        self.back = self._add_destination(_("Kembali ke pengirim"), None)
        if ticket.sender_counter is not None:
            self.back.say(_("Kembali ke pengirim (loket {n})").format(n=ticket.sender_counter))
        self.back.setVisible(ticket.sender_counter is not None)
        self.to_service.setEnabled(self.service.count() > 0)
        self.to_counter.setEnabled(self.counter.count() > 0)
        self.to_officer.setEnabled(self.officer.count() > 0)
        self.remark.setPlaceholderText(_("Pesan untuk petugas berikutnya (boleh kosong)"))
        self.remark.setAccessibleName(_("Pesan"))
        self.words.addWidget(self.remark)
        destinations = (self.to_service, self.to_counter, self.to_officer)
        first_possible = next((kind for kind in destinations if kind.isEnabled()), self.back)
        first_possible.setChecked(True)
        self.add_button(_("Batal"), "quiet", lambda: None)
        self.send_button = self.add_button(
            _("Alihkan"), "primary", lambda: send(self.command(), self), stays=True
        )
        # No transfer while the office is out of reach: the label `outage` then says so.
        self.outage_changed.connect(lambda: self.send_button.setDisabled(bool(self.outage.text())))
        self.service.setFocus()

    def _fill_destinations(self, board: boards.CounterBoard) -> None:
        for counter in board.counters:
            if counter.number == board.mine.number or counter.state is boards.CounterState.CLOSED:
                continue
            self.counter.addItem(counter_name(counter), counter.number)
            if counter.officer_id not in (None, board.mine.officer_id):
                sent = sum(ticket.target_officer_id == counter.officer_id for ticket in board.waiting)
                words = [counter.officer, counter_name(counter)]
                if sent:
                    words.append(_("{n} menunggu").format(n=sent))
                self.officer.addItem(" · ".join(words), counter.officer_id)

    def _add_destination(self, text: str, choice: forms.ComboBox | None) -> Option:
        """Add a kind of destination with its list. A choice in the list also chooses the kind."""
        switch = Option(text)
        self.words.addWidget(switch)
        if choice is None:
            return switch
        choice.setAccessibleName(text)
        choice.activated.connect(lambda _index: switch.setChecked(True))
        switch.toggled.connect(lambda on: choice.setFocus() if on else None)
        self.words.addWidget(choice)
        return switch

    def command(self) -> commands.Transfer:
        """Return the transfer as chosen now."""
        transfer = partial(commands.Transfer, counter=self._own_number, remark=self.remark.text().strip())
        if self.back.isChecked():
            return transfer(back=True)
        if self.to_counter.isChecked():
            return transfer(to_counter=self.counter.currentData())
        if self.to_officer.isChecked():
            return transfer(to_officer=self.officer.currentData())
        return transfer(to_service=self.service.currentData())


class Send(Protocol):
    """A function that sends a request.

    If the request comes from a `box`, the box closes once the request is done, or shows why it was refused.
    """

    def __call__(self, command: Command, box: dialogs.Box | None = None) -> object: ...


class ActionDialogs:
    """The dialogs of actions, opened over `parent`. `send` sends the request that an officer chose there."""

    def __init__(self, parent: QWidget, theme: Theme, now: widgets.Now) -> None:
        self._parent, self._theme, self._now = parent, theme, now
        self._choose_reason = partial(choose_reason, parent, theme)
        self._by_name: dict[str, Callable[[Situation, Send], None]] = {
            "transfer": self._transfer,
            "mismatch": self._mismatch,
            "walk_in": self._walk_in,
            "hold": self._hold,
            "no_show": self._no_show,
            "survey": self._offer_survey,
            "cancel": self._cancel,
            "call_selected": self._call_selected,
            "switch_counter": self._switch_counter,
        }

    def start(self, name: str, s: Situation, send: Send) -> None:
        self._by_name[name](s, send)

    def _transfer(self, s: Situation, send: Send) -> None:
        if s.current is not None:
            TransferBox(self._parent, self._theme, s.board, s.current, send).open()

    def _mismatch(self, s: Situation, send: Send) -> None:
        """Ask which number the visitor holds who came to another's call."""
        if s.current is not None:
            title = _("Karcis tidak cocok dengan {label}").format(label=s.current.label)
            words = _("Nomor pada karcis di tangan pengunjung, misalnya A007.")

            def note(text: str, box: dialogs.Box) -> None:
                send(commands.NoteMismatch(counter=s.counter, shown=text), box)

            dialogs.ask_text(self._parent, self._theme, title, words, (_("Catat"), note))

    def _walk_in(self, s: Situation, send: Send) -> None:
        serves = s.board.mine.serves
        services = [service for service in s.board.services if not serves or service.id in serves]

        def serve(service_id: int) -> None:
            send(commands.WalkIn(counter=s.counter, service_id=service_id))

        WalkInBox(self._parent, self._theme, services, serve).open()

    def _hold(self, s: Situation, send: Send) -> None:
        """Hold the visitor. If they are being served, ask why; the steps' clocks stop while they are away."""
        ticket = s.target(queue_ticket.Act.HOLD)
        if ticket is None:
            return
        if ticket.state is not queue_ticket.TicketState.SERVING:
            send(commands.Hold(ticket_id=ticket.id))
            return

        reasons_to_be_away = (_("Melengkapi berkas"), _("Ke ATM atau fotokopi"))

        def hold(reason: str, box: dialogs.Box | None) -> object:
            is_away = reason in reasons_to_be_away
            return send(commands.Hold(ticket_id=ticket.id, reason=reason, away=is_away), box)

        title = _("Tunda {label} karena …").format(label=ticket.label)
        self._choose_reason(title, (*reasons_to_be_away, _("Menunggu back office")), hold)

    def _no_show(self, s: Situation, send: Send) -> None:
        """Note that the visitor did not come; ask first while they may still walk, or calls are left."""
        command, now = commands.NoShow(counter=s.counter), to_stamp(self._now())
        if s.current is None or next_step(s, now) == "no_show":
            send(command)
            return
        most = s.board.calling.max_calls
        seconds_left = max(0, s.walks_until - now) // 1000
        words = [_("Baru dipanggil {n} dari {most} kali.").format(n=s.current.calls, most=most)]
        if seconds_left:
            words.append(counted("Pengunjung masih punya {n} detik untuk berjalan ke loket.", seconds_left))
        words.append(_("Nomornya pindah ke Terlewat dan dapat datang kembali."))
        question = _("Tandai {label} tidak hadir?").format(label=s.current.label)
        yes = (_("Tidak hadir"), lambda: send(command))
        dialogs.ask(self._parent, self._theme, question, " ".join(words), yes)

    def _offer_survey(self, s: Situation, send: Send) -> None:
        if s.current is None:
            return
        ticket_id = s.current.id
        options: list[tuple[str, Command]] = [
            (_("Diarahkan mengisi survei"), InviteSurvey(ticket_id=ticket_id)),
            (_("Sudah diisi di HP pengunjung"), ConfirmSurvey(ticket_id=ticket_id)),
            (_("Tidak bersedia mengisi"), RefuseSurvey(ticket_id=ticket_id)),
        ]
        title = _("Survei untuk {label}").format(label=s.current.label)
        dialogs.choose(self._parent, self._theme, title, options, send)

    def _cancel(self, s: Situation, send: Send) -> None:
        ticket = s.target(queue_ticket.Act.CANCEL)
        if ticket is None:
            return
        reasons = (_("Pengunjung tidak jadi"), _("Nomor ganda"), _("Salah layanan"))
        title = _("Batalkan {label} karena …").format(label=ticket.label)
        self._choose_reason(
            title, reasons, lambda reason, box: send(commands.Cancel(ticket_id=ticket.id, reason=reason), box)
        )

    def _call_selected(self, s: Situation, send: Send) -> None:
        ticket = s.selected
        if ticket is None:
            return
        if s.board.next_up is not None and s.board.next_up.id == ticket.id:
            send(commands.CallNext(counter=s.counter))
            return
        command = commands.CallTicket(counter=s.counter, ticket_id=ticket.id)
        question = _("Panggil {label} di luar urutan?").format(label=ticket.label)
        yes = (_("Panggil {label}").format(label=ticket.label), lambda: send(command))
        dialogs.ask(self._parent, self._theme, question, _out_of_turn_words(s, ticket), yes)

    def _switch_counter(self, s: Situation, send: Send) -> None:
        if not s.is_mine or s.board.mine.state is boards.CounterState.CLOSED:
            send(commands.StaffCounter(counter=s.counter))
        elif s.is_open:
            reasons = (_("Istirahat"), _("Salat"), _("Rapat"), _("Gangguan perangkat"))
            paused = boards.CounterState.PAUSED

            def pause(reason: str, box: dialogs.Box | None) -> None:
                send(commands.SetCounter(counter=s.counter, state=paused, reason=reason), box)

            self._choose_reason(_("Jeda loket karena …"), reasons, pause)
        else:
            send(commands.SetCounter(counter=s.counter, state=boards.CounterState.OPEN))


UseReason = Callable[[str, dialogs.Box | None], object]


def choose_reason(
    parent: QWidget, theme: Theme, title: str, reasons: tuple[str, ...], use: UseReason
) -> None:
    """Offer the usual reasons, one press each. The last choice opens a line to type in.

    `use` gets the reason, and the box in which it was typed (None for a usual one), to close it.
    """

    def use_or_ask(reason: str) -> None:
        if reason:
            use(reason, None)
        else:
            dialogs.ask_text(parent, theme, title, _("Alasan ini tercatat."), (_("Simpan"), use))

    options = [*((reason, reason) for reason in reasons), (_("Alasan lain …"), "")]
    dialogs.choose(parent, theme, title, options, use_or_ask)


def _out_of_turn_words(s: Situation, ticket: queue_ticket.Ticket) -> str:
    """Return how many have waited longer than this ticket, and whose turn it is."""
    words = []
    longer = sum(other.queued_at < ticket.queued_at for other in s.board.waiting)
    if longer:
        words.append(counted("Ada {n} nomor yang menunggu lebih lama.", longer))
    if s.board.next_up:
        words.append(_("Menurut urutan, berikutnya {label}.").format(label=s.board.next_up.label))
    return " ".join(words)
