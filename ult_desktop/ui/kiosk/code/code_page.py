"""The pages on which a visitor types a code, and sees what was found."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout
from typing_extensions import override

from ult_desktop.base import UserError, _, language
from ult_desktop.core import kiosk_code
from ult_desktop.core.kiosk_code import LONGEST_CODE
from ult_desktop.core.office.template import Words
from ult_desktop.core.online.online_request import OnlineState
from ult_desktop.core.queue import boards, ticket as queue_ticket
from ult_desktop.ui.kiosk.home.shortcut_row import ICONS
from ult_desktop.ui.kiosk.number.taken_page import ahead_words, wait_line
from ult_desktop.ui.kiosk.parts import notices, targets
from ult_desktop.ui.kiosk.parts.notices import NoticePage
from ult_desktop.ui.kiosk.typing import keyboard, typing_page
from ult_desktop.ui.kiosk.visit import CodePurpose
from ult_desktop.ui.kit import Theme, keep_room, set_style_properties, widgets


class CodePage(typing_page.TypingPage):
    """The page on which a code is typed.

    The state of the look-up or a refusal is shown below the code until something else is typed.

    Signals:
        code_entered: the code to look up.
        survey_entered: the code of the ticket whose survey is wanted.
    """

    code_entered = Signal(str)
    survey_entered = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._purpose, self._refusal, self._is_looking_up = CodePurpose.ANY, "", False
        self.entered.connect(self._enter)
        self.changed.connect(lambda: self._show_status(""))

    def open(self, purpose: CodePurpose) -> None:
        if purpose is not self._purpose:
            self._purpose, self._refusal, self._is_looking_up = purpose, "", False
        self.ask(_question(purpose, self._refusal, looking_up=self._is_looking_up))

    def show_refusal(self, error: UserError) -> None:
        self._show_status(" ".join(word for word in (error.what, error.todo) if word))

    @override
    def forget(self) -> None:
        super().forget()
        self._refusal, self._is_looking_up = "", False

    def _show_status(self, refusal: str, *, looking_up: bool = False) -> None:
        if (refusal, looking_up) != (self._refusal, self._is_looking_up):
            self._refusal, self._is_looking_up = refusal, looking_up
            self.open(self._purpose)

    def _enter(self, code: str) -> None:
        self._show_status("", looking_up=True)
        if self._purpose is CodePurpose.SURVEY:
            self.survey_entered.emit(code)
        else:
            self.code_entered.emit(code)


def _question(purpose: CodePurpose, refusal: str, *, looking_up: bool) -> typing_page.Typing:
    number = (
        _("Berapa nomor antrean Anda?"),
        _("Nomor pada karcis, misalnya A012, atau pindai kode QR-nya."),
    )
    title, hint = {
        CodePurpose.ANY: (
            _("Ketik atau pindai kode Anda"),
            _("Kode janji temu, nomor permintaan daring, atau nomor karcis seperti A012."),
        ),
        CodePurpose.NUMBER: number,
        CodePurpose.BOOK: number,
        CodePurpose.SURVEY: number,
    }[purpose]
    return typing_page.Typing(
        about=purpose,
        title=title,
        hint=hint,
        keys=keyboard.Keys.CODE,
        verb=_("Lanjut"),
        picture=ICONS[purpose],
        trouble=refusal,
        news=_("Sebentar, sedang diperiksa…") if looking_up else "",
        longest=LONGEST_CODE,
    )


def found_notice(known: kiosk_code.KnownCode, reprint_words: str = "") -> notices.Notice:
    """Return the notice about what was found; `reprint_words` say what became of its reprint, if any."""
    if isinstance(known, kiosk_code.KnownTicket):
        return _ticket_notice(known, reprint_words)
    return _request_notice(known)


def guest_book_thanks_notice(known: kiosk_code.KnownTicket) -> notices.Notice:
    """Return the thanks shown after the guest book is saved."""
    words = (
        _("Buku tamu Anda sudah tersimpan."),
        _("Silakan menunggu nomor {label} dipanggil.").format(label=known.ticket.label)
        if known.ticket.state is queue_ticket.TicketState.WAITING
        else ticket_state_words(known),
    )
    return notices.Notice("heart-handshake", "green", _("Terima kasih"), words, _("Selesai"))


def _ticket_notice(known: kiosk_code.KnownTicket, reprint_words: str) -> notices.Notice:
    ticket = known.ticket
    service = Words(ticket.service, ticket.service_en).within(language())
    signed = _("Buku tamu untuk nomor ini sudah diisi.") if known.signed else ""
    words = (service, ticket_state_words(known), wait_line(known.wait), signed, reprint_words)
    tint = "violet" if ticket.priority else "blue"
    return notices.Notice("ticket", tint, ticket.label, tuple(filter(None, words)), _("Selesai"))


def summons_notice(now: kiosk_code.TicketNow, *, handed_over: bool) -> notices.Notice:
    """Return the notice for a visitor whose number is called while they are at the kiosk.

    `handed_over`: what they had written in the guest book is with the officers.
    """
    saved = _("Isian buku tamu Anda sudah tersimpan. Petugas melengkapinya bersama Anda.")
    saved_words = (saved,) if handed_over else ()
    label = now.ticket.label
    if now.ticket.state is not queue_ticket.TicketState.CALLED:
        title = _("Nomor {label} sudah dipanggil").format(label=label)
        return notices.Notice(
            "bell-ring", "amber", title, (_("Silakan lapor kepada petugas."), *saved_words), _("Selesai")
        )
    counter = boards.counter_name(now.ticket.counter or 0, now.counter_name)
    title = _("Nomor {label} dipanggil").format(label=label)
    where = _("Silakan ke {counter}.").format(counter=counter)
    return notices.Notice("bell-ring", "green", title, (where, *saved_words), _("Selesai"))


def ticket_state_words(known: kiosk_code.KnownTicket) -> str:
    """Return the words about the state of a ticket: its place in the queue, or what became of it."""
    ticket = known.ticket
    if known.as_given:
        return _("Nomor Anda berlaku. Urutannya belum diketahui: mesin ini sedang terputus.")
    if known.ahead is not None:
        return ahead_words(known.ahead, known.callable_now)
    if ticket.state is queue_ticket.TicketState.CALLED and ticket.counter is not None:
        counter = boards.counter_name(ticket.counter, known.counter_name)
        return _("Nomor Anda sedang dipanggil. Silakan menuju {counter}.").format(counter=counter)
    return {
        queue_ticket.TicketState.WAITING: _("Silakan menunggu nomor Anda dipanggil."),
        queue_ticket.TicketState.CALLED: _("Nomor Anda sedang dipanggil."),
        queue_ticket.TicketState.SERVING: _("Nomor ini sedang dilayani."),
        queue_ticket.TicketState.HELD: _("Nomor ini ditunda. Petugas akan memanggil lagi."),
        queue_ticket.TicketState.DONE: _("Layanan untuk nomor ini sudah selesai."),
        queue_ticket.TicketState.NO_SHOW: _("Nomor ini sudah dipanggil. Silakan lapor kepada petugas."),
        queue_ticket.TicketState.CANCELLED: _("Nomor ini dibatalkan. Silakan tanyakan kepada petugas."),
    }[ticket.state]


def _request_notice(known: kiosk_code.KnownRequest) -> notices.Notice:
    state_words = {
        OnlineState.NEW: _("Permintaan Anda sudah kami terima dan menunggu giliran."),
        OnlineState.IN_PROGRESS: _("Permintaan Anda sedang kami kerjakan."),
        OnlineState.ANSWERED: _("Jawabannya sudah dikirim lewat jalur yang Anda pakai."),
        OnlineState.CLOSED: _("Permintaan ini sudah selesai."),
    }[known.state]
    state = _("Status: {state}").format(state=known.state.word)
    return notices.Notice("globe", "teal", known.number, (state, state_words), _("Selesai"))


_SURVEYED = (queue_ticket.TicketState.SERVING, queue_ticket.TicketState.DONE)


class FoundPage(NoticePage):
    """The page for a code that was found.

    The page offers the guest book and the survey while the visitor may fill them in, and a reprint.

    Signals:
        book_requested, survey_requested, reprint_requested: for the ticket that is shown.
    """

    book_requested = Signal()
    survey_requested = Signal()
    reprint_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.book = targets.main_action(theme, "notebook-pen")
        self.survey = targets.main_action(theme, "smile")
        self.book.clicked.connect(self.book_requested)
        self.survey.clicked.connect(self.survey_requested)
        self.reprint_button = widgets.Button(theme, icon_name="printer")
        self.reprint_button.setProperty("shape", "big")
        self.reprint_button.clicked.connect(self.reprint_requested)
        for button in (self.reprint_button, self.survey, self.book):
            self.acts.insertWidget(0, button, 1)
        self.title.setProperty("type", "hero")

    def show_found(self, known: kiosk_code.KnownCode, reprint_words: str, *, reprintable: bool) -> None:
        self.show_notice(found_notice(known, reprint_words))
        targets.set_button_words(self.book, _("Isi buku tamu"))
        targets.set_button_words(self.survey, _("Isi survei"))
        targets.set_button_words(self.reprint_button, _("Cetak ulang"))
        # A button that goes because it was touched leaves its room: nothing else moves under the finger.
        keep_room(self.reprint_button, kept=bool(reprint_words))
        self.reprint_button.setVisible(reprintable)
        ticket = known if isinstance(known, kiosk_code.KnownTicket) else None
        self.book.setVisible(ticket is not None and ticket.signable)
        self.survey.setVisible(ticket is not None and ticket.ticket.state in _SURVEYED)
        is_alone = self.book.isHidden() and self.survey.isHidden()
        set_style_properties(self.action_button, role="primary" if is_alone else "")
        self._stack()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack()

    def _stack(self) -> None:
        """Put the buttons below each other where they have no room in one line."""
        way = QBoxLayout.Direction
        self.acts.setDirection(way.LeftToRight)
        margins = self.column.contentsMargins()
        if self.acts.sizeHint().width() > self.width() - margins.left() - margins.right():
            self.acts.setDirection(way.TopToBottom)
