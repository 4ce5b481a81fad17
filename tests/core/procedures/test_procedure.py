"""The form of a procedure: one time, one completion, and every way out of a step."""

import msgspec
import pytest

from tests.procedures import procedure, step
from ult_desktop.core.procedures.procedure import CallerField, Completion, DayRange, StandardTime, Step


@pytest.mark.parametrize(
    "time",
    [
        {},
        {"minutes": 3, "working_days": 1},
        {"minutes": 3, "days": {"min": 1, "max": 3}},
        {"approximate": True},
    ],
)
def test_a_standard_is_exactly_one_time(time: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError, match="tepat satu dari minutes, working_days, atau days"):
        msgspec.convert(time, StandardTime)


@pytest.mark.parametrize("minutes", [0, -3])
def test_a_time_is_positive(minutes: int) -> None:
    with pytest.raises(msgspec.ValidationError, match=">= 1"):
        msgspec.convert({"minutes": minutes}, StandardTime)


@pytest.mark.parametrize("kind", ["minutes", "working_days"])
def test_a_time_has_an_end_that_a_calendar_finds(kind: str) -> None:
    with pytest.raises(msgspec.ValidationError, match="<= 9999"):
        msgspec.convert({kind: 10_000}, StandardTime)


def test_a_range_runs_upwards() -> None:
    assert DayRange(min=2, max=2).max == 2
    with pytest.raises(ValueError, match="max tidak boleh kurang dari min"):
        DayRange(min=3, max=1)


@pytest.mark.parametrize("completes", [{}, {"event": "answered", "tick": "front_office"}])
def test_a_step_is_completed_by_one_thing(completes: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError, match="tepat satu dari event atau tick"):
        msgspec.convert(completes, Completion)


@pytest.mark.parametrize(
    ("written", "targets"),
    [
        ({}, (None,)),
        ({"next": 2}, (2,)),
        ({"branches": [{"when": "a", "label": "A", "goto": 3}]}, (3,)),
        ({"next": 2, "branches": [{"when": "a", "label": "A", "goto": 2}]}, (2,)),
        ({"next": 2, "branches": [{"when": "a", "label": "A"}]}, (None, 2)),
    ],
)
def test_where_a_step_leads(written: dict[str, object], targets: tuple[int | None, ...]) -> None:
    row = {"step": 1, "activity": "x", "actors": [{"id": "a"}], "completes": {"tick": "a"}, **written}
    assert msgspec.convert(row, Step).targets == targets


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ([], tuple(CallerField)),
        (
            ["nomor telepon", "pertanyaan/permasalahan", "nama"],
            ("nomor telepon", "pertanyaan/permasalahan", "nama"),
        ),
        (["instansi"], ("instansi", "nama", "pertanyaan/permasalahan")),
    ],
)
def test_what_a_caller_is_asked(written: list[str], asked: tuple[str, ...]) -> None:
    """A name and a question are asked always: no call is noted without them."""
    assert procedure(step(1), caller_fields=written).caller_questions == asked
