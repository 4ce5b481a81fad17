"""The words of each state of the lobby: heading, notice beside the calls and running text agree in it."""

from dataclasses import dataclass
from datetime import date

from ult_desktop.base import _, formats
from ult_desktop.core.queue.boards import LobbyBoard
from ult_desktop.core.queue.lobby import LobbyNow, LobbyState, countdown, opens_words


@dataclass(frozen=True)
class StateWords:
    """The words of the screen in a state.

    Args:
        icon: of the notice below the calls.
        title: the notice below the calls; `hints` are below it.
        heading: above the services.
        ticker: replaces the office's own running text, which may invite to take a number; () keeps that text.
        keeps_room: the notice keeps a place of the list, however many calls there are.
    """

    icon: str
    title: str
    hints: tuple[str, ...]
    heading: str = ""
    ticker: tuple[str, ...] = ()
    keeps_room: bool = True

    @property
    def hint(self) -> str:
        return " ".join(self.hints)


def state_words(now: LobbyNow, board: LobbyBoard, today: date) -> StateWords:
    icon, title, hints = _notice(now, board, today)
    if now.state is not LobbyState.OPEN:
        return StateWords(icon, title, hints, title, _without_empty(title, *hints, board.office.phone_words))
    if not board.kiosk_pause:
        return StateWords(icon, title, hints, _("Selamat datang"), keeps_room=False)
    paused = _("Pengambilan nomor dijeda sebentar")
    ticker = _without_empty(paused, board.kiosk_pause, _("Nomor yang sudah diambil tetap berlaku."))
    return StateWords(icon, title, hints, paused, ticker, keeps_room=False)


def _notice(now: LobbyNow, board: LobbyBoard, today: date) -> tuple[str, str, tuple[str, ...]]:
    opens = formats.format_time(now.opens) if now.opens else ""
    remaining = formats.capitalised(countdown(now.minutes or 0))
    reopening = opens_words(now.opens, today) if now.opens else ""
    announced_here = _("Nomor yang dipanggil tampil di sini dan diumumkan.")
    please_sit = _("Silakan duduk")
    notices = {
        LobbyState.OPEN: ("armchair", please_sit, (announced_here,)),
        LobbyState.BEFORE: ("clock", _("Buka pukul {time}").format(time=opens), (remaining,)),
        LobbyState.BREAK: (
            "coffee",
            _("Istirahat sampai {time}").format(time=opens),
            (_("Nomor Anda tetap berlaku."), remaining),
        ),
        LobbyState.ENDING: (
            "door-closed",
            _("Pengambilan nomor ditutup"),
            (_("Nomor yang sudah diambil tetap dilayani."),),
        ),
        LobbyState.CLOSED: (
            "calendar-days" if now.holiday else "moon",
            _("Hari ini kami libur") if now.holiday else _("Layanan sedang tutup"),
            _without_empty(now.holiday, reopening),
        ),
        LobbyState.CUT_OFF: (
            "megaphone",
            _("Petugas memanggil dengan suara"),
            (_("Mohon perhatikan panggilan petugas."),),
        ),
    }
    if now.state is LobbyState.OPEN and not board.calls:
        return "armchair", _("Belum ada nomor yang dipanggil"), (f"{please_sit}. {announced_here}",)
    return notices[now.state]


def _without_empty(*words: str) -> tuple[str, ...]:
    return tuple(word for word in words if word)
