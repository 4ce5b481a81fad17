"""A deviation in words: what, who, how much against which standard, and where it stands."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import acting_words
from ult_desktop.core.accountability.causes import cause_words
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind
from ult_desktop.core.procedures.progress import duration_words
from ult_desktop.core.procedures.standard_time import steps_words


def headline(found: Deviation) -> str:
    """As in "Waktu · langkah 2", "Output · Tanpa buku tamu · langkah 1–4" or "Perlengkapan · CCTV"."""
    steps = steps_words(found.steps or ((found.step,) if found.step else ()))
    named = found.item if found.kind is DeviationKind.EQUIPMENT and not found.step else ""
    where = _("langkah {n}").format(n=steps) if steps else ""
    return " · ".join(part for part in (found.kind.word, cause_words(found.cause_key), named, where) if part)


def state_words(found: Deviation) -> str:
    if found.is_false:
        return _("Keliru")
    return _("Dinyatakan, {state}").format(state=found.state.word) if found.is_declared else found.state.word


def officer_words(found: Deviation) -> str:
    """Who did the step, with whom they stood for."""
    return acting_words(found.officer, found.acting_for)


def time_words(found: Deviation) -> str:
    """As in "8 menit, baku 3 menit"; empty where no time ran over."""
    if found.spent_ms is None:
        return ""
    spent = duration_words(found.spent_ms)
    return _("{spent}, baku {standard}").format(spent=spent, standard=found.standard)
