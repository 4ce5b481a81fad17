"""The standard times along each way come out as the five documents add up."""

import pytest

from tests.procedures import branch, procedure, step
from ult_desktop.base.i18n import use_language
from ult_desktop.core.procedures.procedure import DayRange, StandardTime
from ult_desktop.core.procedures.standard_time import (
    MAX_PATHS,
    procedure_paths,
    read_time,
    steps_words,
    time_words,
    total_words,
)
from ult_desktop.operations.procedures.procedures import load_procedure

TOTALS = {
    "kaltara-helpdesk": {"1–6": "40 menit + 2 hari kerja"},
    "kepri-daring": {"1–3": "10 menit + 2 hari kerja"},
    "sumut-telepon": {"1–3, 7": "11 menit", "1–7": "28 menit"},
    "sumut-tatap-muka": {
        "1–7": "21 menit",  # for another and without a letter: it ends at the desk
        "1–9, 15–16": "37 menit",
        "1–12, 15–16": "48 menit",
        "1–16": "58 menit",
    },
    "dki-kelompok-rentan": {"1–10": "± 42 menit + 1–3 hari"},
}


@pytest.mark.parametrize("name", TOTALS)
def test_totals_of_the_shipped_procedures(name: str) -> None:
    ways = procedure_paths(load_procedure(name))
    assert {steps_words(way.steps): total_words(way) for way in ways} == TOTALS[name]


def test_all_42_steps_are_there() -> None:
    assert sum(len(load_procedure(name).steps) for name in TOTALS) == 42


def test_the_numbers_behind_the_words() -> None:
    (way,) = procedure_paths(load_procedure("dki-kelompok-rentan"))
    assert (way.minutes, way.working_days, way.days, way.approximate) == (42, 0, DayRange(min=1, max=3), True)


def test_more_ways_than_anyone_compares_are_cut_off() -> None:
    steps = [step(n, next=n + 1, branches=[branch("lewat", n + 2)]) for n in range(1, 40)]
    ways = procedure_paths(procedure(*steps, step(40, next=41), step(41)))
    assert len(ways) == MAX_PATHS == len({way.steps for way in ways})


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (None, "–"),
        (StandardTime(minutes=10, approximate=True), "± 10 menit"),
        (StandardTime(working_days=1), "1 hari kerja"),
        (StandardTime(days=DayRange(min=2, max=2)), "2 hari"),
    ],
)
def test_a_time_in_words(time: StandardTime | None, words: str) -> None:
    assert time_words(time) == words


def test_a_way_without_any_standard() -> None:
    (way,) = procedure_paths(procedure(step(1)))
    assert total_words(way) == "–"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "time",
    [
        StandardTime(minutes=10),
        StandardTime(minutes=15, approximate=True),
        StandardTime(working_days=2),
        StandardTime(days=DayRange(min=1, max=3)),
        StandardTime(days=DayRange(min=2, max=2), approximate=True),
        None,
    ],
)
def test_what_is_written_is_read_back(time: StandardTime | None, language: str) -> None:
    use_language(language)
    assert read_time(time_words(time)) == time


@pytest.mark.parametrize("text", ["0 menit", "5", "5-7 menit", "3–1 hari", "besok", "10 jam", "99999 menit"])
def test_what_is_no_standard_time(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        read_time(text)
