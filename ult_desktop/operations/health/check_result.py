"""The result of one check."""

from typing import NamedTuple


class CheckResult(NamedTuple):
    """A check's result: `level` is "ok", "warn" or "fail"; `todo` is empty when all is well."""

    level: str
    check: str
    found: str
    todo: str = ""
