"""The result of one check."""

from typing import NamedTuple


class CheckResult(NamedTuple):
    """A check's result: `level` is "ok", "warn" or "fail"; `check` names it; `todo` is "" if all is well."""

    level: str
    check: str
    found: str
    todo: str = ""
