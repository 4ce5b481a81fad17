"""The branch that an outcome takes in each POS."""

import pytest

from ult_desktop.core.cases.case import (
    CaseOutcome,
    SubReason,
    answered_branch,
    has_unavailable_branch,
    outcome_branch,
    requires_answer_delivery,
    unsettled_branch,
)
from ult_desktop.core.procedures.procedure import Procedure, StepEvent
from ult_desktop.operations.procedures.procedures import load_procedure

AVAILABLE, EXCLUDED, UNAVAILABLE = CaseOutcome.AVAILABLE, CaseOutcome.EXCLUDED, CaseOutcome.UNAVAILABLE
POS = ("kaltara-helpdesk", "kepri-daring", "sumut-telepon", "sumut-tatap-muka", "dki-kelompok-rentan")


def procedure(name: str) -> Procedure | None:
    return load_procedure(name) if name else None


@pytest.mark.parametrize(
    ("name", "outcome", "reason", "branch"),
    [
        ("", AVAILABLE, "", "tersedia"),
        ("dki-kelompok-rentan", EXCLUDED, "", "dikecualikan"),
        ("sumut-tatap-muka", EXCLUDED, "", "dikecualikan"),
        ("sumut-tatap-muka", UNAVAILABLE, SubReason.UNKNOWN_HERE, "tidak_tersedia"),
        ("sumut-telepon", AVAILABLE, "", "tersedia"),
        ("sumut-telepon", EXCLUDED, "", "tersedia"),
        ("sumut-telepon", UNAVAILABLE, SubReason.NOT_OURS, "tidak_tersedia"),
        ("kaltara-helpdesk", AVAILABLE, "", "selesai"),
        ("kaltara-helpdesk", EXCLUDED, "", "selesai"),
        ("kaltara-helpdesk", UNAVAILABLE, SubReason.NOT_OURS, "selesai"),
        ("kaltara-helpdesk", UNAVAILABLE, SubReason.UNKNOWN_HERE, None),
    ],
)
def test_the_branch_of_an_outcome(name: str, outcome: CaseOutcome, reason: str, branch: str | None) -> None:
    assert outcome_branch(procedure(name), outcome, reason) == branch


@pytest.mark.parametrize("name", POS)
def test_every_branch_of_an_outcome_is_one_that_the_file_has(name: str) -> None:
    found = load_procedure(name)
    steps = [step for step in found.steps if step.completes.event is StepEvent.OUTCOME_SET]
    named = {branch.when for step in steps for branch in step.branches}
    branches = {outcome_branch(found, outcome) for outcome in CaseOutcome} if named else set()
    assert branches <= named


def test_what_each_pos_asks_for() -> None:
    by_name = {name: load_procedure(name) for name in POS}
    assert {name for name, each in by_name.items() if unsettled_branch(each)} == {"kaltara-helpdesk"}
    assert {name for name, each in by_name.items() if has_unavailable_branch(each)} == {
        "sumut-telepon",
        "sumut-tatap-muka",
    }
    assert {name for name, each in by_name.items() if requires_answer_delivery(each)} == {
        *("kaltara-helpdesk", "kepri-daring", "sumut-tatap-muka", "dki-kelompok-rentan")
    }
    assert (unsettled_branch(None), has_unavailable_branch(None), requires_answer_delivery(None)) == (
        None,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("name", "asked", "branch"),
    [
        ("kepri-daring", False, "a"),
        ("kepri-daring", True, "b"),
        ("sumut-tatap-muka", True, ""),
        ("", False, ""),
    ],
)
def test_who_answers_online_is_a_branch(name: str, asked: bool, branch: str) -> None:
    assert answered_branch(procedure(name), by_back_office=asked) == branch
