"""Calls by mouth in words: a line of the list, and what the banner says of all of them."""

from datetime import tzinfo

from ult_desktop.base.formats import format_time
from ult_desktop.base.i18n import _
from ult_desktop.core.offline.manual_calls import CallNotes, NoteCall
from ult_desktop.core.stamps import to_datetime


def note_words(ask: NoteCall, zone: tzinfo | None) -> str:
    """Which number was called when, and what became of it."""

    def at(stamp: int | None) -> str:
        return "" if stamp is None else format_time(to_datetime(stamp, zone))

    if ask.came:
        words = _("{label}, dipanggil {called}, dilayani {arrived}–{ended}")
    else:
        words = _("{label}, dipanggil {called}, tidak datang")
    return words.format(
        label=ask.label, called=at(ask.called_at), arrived=at(ask.arrived_at), ended=at(ask.ended_at)
    )


def waiting_words(notes: CallNotes) -> str:
    """How many notes are still to be handed in; "" for none."""
    count = len(notes.waiting)
    return _("{n} catatan menunggu dikirim.").format(n=count) if count else ""


def refused_words(notes: CallNotes) -> str:
    """How many notes came to nothing; "" for none."""
    count = len(notes.refused)
    return _("{n} catatan panggilan lisan tidak dapat digabung.").format(n=count) if count else ""
