"""How long each part of the suite took, for the gate: `pytest -p tests.times`."""

from collections import defaultdict
from pathlib import PurePath

import pytest

_spent: defaultdict[str, float] = defaultdict(float)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    folder = "/".join(PurePath(report.location[0]).parent.parts[:2])
    group = next((mark for mark in ("slow_night", "slow") if mark in report.keywords), folder)
    _spent[group] += report.duration


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section("seconds of tests by group")
    for group, seconds in sorted(_spent.items()):
        terminalreporter.line(f"{seconds:7.0f} {group}")
