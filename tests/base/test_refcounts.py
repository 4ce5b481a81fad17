"""Without this a display dies: Qt calls take references of None and True that they never gave."""

import sys

import pytest
from PySide6.QtCore import QObject

from ult_desktop.base.refcounts import raise_refcounts


@pytest.mark.parametrize("constant", [None, True, False, NotImplemented, Ellipsis])
def test_constants_outlive_any_number_of_calls(constant: object) -> None:
    assert sys.version_info >= (3, 12) or sys.getrefcount(constant) > 1 << 59


def test_calls_by_the_hundred_thousand_and_holding_again() -> None:
    thing = QObject()
    for _call in range(100_000):
        thing.setObjectName("x")
    raise_refcounts()
    assert sys.getrefcount(None) > 50_000
