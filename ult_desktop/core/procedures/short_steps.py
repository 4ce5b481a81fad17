"""The short names of steps, for one line: the program's words, not the procedure's."""

from functools import cache

import msgspec

from ult_desktop.base.paths import resource


class ShortStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words for a step of exactly this activity, in every procedure and version."""

    activity: str
    short: str


class ShortSteps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `resources/step_words.toml`."""

    step: tuple[ShortStep, ...]


def short_words(activity: str) -> str:
    """Return the activity in one line; the whole activity where nobody has written a shorter one."""
    return _by_activity().get(activity, activity)


@cache
def _by_activity() -> dict[str, str]:
    file = msgspec.toml.decode(resource("step_words.toml").read_bytes(), type=ShortSteps)
    return {step.activity: step.short for step in file.step}
