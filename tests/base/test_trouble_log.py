"""A trouble that is met a hundred times is two lines of the log."""

import logging

import pytest

from ult_desktop.base.trouble_log import TroubleLog


def test_a_trouble_is_told_when_it_begins_and_when_it_is_over(caplog: pytest.LogCaptureFixture) -> None:
    standing = TroubleLog(logging.getLogger("ult_desktop.test"))
    assert standing.update({}) == frozenset()
    assert standing.update({"disk": "full"}) == {"disk"}
    for _n in range(100):
        assert standing.update({"disk": "still full", "share": "gone"}) <= {"share"}
    assert standing.update({"share": "gone"}) == frozenset()
    assert standing.update({"disk": "full again"}) == {"disk"}
    assert [record.getMessage() for record in caplog.records] == [
        "disk: full",
        "share: gone",
        "disk: over after 0 s",
        "disk: full again",
        "share: over after 0 s",
    ]
