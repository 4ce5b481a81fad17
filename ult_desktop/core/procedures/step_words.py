"""The state and the time of a step in words."""

from ult_desktop.base.formats import format_stopwatch
from ult_desktop.base.i18n import _
from ult_desktop.core.procedures.procedure import StandardTime
from ult_desktop.core.procedures.progress import StepProgress, StepState
from ult_desktop.core.procedures.standard_time import time_words
from ult_desktop.core.stamps import MINUTE_MS

AMBER = 0.8  # of the standard used up, a running step warns (docs/screens.md, "Langkah POS")


def state_word(step: StepProgress) -> str:
    if step.state is StepState.RUNNING and step.overdue:
        return _("Melewati waktu baku")
    return {
        StepState.NOT_BEGUN: _("Belum"),
        StepState.RUNNING: _("Berjalan"),
        StepState.IN_TIME: _("Selesai"),
        StepState.LATE: _("Selesai terlambat"),
        StepState.SKIPPED: _("Tidak ditempuh"),
        StepState.WAIVED: _("Dikecualikan"),
    }[step.state]


def spent_words(step: StepProgress, standard: StandardTime | None) -> str:
    """As in "4 dari 10 menit"; of a standard in days, and of a step that has not begun, the standard.

    What is past its standard is told to the second, for "3 dari 3 menit" would be in time.
    """
    if step.standard_ms is None or step.began_at is None:
        return time_words(standard)
    late = step.spent_ms > step.standard_ms
    spent = format_stopwatch(step.spent_ms / 1000) if late else step.spent_ms // MINUTE_MS
    return _("{n} dari {standard}").format(n=spent, standard=time_words(standard))


def duration_words(ms: int) -> str:
    """Whole minutes, and the seconds that are left over."""
    minutes, seconds = divmod(ms // 1000, 60)
    if not seconds:
        return _("{n} menit").format(n=minutes)
    return _("{n} menit {s} detik").format(n=minutes, s=seconds)


def share_of_standard(step: StepProgress, now: int) -> float:
    """How much of its standard a running step has used: 0 to 1, above 1 past it; 0 without one.

    A standard in days fills with the calendar, from the step's beginning to its due moment (UTC ms).
    """
    if step.standard_ms:
        return step.spent_ms / step.standard_ms
    if step.began_at is None or step.due_at is None:
        return 0.0
    return max(0.0, (now - step.began_at) / max(1, step.due_at - step.began_at))
