"""The words of the lobby screen: of each of its states, and of a call, as it is heard."""

from dataclasses import dataclass
from datetime import date, datetime

from ult_desktop.base import _, counted, formats, language
from ult_desktop.core.queue import boards
from ult_desktop.core.queue.boards import Call, LobbyBoard
from ult_desktop.core.queue.lobby import LobbyNow, LobbyState, countdown, opens_words
from ult_desktop.core.queue.ticket import is_twin


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


@dataclass(frozen=True)
class CallGroup:
    """The calls that are on the screen together.

    Args:
        calls: in the order in which they are spoken.
        place: the index of the call that is spoken now.
        more: the number of calls that wait.
        late_since: the time of the call that is spoken now if this display learned of it late, else None.
    """

    calls: tuple[Call, ...]
    place: int = 0
    more: int = 0
    late_since: datetime | None = None

    @property
    def current(self) -> Call:
        return self.calls[self.place]


def more_words(group: CallGroup) -> str:
    return counted("{n} panggilan berikutnya", group.more) if group.more else ""


def sign_words(call: Call) -> str:
    """Return the name on the counter's sign: its own ("Loket Prioritas"), or "Loket 2"."""
    return boards.counter_name(call.counter, call.counter_name)


def distinct_name(call: Call) -> str:
    """Return the counter's name if it says more than its number ("Loket Data"), else ""."""
    return boards.distinct_name(call.counter, call.counter_name)


def counter_by_number(call: Call) -> str:
    return _("Loket {number}").format(number=call.counter)


def names_beside_sign(call: Call) -> tuple[str, ...]:
    """Return the counter's names that its sign does not say: the voice may call it by each of them.

    Beside "Loket Data" stands "Loket 2"; beside any name of a priority counter that does not tell so stands
    "Loket prioritas".
    """
    number = counter_by_number(call) if distinct_name(call) else ""
    tells_priority = "prioritas" in call.counter_name.lower()  # an office's names are in Indonesian
    priority = _("Loket prioritas") if call.counter_priority and not tells_priority else ""
    return _without_empty(number, priority)


def second_words(call: Call, *, service: bool = True) -> str:
    """Return the small words below the counter: the counter's other names, and with `service` the service.

    If two tickets have this number, the words begin with the origin of this one.
    """
    origin = _("Karcis dari {origin}").format(origin=call.origin) if is_twin(call.series) else ""
    name = call.service.within(language()) if service else ""
    return " · ".join(_without_empty(origin, *names_beside_sign(call), name))


def call_caption(group: CallGroup) -> str:
    """Return whether the number is called for the first time, the second …, and when if it comes late."""
    attempt, late = group.current.attempt, group.late_since
    repeated = {1: _("Nomor dipanggil"), 2: _("Panggilan kedua"), 3: _("Panggilan ketiga")}
    caption = repeated.get(attempt) or _("Panggilan ke-{n}").format(n=attempt)
    if late is None:
        return caption
    return _("{caption} pukul {time}").format(caption=caption, time=formats.format_time(late))


def spoken_on_screen(group: CallGroup) -> str:
    """Return the spoken call in one line, for a screen reader."""
    call = group.current
    return ", ".join((call_caption(group), call.label, sign_words(call), second_words(call)))
