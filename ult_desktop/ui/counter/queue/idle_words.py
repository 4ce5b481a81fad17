"""What the counter's card says while nobody stands there."""

from typing import NamedTuple

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.boards import CounterState
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.ui.counter.actions.situation import Situation
from ult_desktop.ui.counter.queue.ticket_rows import rows_of


class IdleWords(NamedTuple):
    """A title, a line below it, and an icon on its tint."""

    title: str
    words: str
    icon_name: str
    tint: str


def idle_words(s: Situation, now: int) -> IdleWords:
    """Why nobody is here, or who would be next at `now` (UTC ms)."""
    mine = s.board.mine
    if not s.is_mine and mine.officer_id is not None:
        title = _("Loket ini dijaga {officer}").format(officer=mine.officer)
        return IdleWords(title, _("Ambil alih lagi dengan F11."), "users", "orange")
    if mine.state is CounterState.PAUSED:
        words = _("{reason}. Buka lagi dengan F11.").format(reason=mine.pause_reason or _("Istirahat"))
        return IdleWords(_("Loket dijeda"), words, "coffee", "amber")
    if mine.state is CounterState.CLOSED:
        return IdleWords(_("Loket tutup"), _("Buka dengan F11 untuk mulai melayani."), "door-closed", "slate")
    if s.board.next_up is not None:
        return _next_words(s, s.board.next_up, now)
    words = _("Nomor baru muncul di sini dengan sendirinya.")
    return IdleWords(_("Tidak ada yang menunggu"), words, "coffee", "green")


def _next_words(s: Situation, upcoming: Ticket, now: int) -> IdleWords:
    row = rows_of([upcoming], s.board, now)[0]
    waits = _("menunggu {time}").format(time=row.aside)
    words = " · ".join(part for part in (row.service, row.marks, waits) if part)
    looks = ("accessibility", "violet") if upcoming.priority else ("user-round", "blue")
    return IdleWords(_("Berikutnya {label}").format(label=upcoming.label), words, *looks)
