"""What a visitor is told about the code: his number and its queue, or where his request stands."""

from ult_desktop.base.i18n import _, language
from ult_desktop.core.online.online_request import OnlineState, online_state_word
from ult_desktop.core.queue.counter_names import counter_name
from ult_desktop.core.queue.kiosk_code import KnownCode, KnownRequest, KnownTicket
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.ui.kiosk.number.number_slip import ahead_words
from ult_desktop.ui.kiosk.parts.notices import Notice


def notice_of(known: KnownCode) -> Notice:
    return _ticket_notice(known) if isinstance(known, KnownTicket) else _request_notice(known)


def signed(label: str) -> Notice:
    """After the guest book."""
    words = (
        _("Buku tamu Anda sudah tersimpan."),
        _("Silakan menunggu nomor {label} dipanggil.").format(label=label),
    )
    return Notice("heart-handshake", "green", _("Terima kasih"), words, _("Selesai"))


def _ticket_notice(known: KnownTicket) -> Notice:
    ticket = known.ticket
    english = language() == "en" and ticket.service_en
    signed = _("Buku tamu untuk nomor ini sudah diisi.") if known.signed else ""
    words = (ticket.service_en if english else ticket.service, _standing(ticket, known), signed)
    tint = "violet" if ticket.priority else "blue"
    return Notice("ticket", tint, ticket.label, tuple(filter(None, words)), _("Selesai"))


def _standing(ticket: Ticket, known: KnownTicket) -> str:
    if known.ahead is not None:
        return ahead_words(known.ahead)
    if ticket.state is TicketState.CALLED and ticket.counter is not None:
        counter = counter_name(ticket.counter, known.counter_name)
        return _("Nomor Anda sedang dipanggil. Silakan menuju {counter}.").format(counter=counter)
    return {
        TicketState.WAITING: _("Silakan menunggu nomor Anda dipanggil."),
        TicketState.CALLED: _("Nomor Anda sedang dipanggil."),
        TicketState.SERVING: _("Nomor ini sedang dilayani."),
        TicketState.HELD: _("Nomor ini ditunda. Petugas akan memanggil lagi."),
        TicketState.DONE: _("Layanan untuk nomor ini sudah selesai."),
        TicketState.NO_SHOW: _("Nomor ini sudah dipanggil. Silakan lapor kepada petugas."),
        TicketState.CANCELLED: _("Nomor ini dibatalkan. Silakan tanyakan kepada petugas."),
    }[ticket.state]


def _request_notice(known: KnownRequest) -> Notice:
    going_on = {
        OnlineState.NEW: _("Permintaan Anda sudah kami terima dan menunggu giliran."),
        OnlineState.IN_PROGRESS: _("Permintaan Anda sedang kami kerjakan."),
        OnlineState.ANSWERED: _("Jawabannya sudah dikirim lewat jalur yang Anda pakai."),
        OnlineState.CLOSED: _("Permintaan ini sudah selesai."),
    }[known.state]
    state = _("Status: {state}").format(state=online_state_word(known.state))
    return Notice("globe", "teal", known.number, (state, going_on), _("Selesai"))
