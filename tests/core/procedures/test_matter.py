"""A further matter of a visitor who is here owes neither the reception nor the way out again."""

from msgspec.structs import replace

from tests.core.procedures.runs import MATTER, PARTS, WHOLE, event, seen, states
from ult_desktop.core.procedures.check import find_faults
from ult_desktop.core.procedures.procedure import Branch, Completion, Procedure, Step, StepEvent
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.procedures.walk import part_of_matter


def steps(part: Procedure) -> dict[int, tuple[int | None, ...]]:
    """Where each step leads."""
    return {step.step: step.targets for step in part.steps}


def test_it_begins_where_the_case_does_and_leaves_the_way_out_to_the_visit() -> None:
    found = {name.removeprefix(MATTER): [step.step for step in part.steps] for name, part in PARTS.items()}
    assert found == {
        "dki-kelompok-rentan": [5, 6, 7],
        "kaltara-helpdesk": [4, 5],
        "kepri-daring": [1, 2],
        "sumut-tatap-muka": [8, 9, 10, 11, 12, 13, 14, 15, 16],
    }
    assert steps(PARTS[f"{MATTER}kaltara-helpdesk"]) == {4: (5,), 5: (None, 4)}
    assert steps(PARTS[f"{MATTER}dki-kelompok-rentan"])[7] == (None,)


def test_a_procedure_without_a_case_has_no_part_for_it() -> None:
    assert part_of_matter(WHOLE["sumut-telepon"]) is None


def test_an_offices_own_ways_lead_past_what_is_left_out_and_never_back_to_the_reception() -> None:
    whole = WHOLE["sumut-tatap-muka"]
    asked = replace(whole.steps[15], completes=Completion(event=StepEvent.SURVEY_FILLED), next=17)
    closed = Step(step=17, activity="Menutup", actors=asked.actors, completes=whole.steps[15].completes)
    again = Branch(when="salah_orang", label="Salah orang", goto=7)
    told = replace(whole.steps[14], branches=(again,))
    part = part_of_matter(replace(whole, steps=(*whole.steps[:14], told, asked, closed)))
    assert part is not None
    assert find_faults(part) == ()
    assert steps(part)[15] == (8, 17)


def test_only_its_own_steps_run() -> None:
    """POS Sumut tatap muka: it is not owed a welcome, and is through when its case is closed."""
    marks = [
        event(StepEvent.CASE_OPENED, "09:00"),
        event(StepEvent.OUTCOME_SET, "09:02", "tersedia"),
        event(StepEvent.ANSWERED, "09:09"),
    ]
    found = seen(f"{MATTER}sumut-tatap-muka", marks, "09:10")
    assert states(found) == {
        StepState.IN_TIME: "8–9", StepState.SKIPPED: "10–14", StepState.LATE: "15", StepState.RUNNING: "16",
    }  # fmt: skip
    assert not found.missed
    closed = [*marks, event(StepEvent.CASE_CLOSED, "09:11")]
    assert seen(f"{MATTER}sumut-tatap-muka", closed, "09:12").ended
