"""What a step is called where one line has to be enough: words of ours, beside the procedure's own."""

from functools import cache

import msgspec

from ult_desktop.base.paths import resource


class ShortStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words for a step of exactly this activity, whatever procedure or version it stands in."""

    activity: str
    short: str


class ShortSteps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `resources/step_words.toml`."""

    step: tuple[ShortStep, ...]


def short_words(activity: str) -> str:
    """In one line; the whole activity where nobody has written a shorter one."""
    return _by_activity().get(activity, activity)


@cache
def _by_activity() -> dict[str, str]:
    read = msgspec.toml.decode(resource("step_words.toml").read_bytes(), type=ShortSteps)
    return {each.activity: each.short for each in read.step}
