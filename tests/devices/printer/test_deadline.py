"""Calls that hang are left behind."""

import threading

import pytest

from ult_desktop.devices.printer.printer import LeftRunningError, TimeLimiter


def test_what_the_call_returns_comes_back() -> None:
    assert TimeLimiter().run(lambda: 7, 5) == 7


def test_what_the_call_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        TimeLimiter().run(lambda: 1 // 0, 5)


def test_a_hanging_call_is_left_and_the_next_refused_until_it_ends() -> None:
    patience, gate, gone = TimeLimiter(), threading.Event(), threading.Event()

    def hang() -> None:
        gate.wait()
        gone.set()

    with pytest.raises(LeftRunningError):
        patience.run(hang, 0.01)
    with pytest.raises(TimeoutError, match="earlier call"):
        patience.run(lambda: None, 5)
    gate.set()
    gone.wait()
    for thread in threading.enumerate():
        if thread.name == "printer-call":
            thread.join()
    assert patience.run(lambda: "again", 5) == "again"
