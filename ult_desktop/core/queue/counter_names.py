"""What a counter is called: its own name, or its number in the language in force."""

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.boards import CounterState


def counter_name(number: int, name: str) -> str:
    """As it is written and said: "Loket Prioritas", or "Loket 2" where it has no more than a number."""
    return own_name(number, name) or _("Loket {number}").format(number=number)


def own_name(number: int, name: str) -> str:
    """The name where it says more than the number, else "": a plain one is kept in no language."""
    return "" if name in (plain_name(number), _("Loket {number}").format(number=number)) else name


def plain_name(number: int) -> str:
    """The name that stands in the office's document, whoever reads it."""
    return f"Loket {number}"


def counter_word(state: CounterState) -> str:
    return {
        CounterState.OPEN: _("buka"),
        CounterState.PAUSED: _("jeda"),
        CounterState.CLOSED: _("tutup"),
    }[state]
