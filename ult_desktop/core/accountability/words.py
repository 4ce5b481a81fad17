"""A deviation in words: what, who, how much against which standard, and its state."""

from ult_desktop.base import _, pgettext
from ult_desktop.core.access.roles import acting_words
from ult_desktop.core.accountability.causes import cause_words
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind
from ult_desktop.core.procedures.progress import duration_words
from ult_desktop.core.procedures.short_steps import short_words
from ult_desktop.core.procedures.standard_time import steps_words


def headline(found: Deviation) -> str:
    """Return the headline: "Lewat waktu: Menanyakan keperluan (langkah 2)"."""
    about, steps = subject(found), _steps(found)
    return (
        f"{_finding(found)}: {about} ({steps})" if about and steps else f"{_finding(found)}: {about or steps}"
    )


def subject(found: Deviation) -> str:
    """Return what was to be done, the cause for which several steps were not, or the equipment."""
    if found.kind is DeviationKind.EQUIPMENT:
        return found.item
    return cause_words(found.cause_key) or short_words(found.activity)


def finding(found: Deviation) -> str:
    """Return what is wrong with its subject, and where: "Lewat waktu · langkah 2"."""
    return " · ".join(part for part in (_finding(found), _steps(found)) if part)


def _finding(found: Deviation) -> str:
    """Return the finding.

    The daily check names no step, and finds what is broken as well as what is missing.
    """
    if found.kind is DeviationKind.TIME:
        return pgettext("step", "Lewat waktu")
    if found.kind is DeviationKind.OUTPUT:
        return _("Output tidak ada")
    return _("Perlengkapan yang kurang") if found.step else _("Perlengkapan rusak atau tidak ada")


def _steps(found: Deviation) -> str:
    steps = steps_words(found.steps or ((found.step,) if found.step else ()))
    return _("langkah {n}").format(n=steps) if steps else ""


def state_words(found: Deviation) -> str:
    if found.is_false:
        return _("Keliru")
    return _("Dinyatakan, {state}").format(state=found.state.word) if found.is_declared else found.state.word


def officer_words(found: Deviation) -> str:
    """Return who did the step, with the absent officer in whose stead."""
    return acting_words(found.officer, found.acting_for)


def time_words(found: Deviation) -> str:
    """Return the times: "8 menit, baku 3 menit"; empty where no time ran over."""
    if found.spent_ms is None:
        return ""
    spent = duration_words(found.spent_ms)
    return _("{spent}, baku {standard}").format(spent=spent, standard=found.standard)
