"""Deviations in words, for screens, lists, papers and the command line."""

from collections.abc import Sequence
from typing import TypeVar

from msgspec.structs import replace

from ult_desktop.base import _, counted, pgettext
from ult_desktop.core.access.roles import Role, acting_words
from ult_desktop.core.accountability.causes import (
    NO_CASE,
    NO_GUEST_BOOK,
    NO_LETTER,
    NOBODY,
    ON_PAPER,
    PROMISE,
)
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, Shortfall
from ult_desktop.core.phone.phone_call import AttemptResult
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.procedures.progress import Promise
from ult_desktop.core.procedures.short_steps import short_words
from ult_desktop.core.procedures.standard_time import steps_words, sum_words

AnyShortfall = TypeVar("AnyShortfall", bound=Shortfall)


def headline(shortfall: Shortfall) -> str:
    """Return what is wrong, and with what: "Lewat waktu: Menanyakan keperluan (langkah 2)"."""
    return f"{_failure(shortfall)}: {_subject_and_steps(shortfall)}"


def _subject_and_steps(shortfall: Shortfall) -> str:
    """Return what a deviation is about, and its steps: "Tanpa buku tamu (langkah 1–4)"."""
    topic, steps = subject(shortfall), _steps(shortfall)
    if topic and steps:
        return f"{topic} ({steps})"
    return topic or steps


def lack_words(lack: Shortfall) -> str:
    """Return a lack with its time: "Menanyakan keperluan (langkah 2) · 8 menit, baku 3 menit"."""
    # The name of a thing does not say that it is missing, as a cause or a time does.
    title = headline(lack) if lack.kind is DeviationKind.EQUIPMENT else _subject_and_steps(lack)
    return " · ".join(filter(None, (title, time_words(lack))))


def written_words(lacks: Sequence[Shortfall]) -> str:
    """Return the sentence that lists what would be written as deviations; "" for nothing."""
    if not lacks:
        return ""
    return _("Akan tercatat sebagai penyimpangan: {lacks}.").format(lacks="; ".join(map(lack_words, lacks)))


def finding(shortfall: Shortfall) -> str:
    """Return what is wrong, and in which step: "Lewat waktu · langkah 2"."""
    return " · ".join(part for part in (_failure(shortfall), _steps(shortfall)) if part)


def _failure(shortfall: Shortfall) -> str:
    """Return what is wrong, without the step.

    The daily equipment check names no step, and finds what is broken as well as what is missing.
    """
    if shortfall.kind is DeviationKind.TIME:
        return pgettext("step", "Lewat waktu")
    if shortfall.kind is DeviationKind.OUTPUT:
        return _("Output tidak ada")
    return _("Perlengkapan yang kurang") if shortfall.step else _("Perlengkapan rusak atau tidak ada")


def _steps(shortfall: Shortfall) -> str:
    steps = steps_words(shortfall.steps or ((shortfall.step,) if shortfall.step else ()))
    return _("langkah {n}").format(n=steps) if steps else ""


def subject(shortfall: Shortfall) -> str:
    """Return what a deviation is about: the equipment, the cause if it has a key, or the step."""
    if shortfall.kind is DeviationKind.EQUIPMENT:
        return shortfall.item
    if cause := cause_words(shortfall.cause_key):
        return cause
    return _("Beberapa langkah") if len(shortfall.steps) > 1 else short_words(shortfall.activity)


def cause_words(cause: str) -> str:
    """Return the words of a cause; "" for a key without any."""
    if cause.startswith(NOBODY):
        return _("Tanpa {role} yang bertugas").format(role=Role(cause.removeprefix(NOBODY)).word)
    words = {
        NO_GUEST_BOOK: _("Tanpa buku tamu"),
        NO_CASE: _("Tanpa permohonan"),
        NO_LETTER: _("Tanpa surat"),
        ON_PAPER: _("Dicatat belakangan dari kertas"),
        PROMISE: _("Telepon balik yang dijanjikan"),
    }
    return words.get(cause, "")


def with_procedure_words(shortfall: AnyShortfall, procedure: Procedure) -> AnyShortfall:
    """Return the shortfall with its `activity` and `standard` filled in from its procedure."""
    steps = [step for step in procedure.steps if step.step in (shortfall.steps or (shortfall.step,))]
    listed = "; ".join(f"{step.step}. {short_words(step.activity)}" for step in steps)
    activity = steps[0].activity if len(steps) == 1 else listed
    if shortfall.kind is DeviationKind.TIME:
        return replace(shortfall, activity=activity, standard=sum_words(steps))
    outputs = [output for step in steps for output in step.outputs]
    return replace(
        shortfall,
        activity=activity,
        standard="; ".join(outputs) if shortfall.kind is DeviationKind.OUTPUT else "",
    )


def time_words(shortfall: Shortfall) -> str:
    """Return the times, "8 menit, baku 3 menit"; "" where no time ran over.

    For a promised call-back: "40 menit setelah waktu yang dijanjikan · dicoba 2 kali". Where the time spent
    is not known: "lewat dari 2 hari kerja".
    """
    if shortfall.spent is None:
        is_late = shortfall.kind is DeviationKind.TIME
        return _("lewat dari {standard}").format(standard=shortfall.standard) if is_late else ""
    spent = shortfall.spent.words
    if shortfall.cause_key == PROMISE:
        late = _("{n} setelah waktu yang dijanjikan").format(n=spent)
        return f"{late} · {shortfall.item}"
    return _("{spent}, baku {standard}").format(spent=spent, standard=shortfall.standard)


def attempt_words(promise: Promise) -> str:
    """Return how often somebody tried to call back: "dicoba 2 kali, terakhir tidak diangkat"."""
    if not promise.attempts:
        return _("belum dicoba")
    tried = counted("dicoba {n} kali", promise.attempts)
    last = AttemptResult(promise.last_result).word if promise.last_result else ""
    return _("{tried}, terakhir {result}").format(tried=tried, result=last) if last else tried


def state_words(deviation: Deviation) -> str:
    """Return the state of a deviation's account, and whether the deviation was declared or is false."""
    if deviation.is_false:
        return _("Keliru")
    if deviation.is_declared:
        return _("Dinyatakan, {state}").format(state=deviation.state.word)
    return deviation.state.word


def officer_words(deviation: Deviation) -> str:
    """Return the officer who did the step, with the absent officer for whom they acted, if any."""
    return acting_words(deviation.officer, deviation.acting_for)


def reason_of(typed: str, listed: Sequence[str]) -> str:
    """Return the reason that was typed: one of the office's list by its number (from 1), or free words."""
    by_number = {str(number): reason for number, reason in enumerate(listed, start=1)}
    return by_number.get(typed, typed)
