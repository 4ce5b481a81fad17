"""One line of what was looked at."""

from typing import NamedTuple


class CheckResult(NamedTuple):
    """One check: `level` is "ok", "warn" or "fail"; `todo` is empty when all is well."""

    level: str
    check: str
    found: str
    todo: str = ""
