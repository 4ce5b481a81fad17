"""Every step of every shipped procedure can be read at the counter: it whole, what follows in one line."""

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from tests.core.procedures.runs import at
from tests.ui.conftest import Show
from tests.ui.counter.procedures.samples import ZONE, seen, visit
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.procedures.short_steps import short_words
from ult_desktop.db.visits.visit_steps import VisitSteps
from ult_desktop.operations.procedures.procedures import load_procedure, procedure_ids
from ult_desktop.ui.counter.procedures.steps_rail import StepsRail, next_words
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.label import ElidedLabel

AT_1366_768 = (770, 355)  # what the window leaves the tab
LONGEST = 40  # letters


def standing_at(name: str, number: int) -> VisitSteps:
    """A visit whose step of that number is in turn."""
    given = seen([], of=visit(name))
    steps = [
        msgspec.structs.replace(each, state=StepState.RUNNING, ended_at=None) if each.step == number else each
        for each in given.progress.steps
    ]
    progress = msgspec.structs.replace(given.progress, steps=tuple(steps), running=(number,))
    return msgspec.structs.replace(given, progress=progress)


def every_step() -> Iterator[tuple[str, int]]:
    for name in procedure_ids():
        for step in load_procedure(name).steps:
            yield name, step.step


QUICK = procedure_ids()[0]


@pytest.mark.parametrize(
    ("name", "number"),
    [each if each[0] == QUICK else pytest.param(*each, marks=pytest.mark.slow) for each in every_step()],
)
def test_the_step_in_turn_is_whole_and_the_next_one_is_told(
    qtbot: QtBot, show: Show, name: str, number: int
) -> None:
    theme = Theme("counter")
    rail = StepsRail(theme)
    theme.apply(rail)
    given = standing_at(name, number)
    rail.show_steps(given, at("09:38"), ZONE)
    show(rail, *AT_1366_768)
    front, viewport = rail.rows[number - 1], rail.area.viewport()

    def is_whole() -> bool:
        top = front.mapTo(viewport, front.rect().topLeft()).y()
        return top >= 0 and top + front.height() <= viewport.height()

    qtbot.waitUntil(is_whole)
    assert front.whole.text() == given.procedure.steps[number - 1].activity
    assert rail.head.step.text() == f"Langkah {number} dari {len(given.procedure.steps)}"
    assert (rail.head.bar.value(), rail.head.bar.maximum()) == (number, len(given.procedure.steps))
    assert rail.next.isVisible()
    assert rail.next.height() < 2 * QFontMetrics(rail.next.font()).lineSpacing(), rail.next.text()
    assert not [each for each in rail.findChildren(ElidedLabel) if each.is_cut()]


def test_short_words_are_short_and_know_their_step() -> None:
    for name in procedure_ids():
        for step in load_procedure(name).steps:
            words = short_words(step.activity)
            assert words != step.activity, f"{name} {step.step} has none"
            assert len(words) <= LONGEST
            assert "…" not in words


def test_a_step_that_nobody_shortened_is_told_in_full() -> None:
    step = msgspec.structs.replace(load_procedure("kepri-daring").steps[0], activity="Menjawab surat masuk")
    assert short_words(step.activity) == "Menjawab surat masuk"


def test_the_ways_of_a_fork_are_all_told() -> None:
    assert (
        next_words(standing_at("sumut-tatap-muka", 7)) == "Berikutnya: 8. Menanyakan detail layanan / selesai"
    )
    ended = seen(of=visit(ended="09:50"), now="09:50")
    assert (
        next_words(
            msgspec.structs.replace(ended, progress=msgspec.structs.replace(ended.progress, running=()))
        )
        == ""
    )
