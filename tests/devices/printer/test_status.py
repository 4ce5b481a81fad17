"""The meaning of the printer's answers."""

import pytest
from hypothesis import given, strategies as st

from ult_desktop.devices.printer.status import PrinterState, is_paper_answer, is_status, request, state_of

FINE = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, PrinterState.NO_ANSWER),
        (FINE, PrinterState.READY),
        ({1: 0x12}, PrinterState.READY),
        (FINE | {4: 0x1E}, PrinterState.PAPER_LOW),
        (FINE | {4: 0x7E}, PrinterState.PAPER_OUT),
        (FINE | {1: 0x1A, 2: 0x32}, PrinterState.PAPER_OUT),
        (FINE | {1: 0x1A, 2: 0x16}, PrinterState.COVER_OPEN),
        (FINE | {1: 0x1A, 2: 0x36, 4: 0x7E}, PrinterState.COVER_OPEN),
        (FINE | {1: 0x1A}, PrinterState.OFFLINE),
        (FINE | {2: 0x52}, PrinterState.OFFLINE),
        (FINE | {3: 0x1A}, PrinterState.OFFLINE),
        (FINE | {3: 0x32}, PrinterState.OFFLINE),
    ],
)
def test_states(answers: dict[int, int], state: PrinterState) -> None:
    assert state_of(answers) is state


@given(st.dictionaries(st.integers(1, 4), st.integers(0, 255)))
def test_any_bytes_give_a_state(answers: dict[int, int]) -> None:
    assert (state_of(answers) is PrinterState.NO_ANSWER) == (not answers)


@given(st.integers(0, 255))
def test_no_byte_answers_both_questions(byte: int) -> None:
    assert not (is_status(byte) and is_paper_answer(byte))


@pytest.mark.parametrize("byte", [0x11, 0x13, 0x93, 0x80, 0xFF])
def test_flow_control_and_noise_answer_nothing(byte: int) -> None:
    assert not is_status(byte)
    assert not is_paper_answer(byte)


def test_the_question_is_dle_eot() -> None:
    assert request(4) == b"\x10\x04\x04"


def test_a_ticket_is_sent_only_where_it_can_come_out() -> None:
    able = {state for state in PrinterState if state.can_print}
    assert able == {PrinterState.READY, PrinterState.PAPER_LOW, PrinterState.UNKNOWN}


def test_every_state_has_its_own_words_for_the_officer() -> None:
    assert len({state.word for state in PrinterState}) == len(PrinterState)


@pytest.mark.parametrize("state", PrinterState)
def test_a_visitor_without_a_ticket_hears_that_the_number_is_valid(state: PrinterState) -> None:
    words = state.for_visitor
    assert words == "" if state.can_print else words.endswith("Nomor Anda tetap berlaku.")


def test_troubles_are_told_apart_to_the_visitor_too() -> None:
    troubles = [state.for_visitor for state in PrinterState if not state.can_print]
    assert len(set(troubles)) == len(troubles)
