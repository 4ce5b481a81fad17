"""The talk with a printer, answer by answer."""

from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st
from typing_extensions import override

from tests.examples import examples
from ult_desktop.devices.printer.status import PAPER_REQUEST, PrinterState
from ult_desktop.devices.printer.talk import NOT_IN_ORDER, Deadline, PrinterDialogue, PrintOutcome


class HandTime:
    """Goes on only while somebody waits for an answer."""

    now = 1.0

    @classmethod
    def monotonic(cls) -> float:
        return cls.now


@pytest.fixture(autouse=True)
def hand_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ult_desktop.devices.printer.talk.time", HandTime)


class ScriptedWire:
    """A printer that answers each thing it is sent with the next line of its script."""

    can_answer = True

    def __init__(self, script: Sequence[bytes]) -> None:
        self._script = list(script)
        self._answers: list[bytes] = []
        self.sent: list[bytes] = []

    def send(self, data: bytes, deadline: Deadline) -> None:
        assert deadline.end > 0
        self.sent.append(data)
        if self._script:
            self._answers.append(self._script.pop(0))

    def receive(self, deadline: Deadline) -> bytes:
        if self._answers:
            return self._answers.pop(0)
        HandTime.now = max(HandTime.now, deadline.end)  # waited for in vain
        return b""

    def close(self) -> None:
        self._script.clear()


FINE, PAPER_FINE, PAPER_END = b"\x12", b"\x00", b"\x72"


def talk(*script: bytes, seconds: float = 0.9) -> PrinterDialogue:
    return PrinterDialogue(ScriptedWire(script), Deadline.after(seconds))


def test_noise_between_the_answers_is_passed_over() -> None:
    assert talk(b"\x11\xff\x12", b"\x13\x1e", FINE).ask() is PrinterState.PAPER_LOW


def test_a_printer_that_knows_only_the_first_question_is_ready() -> None:
    assert talk(FINE, seconds=2).ask() is PrinterState.READY


def test_a_ticket_is_printed_when_the_answer_behind_it_comes() -> None:
    result = talk(FINE, FINE, FINE, b"", PAPER_FINE, FINE, FINE, FINE).print(b"ticket", in_order=True)
    assert (result.outcome, result.detail) == (PrintOutcome.PRINTED, "")


def test_an_answer_that_comes_late_is_still_heard() -> None:
    # While GS r is not answered the printer is asked again; its answer comes among those.
    script = (FINE, FINE, FINE, b"", b"", b"\x12\x00", FINE, FINE, FINE, FINE, FINE)
    result = talk(*script, seconds=1.6).print(b"ticket", in_order=True)
    assert (result.outcome, result.detail) == (PrintOutcome.PRINTED, "")


def test_a_printer_without_the_answer_behind_counts_as_printed_when_ready() -> None:
    result = talk(FINE, FINE, FINE, b"", FINE, FINE, FINE).print(b"ticket", in_order=False)
    assert (result.outcome, result.detail) == (PrintOutcome.PRINTED, NOT_IN_ORDER)


def test_a_printer_that_never_answers_behind_is_asked_until_time_is_up() -> None:
    result = talk(*(FINE,) * 3, b"", b"", *(FINE,) * 12, seconds=1.3).print(b"ticket", in_order=True)
    assert (result.outcome, result.detail) == (PrintOutcome.PRINTED, NOT_IN_ORDER)


def test_paper_that_ends_in_the_middle_is_a_failure() -> None:
    script = (FINE, FINE, FINE, b"", b"", FINE, PAPER_END, FINE, FINE, PAPER_END, FINE)
    result = talk(*script, seconds=1.4).print(b"ticket", in_order=True)
    assert (result.outcome, result.state) == (PrintOutcome.FAILED, PrinterState.PAPER_OUT)


def test_silence_after_sending_is_unconfirmed() -> None:
    result = talk(FINE, FINE, FINE, seconds=0.5).print(b"ticket", in_order=False)
    assert (result.outcome, result.state) == (PrintOutcome.UNCONFIRMED, PrinterState.NO_ANSWER)


def test_nothing_is_sent_to_a_printer_without_paper() -> None:
    wire = ScriptedWire((FINE, PAPER_END, FINE))
    result = PrinterDialogue(wire, Deadline.after(1)).print(b"ticket", in_order=True)
    assert (result.outcome, result.state) == (PrintOutcome.FAILED, PrinterState.PAPER_OUT)
    assert b"ticket" not in wire.sent
    assert PAPER_REQUEST not in wire.sent


@pytest.mark.parametrize(
    ("trouble", "state"),
    [(TimeoutError(), PrinterState.NO_ANSWER), (ConnectionResetError(), PrinterState.OFFLINE)],
)
def test_a_line_that_dies_under_the_ticket_leaves_it_unconfirmed(
    trouble: OSError, state: PrinterState
) -> None:
    class Dying(ScriptedWire):
        @override
        def send(self, data: bytes, deadline: Deadline) -> None:
            if data == b"ticket":
                raise trouble
            super().send(data, deadline)

    result = PrinterDialogue(Dying((FINE, FINE, FINE)), Deadline.after(1)).print(b"ticket", in_order=True)
    assert (result.outcome, result.state) == (PrintOutcome.UNCONFIRMED, state)


@examples(60)
@given(st.lists(st.binary(max_size=4), max_size=8), st.booleans())
def test_any_answers_end_in_a_result(script: list[bytes], in_order: bool) -> None:
    result = PrinterDialogue(ScriptedWire(script), Deadline.after(0.01)).print(b"ticket", in_order=in_order)
    assert result.outcome in PrintOutcome
    assert result.state in PrinterState
